"""What an amount is told as: done, begun, planned, the target, the rest, this period's. Pure.

The last telling word before the amount decides, then what follows it; then when it was: 本月, 去年.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum

from progress.quality.facts import Span


class Role(StrEnum):
    DONE = "done"
    STARTED = "started"
    INCREASE = "increase"
    START_INCREASE = "start_increase"
    LAST = "last"
    TARGET = "target"
    PLANNED = "planned"
    REST = "rest"
    UNSTARTED = "unstarted"
    BUILDING = "building"
    ALL_DONE = "all_done"
    ALL_STARTED = "all_started"
    SHARE = "share"
    START_SHARE = "start_share"
    OTHER = "other"
    UNSAID = "unsaid"


_BEFORE: tuple[tuple[Role, str], ...] = (
    (
        Role.OTHER,
        "同比|环比|去年|上年|同期|结转|增速|增长|下降|投资|支付|贷款|总里程|总数|总量|保有量|储备|意向|不计入|涉及|序时进度"
        "|假期|期间|春节|国庆|“五一”|日均|首日|当日|等|首批|第[一二三四五六七八九十\\d]+[批期轮]|申报|上报|推荐|报名|申请|每|平均|最高|预警|概算|估算|另有|额外|高于|低于|落后|滞后",
    ),
    (
        Role.TARGET,
        "目标任务|目标值?|年度任务|全年任务|今年任务|任务数|任务|全年计划|年度计划|计划任务|全年安排|年度安排"
        "|今年计划|20\\d\\d年计划|年初计划|计划全年",
    ),
    (Role.PLANNED, "计划|预计|力争|确保|拟|将|争取|有望|下一步|下步"),
    (Role.START_SHARE, "开工率"),
    (Role.SHARE, "完成率|完工率|竣工率|占比|占|完成进度|完成比例"),
    (Role.START_INCREASE, "新开工|新增开工|新动工"),
    (Role.STARTED, "开工|动工"),
    (
        Role.INCREASE,
        "新完工|新增完工|新竣工|新打通|新建成|新投用|较上月|比上月|较上期|比上期|较上季度?",
    ),
    (
        Role.DONE,
        "累计|共计|总计|合计|年初以来共?|(?<![公一])共|完工|完成|建成|竣工|增加到|增加至|提高到|提高至|提升到|提升至|上升到|降至|降到|下降到|减少到"
        "|达到|达|投用|到位|通车",
    ),
    (Role.REST, "剩余|余下|还差|尚差|尚缺|还缺|差|尚余|尚有|还有|还剩|仍有|未完成|未完工"),
    (Role.UNSTARTED, "未开工|未动工|未启动"),
    (Role.BUILDING, "在建|正在施工|正在建设|正在改造|正在实施|正在整治"),
)
_TOLD = re.compile("|".join(f"(?P<r{at}>{words})" for at, (_, words) in enumerate(_BEFORE)))
_NEUTRAL = ("达到", "达", "累计", "共", "共计", "总计", "合计")
# in names too: they tell something where nothing else does
_WEAK = re.compile("新增|改造|治理|新建|改扩建|扩建|增加|更新|引进|拆除|整合|打通|建设|为")
_NEGATED = re.compile(
    "尚未|还未|仍未|没有|未能|未(?=完|竣|建|通|开|验|封)|暂未|不能|无法|难以|滞后"
)
_ALL = re.compile("(?:已|均|都|现已)*(?:全部|全面|均|都|悉数)(?:已经?|如期|按期)*")
_STAGE = re.compile(
    "招标|审批|批复|立项|可研|设计|规划|勘察|征地|拆迁|征拆|征迁|基础|主体|封顶|投资|备案|方案|评审|选址|前期|签约|协议|土方|桩基"
    "|调度|检查|培训|摸排|排查|公示|入库|进场|手续|确认|核查|合同|采购|下达|申报|论证|资金|图审|清表|放线|管网|路基|路面|垫层|水稳|打桩|产值"
)
_PIECE = re.compile(
    "路基|路面|垫层|水稳|打桩|产值|基础|主体|桩基|土方|招标|设计|征地|拆迁|征迁|评审|选址"
)
_FINISHED = re.compile(
    "完工|完成|建成|竣工|投用|投入使用|到位|打通|通车|开放|销号|办结|交付|整治|治理"
)
_BEGUN = re.compile("开工|动工|进场施工")
_PLANNED = re.compile("计划|预计|力争|确保|拟于|将于|将在|将有|争取|有望|年底前")
_NOW = re.compile("目前|当前|已|现|截至|截止|累计完成|累计|分别完成|实际")
_TAKEN_BACK = re.compile("目前|当前|已")


_YEARS = re.compile("年度|全年|今年|20\\d\\d年")
_GOAL = re.compile(".{0,8}?(?:任务|目标)")
_SAID_OF_IT = (Role.TARGET, Role.OTHER, Role.SHARE, Role.START_SHARE)


def role_of(before: str, after: str, ahead: str, span: Span, *, follows: bool) -> Role:
    """The role of an amount by the words `before` and `after` it in its clause and `ahead` of the
    clause in its sentence. `follows`: another amount of the clause comes behind `after`.
    """
    told = _last_told(before)
    if told == Role.UNSAID:
        told = _by_after(after, follows=follows)
        if told == Role.UNSAID and _YEARS.search(before) and _GOAL.match(after):
            told = Role.TARGET
    if told == Role.UNSAID and _WEAK.search(before):
        told = Role.DONE
    if told not in _SAID_OF_IT and _is_planned(before, ahead):
        return Role.PLANNED
    if told in (Role.DONE, Role.STARTED, Role.UNSAID, Role.INCREASE):
        if _NEGATED.search(before) or (not follows and _NEGATED.search(after[:8])):
            return Role.OTHER
        if _PIECE.search(before[-6:]) or (not follows and _STAGE.search(after[:10])):
            return Role.OTHER
    if re.match("(?:增加|提高|提升|上升|增长|下降|减少|降)[到至]", after) and re.search(
        "由|从", before
    ):
        return Role.LAST
    return _by_time(told, before, ahead, span)


def tells(before: str) -> bool:
    """Whether the words say of an amount that something was done, begun, planned or is left."""
    return _last_told(before) != Role.UNSAID or bool(_WEAK.search(before))


def _last_told(before: str) -> Role:
    last = Role.UNSAID
    for found in _TOLD.finditer(before):
        role = _BEFORE[int(str(found.lastgroup)[1:])][0]
        if last != Role.STARTED or found[0] not in _NEUTRAL:  # 开工数达到 is of what is begun
            last = role
    if last in (Role.TARGET, Role.SHARE) and before.endswith("的"):
        return Role.SHARE
    return last


def _by_after(after: str, *, follows: bool) -> Role:
    if re.match("正在施工|在建|正在建设", after):
        return Role.BUILDING
    if re.match("(?:尚未|未|还未)(?:开工|动工)|正在办理前期|(?:正在)?开展前期", after):
        return Role.UNSTARTED
    if follows:
        return Role.UNSAID
    if _NEGATED.search(after) or _PLANNED.search(after):
        return Role.OTHER
    if found := _ALL.search(after):
        rest = after[found.end() :]
        if _STAGE.search(rest):
            return Role.OTHER
        if _BEGUN.search(rest):
            return Role.ALL_STARTED
        if _FINISHED.search(rest):
            return Role.ALL_DONE
    if _STAGE.search(after):
        return Role.OTHER
    if re.search("正在|在建|施工", after):
        return Role.OTHER
    if re.search("已?(?:完工|建成|竣工|通车|投用)", after):
        return Role.DONE
    return Role.UNSAID


def _is_planned(before: str, ahead: str) -> bool:
    """Announced in this clause, or earlier in the sentence and not taken back to now since."""
    if found := list(_PLANNED.finditer(before)):
        return not _TAKEN_BACK.search(before, found[-1].end())
    if found := list(_PLANNED.finditer(ahead)):
        return not _NOW.search(ahead[found[-1].end() :] + before)
    return False


_ENDS = "底|末"
_WHEN = re.compile(
    rf"(?P<other>去年|上年|同期|下半年|下月|明年)|(?P<cumulative>累计|年初以来|共计|合计|总计|目前|当前|全年|共)"
    rf"|(?P<this_end>本月[{_ENDS}]|本月[{_ENDS}]|本季度?末|本期末)|(?P<this>本月|本期|当月|本季度?|当季|本周期)"
    rf"|(?P<last_end>上月[{_ENDS}]|上期末|上季度?末)|(?P<last>上月|上期|上季度?)|(?P<half>上半年)"
    rf"|(?P<range>(?:1|一|年初)(?:月)?(?:-|至|到)+(?P<until>\d+)月)"
    rf"|(?P<day>(?P<dm>\d+)月(?P<dd>\d+)日)|(?P<month>(?P<mm>\d+)月份?(?P<end>[{_ENDS}]|[上中下]旬)?)"
    rf"|(?P<quarter>(?P<q>[一二三四1-4])季度(?P<qend>[{_ENDS}])?)"
)
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12}


def _by_time(told: Role, before: str, ahead: str, span: Span) -> Role:
    """`told` at the time that the words give: this period's, up to now, up to the last, another."""
    if told not in (Role.DONE, Role.STARTED, Role.UNSAID):
        return told
    time = _time_of(before, span) or _time_of(_near(ahead), span)
    if time == "this":
        return Role.START_INCREASE if told == Role.STARTED else Role.INCREASE
    if time == "last":
        return Role.LAST if told != Role.STARTED else Role.OTHER
    if time == "other":
        return Role.OTHER
    return Role.DONE if told == Role.UNSAID and time == "now" else told


