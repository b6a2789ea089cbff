"""Words that a duty begins with: where the name of a body ends and what it has to do begins."""

from __future__ import annotations

from functools import lru_cache

from schemas.text import fold

_PAIRS = """
ban hành, bao tiêu, biên soạn, biểu diễn, biểu dương, bàn giao, bám nắm, bám sát, báo cáo, bảo quản, bảo tồn, bảo vệ,
bảo đảm, bắt giữ, bế mạc, bố trí, bồi dưỡng, bồi thường, bổ nhiệm, bổ sung, cam kết, canh gác, chi trả, cho phép, cho
vay, chuyển giao, chuyển tải, chuyển đổi, chuẩn bị, chăm lo, chăm sóc, chấn chỉnh, chấp hành, chất vấn, chằng chống,
chỉ đạo, chỉnh lý, chỉnh trang, chịu sự, chịu trách, chốt danh, chủ trì, chủ động, cung cấp, cách ly, cân đối, có biện,
có giải, có hình, có kế, có nhiệm, có phương, có trách, có văn, công bố, công khai, công nhận, căn cứ, cưỡng chế, cải
tạo, cảnh báo, cấp cứu, cấp giấy, cấp kinh, cấp mã, cấp phát, cấp thẻ, cấp đổi, cập nhật, cắm biển, cắm mốc, cắt giảm,
cụ thể, củng cố, cứu chữa, cứu hộ, cứu trợ, cử cán, di dời, diệt lăng, duy trì, dập dịch, dọn dẹp, dọn vệ, dự báo, dự
toán, gia cố, giao chỉ, giao kế, giao lưu, giao nhiệm, giao rừng, giao đất, gieo cấy, gieo trồng, giám sát, giám định,
giáo dục, giúp đỡ, giải ngân, giải phóng, giải quyết, giải thể, giải trình, giải tán, giải tỏa, giải đáp, giảm thiểu,
giới thiệu, giữ gìn, giữ vững, góp ý, gương mẫu, gắn với, gửi báo, gửi danh, gửi kết, gửi văn, hoà giải, hoàn thiện,
hoàn thành, huy động, hàng năm, hàng quý, hàng tháng, hòa giải, hướng dẫn, hưởng ứng, hạ mức, hạch toán, hạn chế, hằng
năm, hằng quý, hằng tháng, hồi đáp, hỗ trợ, hộ tống, hợp nhất, in sao, in ấn, khai giảng, khai mạc, khai thác, khai
thông, khen thưởng, khoanh vùng, khuyến khích, khám bệnh, khám sức, khánh thành, khôi phục, khơi thông, khảo nghiệm,
khảo sát, khẩn trương, khắc phục, khởi công, khử trùng, kiến nghị, kiểm soát, kiểm tra, kiểm điểm, kiểm đếm, kiện toàn,
kê khai, kê đơn, kêu gọi, kích cầu, ký cam, ký kết, kẻ vẽ, kết nạp, kết nối, kịp thời, lan tỏa, liên hệ, loại bỏ, luân
chuyển, làm chủ, làm rõ, làm tốt, làm đầu, lãnh đạo, lưu trữ, lấy mẫu, lấy ý, lập chốt, lập danh, lập dự, lập hồ, lập
kế, lập phương, lập đoàn, lắp đặt, lồng ghép, lựa chọn, miễn giảm, mua sắm, mở chuyên, mở các, mở lớp, mở rộng, mở đợt,
nghiêm túc, nghiên cứu, nghiệm thu, ngăn chặn, nhân rộng, nhất là, nhắc nhở, niêm phong, niêm yết, nâng cao, nâng
chuẩn, nâng cấp, nâng mức, nêu gương, nạo vét, nắm bắt, nắm chắc, nắm tình, nỗ lực, phong tỏa, phun hóa, phun thuốc,
phát hiện, phát huy, phát quang, phát quà, phát sóng, phát triển, phát động, phân bổ, phân công, phân cấp, phân giao,
phân khai, phân loại, phân luồng, phân tích, phê bình, phê duyệt, phản biện, phản ánh, phấn đấu, phối hợp, phối kết,
phổ biến, phổ cập, phục hồi, phục vụ, quan trắc, quan tâm, quy định, quyên góp, quyết liệt, quyết toán, quyết tâm,
quyết định, quán triệt, quán xuyến, quét dọn, quản lý, quảng bá, ra quân, rà soát, rèn luyện, rút kinh, rút ngắn, sao
gửi, siết chặt, sáp nhập, sơ kết, sơ tán, sưu tầm, sắp xếp, sẵn sàng, số hóa, sử dụng, sửa chữa, tham dự, tham gia,
tham mưu, tham vấn, thanh toán, thanh tra, theo chức, theo dõi, theo nhiệm, theo phạm, theo thẩm, thi đấu, thu gom, thu
hút, thu hồi, thu phí, thu thập, thành lập, tháo gỡ, thí điểm, thông báo, thông qua, thúc đẩy, thăm hỏi, thường xuyên,
thẩm duyệt, thẩm tra, thẩm định, thắp nến, thống kê, thống nhất, thực hiện, tinh giản, tinh gọn, tiêm phòng, tiêm vắc,
tiên phong, tiêu hủy, tiến hành, tiếp công, tiếp nhận, tiếp quản, tiếp thu, tiếp tục, tiếp đón, toàn diện, trang bị,
trang trí, trao tặng, trao đổi, treo cờ, tri ân, triển khai, trong công, trong quá, trong việc, truy bắt, truy thu,
truy vết, truy xuất, truyền thông, truyền tải, truyền đạt, trên cơ, trình chủ, trình cấp, trình ubnd, trùng tu, trưng
bày, trả lời, trấn áp, trồng và, trực ban, trực gác, trực tiếp, tu bổ, tu sửa, tuyên dương, tuyên truyền, tuyển chọn,
tuyển dụng, tuyển quân, tuân thủ, tuần tra, tái cơ, tái định, tìm hiểu, tích cực, tích hợp, tích nước, tôn tạo, tôn
vinh, tăng cường, tăng số, tăng thời, tăng tần, tăng tỷ, tư vấn, tạm dừng, tạo điều, tập huấn, tập trung, tặng quà,
tịch thu, tổ chức, tổng hợp, tổng kết, tự chịu, tự giác, tự kiểm, tự nguyện, tự rà, tự tổ, tự đánh, uống thuốc, vinh
danh, viết bài, vận hành, vận động, vệ sinh, xem xét, xuất bản, xuất cấp, xác minh, xác nhận, xác định, xây dựng, xét
nghiệm, xúc tiến, xả lũ, xử lý, xử phạt, yêu cầu, điều chỉnh, điều phối, điều tra, điều trị, điều động, đo đạc, đào
tạo, đánh giá, đình chỉ, đón tiếp, đóng cửa, đóng góp, đôn thúc, đôn đốc, đăng ký, đăng tin, đăng tải, đơn giản, đưa
các, đưa nội, đưa tin, đưa tiêu, đưa vào, đảm bảo, đấu nối, đấu tranh, đầu tư, đẩy mạnh, đẩy nhanh, đặc biệt, đến từng,
đề bạt, đề cao, đề nghị, đề xuất, định hướng, định kỳ, đối thoại, đổi mới, động viên, ưu tiên, ứng dụng, ứng phó
"""
_NOUNS = """
giao thông, giao dịch, giao lộ, tự quản, tự vệ, tự trị, tự động, lập pháp, mở cửa, cho vay, hướng nghiệp, trước mắt,
sau đại, trình độ, trình diễn, gửi tiền, cần thiết, đưa đón, treo biển
"""
_SINGLES = """
để nhằm kính làm giúp là cần phải sẽ đã được bị đang nên không chưa theo khi nếu bằng trình gửi cử giao đưa treo lập mở
mời cho cùng hướng rà trước sau vào ngay hoặc nhưng cũng đều luôn ngày thăm tặng trao
"""

PAIRS = frozenset(fold(" ".join(pair.split())) for pair in _PAIRS.replace("\n", " ").split(",") if pair.strip())
"""The first two syllables of what a duty begins with, folded."""

_NAMING = frozenset(" ".join(pair.split()) for pair in _NOUNS.replace("\n", " ").split(","))
"""Pairs, as printed, whose first word only looks like a single verb ("giao thông")."""

SINGLES = frozenset(_SINGLES.split())
"""Single words, in their own marks, that never belong to the name of a body."""


@lru_cache(maxsize=16384)
def is_verb(word: str, after: str) -> bool:
    """Whether ``word`` (as printed), followed by ``after``, begins what somebody does. Capitals begin names, not
    deeds.
    """
    if not word[:1].islower():
        return False
    word = word.rstrip("0123456789")
    if f"{fold(word)} {fold(after)}" in PAIRS:
        return True
    return word in SINGLES and f"{word} {after}" not in _NAMING
