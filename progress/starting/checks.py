"""启用检查: what refuses 启用, what may stay open and is the office's afterwards, what is fine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib import text
from tasks.desk.content import Content, awaits_its_lead
from tasks.desk.correcting import DeskItem
from tasks.desk.open_doubts import open_doubts, places_in
from tasks.desk.proof import Proof, proof_of
from tasks.intake.answering import Answers
from tasks.intake.plan import objections
from tasks.models import Portfolio, PortfolioKind, ResponsibilityRole, TaskKind, Tracking
from tasks.models.items import code_of
from tasks.naming.modes import OPEN_MODES
from tasks.reader.parsed import GROUP, UNKNOWN, ParsedDesignation
from tasks.reader.reading import Doubt
from units.city import words as city_words
from units.models import Appointment, Role, Unit, UnitGroup

BLOCKS, OPEN, FINE = "blocks", "open", "fine"
LEADING, SUPPORTING, PROJECT = "牵头", "配合", "实事责任"
# an unread part of the body; every other doubt may stay open
UNREAD = frozenset({"unused", "table_unread"})
# said in words of their own
_COUNTED_ELSEWHERE = frozenset({"no_unit", "unknown_unit", "head", "number_twice"})
_MOST_NAMED, _MOST_QUOTED = 12, 20

Answering = Sequence[Answers[ParsedDesignation, Unit]]


@dataclass(frozen=True)
class Finding:
    """One line of 检查结果. `leads_to`: a step of the desk (`source` 原件, `items` 核对)."""

    level: str
    title: str
    text: str
    leads_to: str = ""
    count: int = 1


@dataclass(frozen=True)
class Checked:
    """What there is to say of a draft on a day; `open` are the doubts nobody answered."""

    findings: Sequence[Finding]
    open: Sequence[Doubt]
    proof: Proof

    @property
    def blocking(self) -> list[Finding]:
        return [each for each in self.findings if each.level == BLOCKS]

    @property
    def left_open(self) -> list[Finding]:
        return [each for each in self.findings if each.level == OPEN]


def check(content: Content, answering: Sequence[tuple[DeskItem, Answering]], day: date) -> Checked:
    """`answering`: the items with who answers for them by the directory of `day`."""
    doubts = open_doubts(content)
    proof = proof_of(content, doubts)
    findings = [
        *_blocking(content, doubts),
        *_of_names(content),
        *_of_people(answering, day),
        *_of_content(content, doubts),
        *_in_order(content, answering, doubts, proof),
    ]
    return Checked(findings, doubts, proof)


def has_nobody(each: DeskItem) -> bool:
    """Without any owner, and nobody said 暂缓."""
    return not each.has_owner and not each.aside


def codes_of(items: Iterable[DeskItem]) -> str:
    """重点工作第8、88项，十件实事第9件; the first dozen of them."""
    named = list(items)
    shown = named[:_MOST_NAMED]
    parts = []
    for kind in dict.fromkeys(each.item.kind for each in shown):
        numbers = "、".join(str(each.item.number) for each in shown if each.item.kind == kind)
        parts.append(code_of(kind, numbers))
    more = f"等{len(named)}项" if len(named) > _MOST_NAMED else ""
    return "，".join(parts) + more


def _objections_to(content: Content) -> list[str]:
    return objections(content.notice(), content.reading.source.text, content.series)


def _blocking(content: Content, doubts: Sequence[Doubt]) -> Iterator[Finding]:
    for sentence in _objections_to(content):
        step = "source" if sentence.startswith("没有找到") else "items"
        yield Finding(BLOCKS, sentence.rstrip("。"), "改正后才能启用。", step)
    ownerless = [each for each in content.items if has_nobody(each)]
    if ownerless:
        said = "没有责任单位的事项不会有人报送，请选择责任单位，或标为暂缓并写明原因。"
        title = f"{len(ownerless)}项没有责任单位，不能启用"
        yield Finding(
            BLOCKS, title, f"{codes_of(ownerless)}。{said}", "items", count=len(ownerless)
        )
    unread = [each for each in doubts if each.kind in UNREAD]
    if unread:
        lines = "、".join(_quoted(each.text or each.sentence) for each in unread[:_MOST_NAMED])
        more = "等" if len(unread) > _MOST_NAMED else ""
        said = "请逐处选择：也是一项、报送要求、工作要求、标题或不采用。"
        title = f"{len(unread)}处正文没有读入，不能启用"
        yield Finding(BLOCKS, title, f"原文{lines}{more}。{said}", "items", count=len(unread))


def _quoted(words: str) -> str:
    return f"“{words[:_MOST_QUOTED]}…”" if len(words) > _MOST_QUOTED else f"“{words}”"


def _of_names(content: Content) -> Iterator[Finding]:
    aside = [each for each in content.items if each.aside]
    if aside:
        said = "暂缓的事项没有单位报送，启用后由督查室登记责任调整，明确单位。"
        yield Finding(
            OPEN, f"{len(aside)}项暂缓", f"{codes_of(aside)}。{said}", "items", len(aside)
        )
    modes = dict(UnitGroup.objects.values_list("name", "mode"))
    named = [one for each in content.items for one in each.item.designations]
    to_name = sum(one.target == GROUP and modes.get(one.name) in OPEN_MODES for one in named)
    if to_name:
        said = "启用后由牵头单位在办理方案中提出，或由督查室在“单位明确”中登记。"
        yield Finding(OPEN, f"{to_name}处“相关…”、成员单位尚未明确", said, "", to_name)
    unknown = Counter(one.printed_name for one in named if one.target == UNKNOWN)
    if unknown:
        said = "名录中没有这些单位，启用后没有单位为此报送；可以返回核对，改选或新增单位。"
        names = "、".join(f"“{name}”" for name in list(unknown)[:_MOST_NAMED])
        title = f"{unknown.total()}处单位名称不在名录"
        yield Finding(OPEN, title, f"{names}。{said}", "items", unknown.total())
    awaiting = [each for each in content.items if awaits_its_lead(each)]
    if awaiting:
        said = (
            "首位单位不在名录，启用后没有单位汇总填报，也不判定状态，其余单位照常填报；"
            "由督查室登记责任调整，明确汇总牵头单位。也可以返回核对，改选或新增单位。"
        )
        title = f"{len(awaiting)}项汇总牵头待定"
        yield Finding(OPEN, title, f"{codes_of(awaiting)}。{said}", "items", len(awaiting))


def _of_people(answering: Sequence[tuple[DeskItem, Answering]], day: date) -> Iterator[Finding]:
    primaries = [
        (each, next((answer.unit for answer in answers if answer.is_primary), None))
        for each, answers in answering
    ]
    led = _units_in_charge(day)
    without = [each for each, unit in primaries if unit is None or unit.pk not in led]
    if without:
        said = "不影响启用；领导页不列入本人分管。"
        title = city_words.said(f"{len(without)}项没有分管市领导")
        yield Finding(OPEN, title, f"{codes_of(without)}。{said}", "", len(without))
    owing = {
        answer.unit.pk: answer.unit
        for _, answers in answering
        for answer in answers
        if answer.role != ResponsibilityRole.SUPPORT
    }
    held = Appointment.objects.on(day).filter(role=Role.REPORTER, unit__in=owing)
    silent = [owing[pk].name for pk in owing.keys() - set(held.values_list("unit_id", flat=True))]
    if silent:
        names = "、".join(text.full_width(name) for name in sorted(silent)[:_MOST_NAMED])
        more = "等" if len(silent) > _MOST_NAMED else ""
        said = "提醒送不到，也没有人填报。"
        title = f"{len(silent)}个单位没有联络员"
        yield Finding(OPEN, title, f"{names}{more}。{said}", "", len(silent))


def _units_in_charge(day: date) -> set[int | None]:
    """Units of which a city leader is in charge: whose items he is in charge of."""
    held = Portfolio.objects.on(day).filter(kind=PortfolioKind.IN_CHARGE, unit__isnull=False)
    return set(held.values_list("unit_id", flat=True))


def _of_content(content: Content, doubts: Sequence[Doubt]) -> Iterator[Finding]:
    if not content.reading.head.document_number:
        said = "不影响启用，取得文号后在“启用时遗留”中补登。"
        yield Finding(OPEN, "没有文号", said, "source")
    unmeasured = [
        each
        for each in content.items
        if each.item.tracking == Tracking.QUANTITATIVE and not each.item.indicators
    ]
    if unmeasured:
        said = "定量事项没有可以填报的数字，启用后按文字评定；可以返回核对，补上承诺。"
        title = f"{len(unmeasured)}项没有衡量办法"
        yield Finding(OPEN, title, f"{codes_of(unmeasured)}。{said}", "items", len(unmeasured))
    rest = [each for each in doubts if each.kind not in UNREAD | _COUNTED_ELSEWHERE]
    if rest:
        count = sum(places_in(each) for each in rest)
        sentences = "；".join(dict.fromkeys(each.sentence for each in rest[:_MOST_NAMED]))
        yield Finding(OPEN, f"{count}处疑问没有答复", f"{sentences}。", "items", count)
    if lost := len(content.lost):
        said = "换过文件后，这些更正所在的句子已不在原文中，没有采用。"
        yield Finding(OPEN, f"{lost}处更正对不上现在的原件", said, "items", lost)


def _in_order(
    content: Content,
    answering: Sequence[tuple[DeskItem, Answering]],
    doubts: Sequence[Doubt],
    proof: Proof,
) -> Iterator[Finding]:
    named = Counter(
        _counted_as(each, one) for each in content.items for one in each.item.designations
    )
    if content.items and not any(has_nobody(each) for each in content.items):
        said = "、".join(f"{word}{named[word]}处" for word in (LEADING, SUPPORTING, PROJECT)) + "。"
        title = "每一项都有责任单位" if not _has_aside(content) else "其余各项都有责任单位"
        yield Finding(FINE, title, said)
    if not any(each.kind in UNREAD for each in doubts):
        counted = "、".join(f"{word}{count}" for word, count in proof.in_words)
        used = text.number(proof.used_percent, 2)
        left = "，未采用的列在核对记录中" if proof.unused else ""
        yield Finding(FINE, f"原文{used}%有去处", f"{proof.total}字：{counted}{left}。", "proof")
    numbers = Counter((each.item.kind, each.item.number) for each in content.items)
    if numbers and max(numbers.values()) == 1:
        yield Finding(FINE, "编号没有重复", f"共{len(numbers)}项。", "items")


def _counted_as(each: DeskItem, one: ParsedDesignation) -> str:
    """The column of 启用后各单位应报 that it is counted in."""
    if one.role == ResponsibilityRole.SUPPORT:
        return SUPPORTING
    return PROJECT if each.item.kind == TaskKind.PRACTICAL_PROJECT else LEADING


def _has_aside(content: Content) -> bool:
    return any(each.aside for each in content.items)
