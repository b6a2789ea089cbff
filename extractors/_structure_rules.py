"""Rules of duties that no single line shows: their rows are examples of several lines, read as a whole document is."""

from __future__ import annotations

from extractors._rules import Rule

_PLAIN = "Trên đây là Kế hoạch của Ủy ban nhân dân xã."
RULES = (
    Rule(
        "assignments.under-heading",
        r"^\W*\w",
        reads="1. Phòng Kinh tế\n- Rà soát diện tích lúa bị ngập, báo cáo trước ngày 30/9/2025.",
        gives="Phòng Kinh tế |  | trước ngày 30/9/2025 | Rà soát diện tích lúa bị ngập, báo cáo trước ngày 30/9/2025.",
        refuses=("1. Giống lúa\n- Rà soát diện tích lúa bị ngập.", _PLAIN),
    ),
    Rule(
        "assignments.inside",
        r"^\W*\w",
        reads="1. Tăng cường tuyên truyền trên loa. Đoàn Thanh niên xã thành lập đội tình nguyện.",
        gives="Đoàn Thanh niên xã |  | None "
        "| Tăng cường tuyên truyền trên loa. Đoàn Thanh niên xã thành lập đội tình nguyện.",
        refuses=("1. Tăng cường tuyên truyền trên loa. Đoàn Thanh niên xã đã có 3 đội.", _PLAIN),
    ),
    Rule(
        "assignments.table",
        r"^\W*\w",
        reads=(
            "II. NHIỆM VỤ\nSTT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian\n"
            "1 | Lập bản đồ ngập lụt | Phòng Kinh tế | Công an xã | Quý II/2026"
        ),
        gives="Phòng Kinh tế | Công an xã | Quý II/2026 | Lập bản đồ ngập lụt",
        refuses="II. NHIỆM VỤ\nSTT | Họ tên | Chức vụ | Đơn vị\n1 | Lê Văn An | Chủ tịch | Phòng Kinh tế",
    ),
    Rule(
        "assignments.table-by-order",
        r"^\W*\w",
        reads=(
            "Phụ lục\nDANH MỤC NHIỆM VỤ\nSTT\nNHIỆM VỤ\nCƠ QUAN CHỦ TRÌ\nCƠ QUAN PHỐI HỢP\n"
            "1\nLập bản đồ ngập lụt trên địa bàn xã, công bố\ncho người dân được biết\n"
            "Phòng Kinh tế\nCông an xã\nQuý II/2026"
        ),
        gives="Phòng Kinh tế | Công an xã | Quý II/2026 "
        "| Lập bản đồ ngập lụt trên địa bàn xã, công bố cho người dân được biết",
        refuses="Phụ lục\nDANH SÁCH CÁN BỘ\nSTT\nHỌ TÊN\nĐƠN VỊ\n1\nLê Văn An\nPhòng Kinh tế",
    ),
)
NAMES = frozenset(rule.name for rule in RULES)