def _near(ahead: str) -> str:
    """The clause right before, where it only says when: 截至7月底, 7月份."""
    last = re.split("[,()]", ahead.rstrip(","))[-1] if ahead.endswith(",") else ""
    return last if len(last) <= 12 and not re.search("[个家条所座万亿%]", last) else ""


def _time_of(words: str, span: Span) -> str:
    """``this``, ``now``, ``last`` (up to the end of the period before), ``other`` or nothing."""
    time = ""
    for found in _WHEN.finditer(words):
        is_as_of = words[: found.start()].endswith(("截至", "截止", "截至2022年", "到", "至"))
        said = _said_by(found, span, is_as_of=is_as_of)
        if said == "now" and time == "last":
            continue  # 上月累计 is what stood then
        time = said or time
    return time


def _said_by(found: re.Match[str], span: Span, *, is_as_of: bool) -> str:
    group = next(name for name, value in found.groupdict().items() if value is not None)
    simple = {
        "other": "other",
        "cumulative": "now",
        "this_end": "now",
        "this": "this",
        "last_end": "last",
    }
    if group in simple:
        return simple[group]
    if group == "last":
        tail = found.string[found.end() :]
        return "last" if re.match("的|累计", tail) or "累计" in tail else "other"
    if group == "half":
        return _up_to(span, 6)
    if group == "range":
        return _up_to(span, int(found["until"]))
    if group == "day":
        return _as_of(span, int(found["dm"]), int(found["dd"])) if is_as_of else "other"
    if group == "quarter":
        return _of_quarter(found, span)
    return _of_month(span, int(found["mm"]), found["end"] or "", is_as_of=is_as_of)


def _of_quarter(found: re.Match[str], span: Span) -> str:
    month = _QUARTERS.get(found["q"]) or int(found["q"]) * 3
    if found["qend"]:
        return _up_to(span, month)
    whole = span.first.month == month - 2 and span.last.month == month
    return "this" if whole else "other"


def _of_month(span: Span, month: int, end: str, *, is_as_of: bool) -> str:
    if end in ("底", "末") or (is_as_of and not end):
        return _up_to(span, month)
    if end:
        return "other"
    is_whole = span.first.month == span.last.month == month
    return "this" if is_whole else "other"


def _up_to(span: Span, month: int) -> str:
    if month == span.last.month:
        return "now"
    return "last" if month == span.before.month else "other"


def _as_of(span: Span, month: int, day: int) -> str:
    try:
        told = date(span.last.year, month, min(day, monthrange(span.last.year, month)[1]))
    except ValueError:  # 13月 is no month
        return "other"
    if span.first <= told <= span.last:
        return "now"
    return "last" if told == span.before else "other"
