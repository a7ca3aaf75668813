"""Findings on a filing before it leaves: what is wrong (blocking), what looks odd (warning). Pure.

Source: design.md section 4, "Findings". A warning is answered with one sentence that the reviewer
sees; a blocking finding has to be mended.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from huangshi_tasks.lib.text import number
from progress.counted import Listed, differences
from progress.oddities import JUMP_FACTOR, is_same, jumps, slip_factor
from progress.promises import OPEN, Promise

BLOCKING, WARNING = "blocking", "warning"
STEPS_FIELD = "steps_before"  # where the last period's 下一步 is answered line by line


@dataclass(frozen=True)
class Finding:
    """`field` is the form key it belongs to; `key` is where its explanation is kept."""

    code: str
    level: str
    field: str
    sentence: str

    @property
    def is_blocking(self) -> bool:
        return self.level == BLOCKING

    @property
    def key(self) -> str:
        return f"{self.code}:{self.field}"


@dataclass(frozen=True)
class Part:
    """A unit's part of a figure; None while it is not in."""

    name: str
    value: Decimal | None


@dataclass(frozen=True)
class Figure:
    """One number of the form. `history` holds the accepted values before, oldest first."""

    field: str
    name: str
    value: Decimal | None
    target: Decimal | None = None
    history: tuple[Decimal, ...] = ()
    unit_of_measure: str = ""
    is_cumulative: bool = True
    is_correction: bool = False
    blank_reason: str = ""
    parts: tuple[Part, ...] = ()
    started: Decimal | None = None
    listed: Listed | None = None

    @property
    def previous(self) -> Decimal | None:
        return self.history[-1] if self.history else None

    def amount(self, value: Decimal) -> str:
        return f"{number(value)}{self.unit_of_measure}"


@dataclass(frozen=True)
class Filing:
    """What is filed, with what was filed last time. `light` is that of the filing as it stands."""

    figures: tuple[Figure, ...] = ()
    wants_text: bool = True
    progress: str = ""
    previous_progress: str = ""
    promises: tuple[Promise, ...] = ()
    no_progress: bool = False
    no_progress_reason: str = ""
    previous_no_progress: bool = False
    says_done: bool = False
    has_evidence: bool = False
    wants_light: bool = False
    proposed_light: str = ""
    is_behind: bool = False
    light_reason: str = ""


def findings_for(filing: Filing) -> list[Finding]:
    """Every finding, blocking ones first, in the order of the form. Never raises."""
    found = [finding for check in _CHECKS for finding in check(filing)]
    return sorted(found, key=lambda finding: not finding.is_blocking)


def _missing_numbers(filing: Filing) -> Iterator[Finding]:
    if filing.no_progress and filing.no_progress_reason.strip():
        return
    for figure in filing.figures:
        if figure.value is not None or figure.target is None or figure.blank_reason.strip():
            continue
        if figure.previous is None:
            sentence = f"{figure.name}有目标值，请填写累计数；暂无数据的，请写明原因。"
            yield Finding("no_number", BLOCKING, f"{figure.field}value", sentence)
        else:
            kept = figure.amount(figure.previous)
            sentence = f"{figure.name}本期未填，将沿用上期{kept}，请说明。"
            yield Finding("no_number", WARNING, f"{figure.field}value", sentence)


def _fallen(filing: Filing) -> Iterator[Finding]:
    for figure in filing.figures:
        value, previous = figure.value, figure.previous
        if value is None or not figure.is_cumulative:
            continue
        if value < 0:
            sentence = f"{figure.name}是累计数，不能小于0。"
            yield Finding("negative", BLOCKING, f"{figure.field}value", sentence)
        elif previous is not None and value < previous and not figure.is_correction:
            sentence = (
                f"{figure.name}累计数{figure.amount(value)}小于上期{figure.amount(previous)}；"
                "上期数据有误的，请勾选更正并说明。"
            )
            yield Finding("fell", BLOCKING, f"{figure.field}value", sentence)


