"""Findings on the numbers of a filing. Pure. Source: design.md section 4, "Findings"."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from huangshi_tasks.lib.text import number
from progress.checking.findings import BLOCKING, WARNING, Figure, Filing, Finding
from progress.contents.counted import differences
from progress.contents.oddities import (
    FAR_BEYOND,
    JUMP_FACTOR,
    jumps,
    rate_jumps,
    rate_slip,
    slip_factor,
)


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
    """A slip of the unit of measure, else a jump, else far beyond: one hint for one number."""
    for figure in filing.figures:
        if figure.value is None or not figure.is_cumulative or _meant(figure) is not None:
            continue
        field = f"{figure.field}value"
        if factor := slip_factor(figure.value, figure.previous, figure.target):
            sentence = f"{figure.name}与以往或目标约差{number(factor)}倍，请核对计量单位。"
            yield Finding("unit_slip", WARNING, field, sentence)
        elif jumps(figure.value, figure.history):
            sentence = f"{figure.name}本期增量超过以往的{JUMP_FACTOR}倍，请核对并说明。"
            yield Finding("jump", WARNING, field, sentence)
        elif figure.target and figure.value > FAR_BEYOND * figure.target:
            whole, target = figure.amount(figure.value), figure.amount(figure.target)
            sentence = f"{figure.name}累计数{whole}超出年度目标{target}一半以上，请核对并说明。"
            yield Finding("beyond_target", WARNING, field, sentence)


def _meant(figure: Figure) -> Decimal | None:
    """The percentage that was meant where one seems to be off by 100."""
    if figure.value is None or not figure.is_share:
        return None
    target = None if figure.is_cumulative else figure.target  # a small beginning is none
    return rate_slip(figure.value, figure.previous, target)


def _odd_rates(filing: Filing) -> Iterator[Finding]:
    """0.9 where 90 % is meant, typed or out of a cell; else far from the last period."""
    for figure in filing.figures:
        value, field = figure.value, f"{figure.field}value"
        if value is None:
            continue
        if (meant := _meant(figure)) is not None:
            beside = "上期" if figure.previous else "目标"
            known = figure.amount(figure.previous or figure.target or value)
            sentence = (
                f"{figure.name}填报{figure.amount(value)}，{beside}{known}，"
                f"请核对是{figure.amount(value)}还是{figure.amount(meant)}。"
            )
            yield Finding("rate_slip", WARNING, field, sentence)
        elif not figure.is_cumulative and rate_jumps(value, figure.history):
            before = figure.amount(figure.previous or Decimal(0))
            sentence = (
                f"{figure.name}填报{figure.amount(value)}，与上期{before}相差较大，请核对并说明。"
            )
            yield Finding("rate_jump", WARNING, field, sentence)


def _impossible(filing: Filing) -> Iterator[Finding]:
    """More finished than begun, and parts of what is counted one by one."""
    for figure in filing.figures:
        value, started = figure.value, figure.started
        if value is not None and started is not None and value > started:
            sentence = (
                f"{figure.name}完工数{figure.amount(value)}大于开工数{figure.amount(started)}，"
                "请核对并说明。"
            )
            yield Finding("more_than_started", WARNING, f"{figure.field}value", sentence)
        for column, each in (("value", value), ("started", started)):
            if figure.is_counted and each is not None and each % 1:
                sentence = (
                    f"{figure.name}以“{figure.unit_of_measure}”计，一般为整数，请核对并说明。"
                )
                yield Finding("not_whole", WARNING, figure.field + column, sentence)


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
            sentence = f"{figure.name}填报{whole}，各地合计{sum_of_parts}，请核对。"
            yield Finding("parts_differ", BLOCKING, field, sentence)


def _lists(filing: Filing) -> Iterator[Finding]:
    """Figures that are not what the list of 子项 counts."""
    for figure in filing.figures:
        for each in differences(
            figure.name, figure.unit_of_measure, figure.value, figure.started, figure.listed
        ):
            yield Finding("list_differs", WARNING, figure.field + each.column, each.sentence)


FIGURE_CHECKS: tuple[Callable[[Filing], Iterator[Finding]], ...] = (
    _missing_numbers,
    _fallen,
    _odd_sizes,
    _odd_rates,
    _impossible,
    _parts,
    _lists,
)
