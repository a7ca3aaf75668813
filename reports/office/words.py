"""Words of the 督查室 page: kinds of findings of `progress.checking.checks`, ages, timing."""

from progress.quality.findings import KINDS
from units.city.words import said_later

FINDINGS = {
    "rate_slip": "百分数疑似差100倍",
    "rate_jump": "比率与上期相差较大",
    "unit_slip": "计量单位疑似有误",
    "jump": "增量过大",
    "beyond_target": "大幅超出年度目标",
    "more_than_started": "完工数大于开工数",
    "not_whole": "应为整数",
    "no_number": "有目标未填数",
    "parts_missing": said_later("分县数据不全"),
    "list_differs": "与子项清单不符",
    "same_text": "进展情况与上期雷同",
    "unanswered": "未说明上期下一步工作",
    "no_progress_again": "连续无新进展",
    **KINDS,
}
WAITS = (("new", "1个工作日以内"), ("due", "今天应审结"), ("old", "超过2个工作日"))
TIMINGS = {
    "punctual": "按时报送",
    "late": "迟报",
    "missing": "尚未报送",
    "unpunctual": "未按时报送",
}
