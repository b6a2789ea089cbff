"""Words that a duty begins with: where the name of a body ends and what it has to do begins."""

from __future__ import annotations

from schemas.text import fold

_PAIRS = """
bám sát, bảo đảm, đảm bảo, báo cáo, ban hành, biểu dương, bố trí, bồi dưỡng, cập nhật, căn cứ, chăm lo, chỉ đạo, chịu trách, chủ động, chủ trì,
chuẩn bị, cho phép, có biện, có giải, có hình, có kế, có nhiệm, có phương, có trách, có văn, công bố, công khai, cung cấp, cụ thể, đánh giá, đào tạo, đăng ký,
đăng tải, đầu tư, đẩy mạnh, đẩy nhanh, đề nghị, đề xuất, định hướng, định kỳ, đôn đốc, đổi mới, động viên, đưa vào, gắn với,
giải quyết, giám sát, giới thiệu, gương mẫu, hằng năm, hàng năm, hằng quý, hàng quý, hằng tháng, hàng tháng, hoàn thành, hoàn thiện,
hỗ trợ, huy động, hướng dẫn, kết nối, khảo sát, khẩn trương, khắc phục, khen thưởng, khuyến khích, kiểm soát, kiểm tra, kiện toàn, kịp thời, lập dự,
lập kế, làm đầu, làm tốt, lãnh đạo, lồng ghép, lựa chọn, nâng cao, nắm bắt, nghiên cứu, nghiêm túc, ngăn chặn, niêm yết, phân bổ, phân công,
phản ánh, phát động, phát hiện, phát huy, phát triển, phê duyệt, phối hợp, phổ biến, phổ cập, phục vụ, quan tâm, quán triệt, quản lý,
quy định, quyết định, rà soát, sẵn sàng, sắp xếp, số hóa, sơ kết, sử dụng, tạo điều, tăng cường, tập huấn, tập trung, tham dự, tham gia, tham mưu, thanh tra,
thành lập, thẩm định, theo dõi, thông báo, thống kê, thống nhất, thực hiện, thường xuyên, tích cực, tích hợp, tiên phong, tiếp nhận, tiếp tục,
tiến hành, tìm hiểu, toàn diện, tổ chức, tổng hợp, tổng kết, trang bị, trên cơ, triển khai, trình chủ, trình cấp, trình ubnd, trực tiếp, truyền thông, tuyên truyền,
tuyên dương, ưu tiên, vận động, vận hành, xác định, xây dựng, xem xét, xử lý, yêu cầu, ứng dụng, duy trì, điều chỉnh, điều tra, bảo vệ, thu gom, thu hút,
cải tạo, trồng và, mở các, mở lớp, cấp phát, cấp kinh, nhân rộng, siết chặt, củng cố, đề cao, quảng bá, tư vấn, giám định, tiếp thu, trao đổi, đặc biệt, nhất là, chấp hành, tuân thủ
"""
_SINGLES = """
để nhằm làm giúp là cần phải sẽ đã được bị đang nên không chưa theo khi nếu bằng trình gửi cử giao đưa treo lập mở mời cho cùng hướng tự rà
"""

PAIRS = frozenset(fold(" ".join(pair.split())) for pair in _PAIRS.replace("\n", " ").split(",") if pair.strip())
"""The first two syllables of what a duty begins with, folded."""

SINGLES = frozenset(_SINGLES.split())
"""Single words, in their own marks, that never belong to the name of a body."""


def is_verb(word: str, after: str) -> bool:
    """Whether ``word`` (as printed), followed by ``after``, begins what somebody does. Capitals begin names, not deeds."""
    if not word[:1].islower():
        return False
    return word in SINGLES or f"{fold(word)} {fold(after)}" in PAIRS