def _odd_sizes(filing: Filing) -> Iterator[Finding]:
    """A slip of the unit of measure, else a jump: one hint for one number."""
    for figure in filing.figures:
        if figure.value is None or not figure.is_cumulative:
            continue
        field = f"{figure.field}value"
        if factor := slip_factor(figure.value, figure.previous, figure.target):
            sentence = f"{figure.name}与以往或目标约差{number(factor)}倍，请核对计量单位。"
            yield Finding("unit_slip", WARNING, field, sentence)
        elif jumps(figure.value, figure.history):
            sentence = f"{figure.name}本期增量超过以往的{JUMP_FACTOR}倍，请核对并说明。"
            yield Finding("jump", WARNING, field, sentence)


def _parts(filing: Filing) -> Iterator[Finding]:
    for figure in filing.figures:
        if not figure.parts or figure.value is None:
            continue
        field = f"{figure.field}value"
        missing = [part.name for part in figure.parts if part.value is None]
        total = sum((part.value or Decimal(0) for part in figure.parts), Decimal(0))
        if missing:
            sentence = f"{figure.name}尚缺{'、'.join(missing)}的数据，暂不能核对合计。"
            yield Finding("parts_missing", WARNING, field, sentence)
        elif total != figure.value:
            whole, sum_of_parts = figure.amount(figure.value), figure.amount(total)
            sentence = f"{figure.name}填报{whole}，各县（市、区）合计{sum_of_parts}，请核对。"
            yield Finding("parts_differ", BLOCKING, field, sentence)


def _lists(filing: Filing) -> Iterator[Finding]:
    """Figures that are not what the list of 子项 counts."""
    for figure in filing.figures:
        for each in differences(
            figure.name, figure.unit_of_measure, figure.value, figure.started, figure.listed
        ):
            yield Finding("list_differs", WARNING, figure.field + each.column, each.sentence)


def _texts(filing: Filing) -> Iterator[Finding]:
    if filing.no_progress:
        if not filing.no_progress_reason.strip():
            sentence = "请写明本期无新进展的原因。"
            yield Finding("no_reason", BLOCKING, "no_progress_reason", sentence)
        if filing.previous_no_progress:
            sentence = "已连续两期报无新进展，请说明。"
            yield Finding("no_progress_again", WARNING, "no_progress", sentence)
    elif filing.wants_text and not filing.progress.strip():
        yield Finding("no_text", BLOCKING, "progress", "请填写进展情况。")
    elif is_same(filing.progress, filing.previous_progress):
        yield Finding("same_text", WARNING, "progress", "进展情况与上期基本相同，请说明。")


def _promises(filing: Filing) -> Iterator[Finding]:
    """Steps announced last time, neither answered line by line nor come back to in the text."""
    if filing.no_progress or not filing.wants_text:
        return
    open_steps = [each for each in filing.promises if not each.is_answered(filing.progress)]
    if not open_steps:
        return
    step = open_steps[0]
    rest = f"等{len(open_steps)}项" if len(open_steps) > 1 else ""
    sentence = f"未说明上期下一步工作完成情况（{step.line[:30]}{rest}），请说明。"
    if step.state == OPEN:
        sentence = f"上期下一步工作未完成（{step.line[:30]}），请写明原因和新的完成时间。"
    yield Finding("unanswered", WARNING, STEPS_FIELD, sentence)


def _lights(filing: Filing) -> Iterator[Finding]:
    if filing.says_done and not filing.has_evidence:
        sentence = "报告已完成的，请上传佐证材料。"
        yield Finding("no_evidence", BLOCKING, "evidence", sentence)
    if filing.wants_light and not filing.proposed_light:
        yield Finding("no_light", BLOCKING, "proposed_light", "请选择进度状态。")
    if filing.is_behind and not filing.light_reason.strip():
        sentence = "未达序时进度的，请写明原因。"
        yield Finding("no_light_reason", BLOCKING, "light_reason", sentence)


_CHECKS: tuple[Callable[[Filing], Iterator[Finding]], ...] = (
    _missing_numbers,
    _fallen,
    _odd_sizes,
    _parts,
    _lists,
    _texts,
    _promises,
    _lights,
)
