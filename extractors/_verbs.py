"""Words that a duty begins with: where the name of a body ends and what it has to do begins."""

from __future__ import annotations

from schemas.text import fold

_PAIRS = """
bám sát, bảo đảm, đảm bảo, báo cáo, ban hành, biểu dương, bố trí, bồi dưỡng, cập nhật, căn cứ, chăm lo, chỉ đạo,
chịu trách, chủ động, chủ trì, chuẩn bị, cho phép, có biện, có giải, có hình, có kế, có nhiệm, có phương, có trách,
có văn, công bố, công khai, cung cấp, cụ thể, đánh giá, đào tạo, đăng ký, đăng tải, đầu tư, đẩy mạnh, đẩy nhanh, đề
nghị, đề xuất, định hướng, định kỳ, đôn đốc, đổi mới, động viên, đưa vào, gắn với, giải quyết, giám sát, giới thiệu,
gương mẫu, hằng năm, hàng năm, hằng quý, hàng quý, hằng tháng, hàng tháng, hoàn thành, hoàn thiện, hỗ trợ, huy động,
hướng dẫn, kết nối, khảo sát, khẩn trương, khắc phục, khen thưởng, khuyến khích, kiểm soát, kiểm tra, kiện toàn, kịp
thời, lập dự, lập kế, làm đầu, làm tốt, lãnh đạo, lồng ghép, lựa chọn, nâng cao, nắm bắt, nghiên cứu, nghiêm túc,
ngăn chặn, niêm yết, phân bổ, phân công, phản ánh, phát động, phát hiện, phát huy, phát triển, phê duyệt, phối hợp,
phổ biến, phổ cập, phục vụ, quan tâm, quán triệt, quản lý, quy định, quyết định, rà soát, sẵn sàng, sắp xếp, số hóa,
sơ kết, sử dụng, tạo điều, tăng cường, tập huấn, tập trung, tham dự, tham gia, tham mưu, thanh tra, thành lập, thẩm
định, theo dõi, thông báo, thống kê, thống nhất, thực hiện, thường xuyên, tích cực, tích hợp, tiên phong, tiếp nhận,
tiếp tục, tiến hành, tìm hiểu, toàn diện, tổ chức, tổng hợp, tổng kết, trang bị, trên cơ, triển khai, trình chủ,
trình cấp, trình ubnd, trực tiếp, truyền thông, tuyên truyền, tuyên dương, ưu tiên, vận động, vận hành, xác định,
xây dựng, xem xét, xử lý, yêu cầu, ứng dụng, duy trì, điều chỉnh, điều tra, bảo vệ, thu gom, thu hút, cải tạo, trồng
và, mở các, mở lớp, cấp phát, cấp kinh, nhân rộng, siết chặt, củng cố, đề cao, quảng bá, tư vấn, giám định, tiếp
thu, trao đổi, đặc biệt, nhất là, chấp hành, tuân thủ, giải ngân, thu hồi, cấp giấy, cho vay, chi trả, phun thuốc,
tiêm phòng, khử trùng, thu thập, phát quang, dọn dẹp, tuần tra, xét nghiệm, khám bệnh, khám sức, điều trị, cấp cứu,
phân luồng, xử phạt, thanh toán, quyết toán, phân tích, dự báo, cảnh báo, nghiệm thu, bàn giao, mua sắm, sửa chữa,
lắp đặt, tháo gỡ, hòa giải, hoà giải, tiếp công, đối thoại, lấy ý, lấy mẫu, đóng góp, trao tặng, thăm hỏi, hưởng
ứng, ra quân, vệ sinh, chăm sóc, nạo vét, gia cố, sơ tán, di dời, cứu hộ, trực ban, ứng phó, khai thác, chuyển đổi,
chuyển giao, thí điểm, truy xuất, kê khai, xác minh, xác nhận, điều phối, điều động, bổ sung, cân đối, tuyển chọn,
tuyển dụng, tuyển quân, giao lưu, thi đấu, biểu diễn, trưng bày, xuất bản, phát sóng, đưa tin, viết bài, nêu gương,
rèn luyện, mở rộng, nâng cấp, hạn chế, giảm thiểu, loại bỏ, tiêu hủy, thu phí, quan trắc, đo đạc, cắm mốc, bồi
thường, giải phóng, ký kết, ký cam, cam kết, phân cấp, phân loại, giáo dục, nhắc nhở, chấn chỉnh, lưu trữ, in ấn,
sao gửi, gửi báo, gửi kết, chỉnh lý, sưu tầm, bảo tồn, bảo quản, trùng tu, tôn tạo, tri ân, tặng quà, thắp nến,
quyên góp, kêu gọi, đăng tin,
kiểm đếm, xúc tiến, thẩm tra, chằng chống, công nhận, trấn áp, đấu tranh, truy bắt, kiến nghị, khởi công, khánh thành,
thẩm duyệt, phê bình, truy thu, đôn thúc, cưỡng chế, miễn giảm, tham vấn, phản biện, góp ý, chất vấn, khảo nghiệm, giao
đất, giao rừng, giao chỉ, khoanh vùng, dập dịch, cách ly, truy vết, cấp đổi, cấp thẻ, cấp mã, bao tiêu, gieo trồng,
gieo cấy, tích nước, xả lũ, đóng cửa, trực gác, canh gác, bắt giữ, tịch thu, nâng chuẩn, bám nắm, nắm tình, nắm chắc,
làm rõ, lập danh, lập hồ, lập phương, lập đoàn, cử cán, gửi văn, gửi danh, rút kinh, tạm dừng, đình chỉ, giải tỏa, giải
tán, quán xuyến, thông qua, chuyển tải, truyền tải, truyền đạt, lan tỏa, treo cờ, kẻ vẽ, in sao, phát quà, phối kết,
liên hệ, tăng thời, tăng số, tăng tần, tăng tỷ, mở chuyên, mở đợt, dự toán, hạch toán, quyết liệt, đưa nội, đưa tiêu,
đưa các, trả lời, giải đáp, giải trình, hồi đáp, kiểm điểm, đề bạt, bổ nhiệm, luân chuyển, kết nạp, giúp đỡ, cứu trợ,
cứu chữa, hộ tống, đón tiếp, tiếp đón, bế mạc, khai mạc, khai giảng, biên soạn, xuất cấp, phun hóa, diệt lăng, tiêm
vắc, uống thuốc, kê đơn, trang trí, tôn vinh, vinh danh, thúc đẩy, kích cầu, khơi thông, khai thông, khôi phục, phục
hồi, tái định, tái cơ, chịu sự, giữ vững, giữ gìn, tu bổ, tu sửa, nâng mức, hạ mức, cắt giảm, đơn giản, rút ngắn, tinh
giản, tinh gọn, sáp nhập, hợp nhất, giải thể, tiếp quản, tự kiểm, tự rà, tự giác, tự nguyện, tự đánh, tự chịu, tự tổ, quyết tâm, phấn đấu, nỗ lực, làm chủ, phân
khai, phân giao, giao nhiệm, giao kế
"""
_NOUNS = """
giao thông, giao dịch, giao lộ, tự quản, tự vệ, tự trị, tự động, lập pháp, mở cửa, cho vay, hướng nghiệp, trước mắt,
sau đại, trình độ, trình diễn, gửi tiền, cần thiết, đưa đón, treo biển
"""
_SINGLES = """
để nhằm làm giúp là cần phải sẽ đã được bị đang nên không chưa theo khi nếu bằng trình gửi cử giao đưa treo lập mở
mời cho cùng hướng rà trước sau vào ngay hoặc nhưng cũng đều luôn ngày thăm tặng trao
"""

PAIRS = frozenset(fold(" ".join(pair.split())) for pair in _PAIRS.replace("\n", " ").split(",") if pair.strip())
"""The first two syllables of what a duty begins with, folded."""

_NAMING = frozenset(" ".join(pair.split()) for pair in _NOUNS.replace("\n", " ").split(","))
"""Pairs, as printed, whose first word only looks like a single verb ("giao thông")."""

SINGLES = frozenset(_SINGLES.split())
"""Single words, in their own marks, that never belong to the name of a body."""


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
