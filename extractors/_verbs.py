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
quyên góp, kêu gọi, đăng tin
"""
_SINGLES = """
để nhằm làm giúp là cần phải sẽ đã được bị đang nên không chưa theo khi nếu bằng trình gửi cử giao đưa treo lập mở
mời cho cùng hướng tự rà trước sau vào ngay hoặc nhưng cũng đều luôn ngày thăm tặng trao
"""

PAIRS = frozenset(fold(" ".join(pair.split())) for pair in _PAIRS.replace("\n", " ").split(",") if pair.strip())
"""The first two syllables of what a duty begins with, folded."""

SINGLES = frozenset(_SINGLES.split())
"""Single words, in their own marks, that never belong to the name of a body."""


def is_verb(word: str, after: str) -> bool:
    """Whether ``word`` (as printed), followed by ``after``, begins what somebody does. Capitals begin names, not
    deeds.
    """
    if not word[:1].islower():
        return False
    word = word.rstrip("0123456789")
    return word in SINGLES or f"{fold(word)} {fold(after)}" in PAIRS
