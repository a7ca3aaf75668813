"""From a parsed notice to the plan in the database: the only bridge between the two.

What the notice assigns starts on the notice's date, whenever it is loaded (design.md §3).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from tasks.intake.item import ItemIntake
from tasks.models import Area, Plan, PlanParagraph, PlanState, Theme
from tasks.reader.directory import Directory
from tasks.reader.document import around
from tasks.reader.parsed import KEY_TASK, ParsedItem, ParsedNotice, PlanHead
from tasks.reader.reference import city_entry, plan_document, unit_entries
from units import log
from units.directory import load_directory
from units.models import City, Unit, UnitAlias, UnitGroup, UnitGroupAlias

_FURNITURE = re.compile(
    r"^[^《》]*?关于(?:印发|下发|做好|分解)?(?:落实)?|\d{4}年度?|的?通知$|[《》]"
)


class NotImportable(Exception):  # noqa: N818  # an answer with reasons, not a fault
    """The notice cannot become a plan; `reasons` are whole Chinese sentences, all of them."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("".join(reasons))
        self.reasons = reasons


def directory() -> Directory:
    """The directory of the database."""
    every = {pk: (name, into) for pk, name, into in _every_unit()}
    units = [name for name, into in every.values() if into is None]
    aliases = {name: _lasting(every, pk) for name, pk in _every_alias()}
    aliases |= {name: _lasting(every, pk) for pk, (name, into) in every.items() if into}
    group_aliases = UnitGroupAlias.objects.values_list("name", "group__name")
    return Directory.of(
        units=units,
        groups=UnitGroup.objects.values_list("name", flat=True),
        aliases=aliases,
        group_aliases=dict(group_aliases),
    )


def _every_unit() -> QuerySet[Unit, tuple[Any, ...]]:
    return Unit.objects.values_list("pk", "name", "merged_into")


def _every_alias() -> QuerySet[UnitAlias, tuple[Any, ...]]:
    return UnitAlias.objects.values_list("name", "unit")


def _lasting(every: Mapping[int, tuple[str, int | None]], pk: int) -> str:
    """The name of the unit that `pk` has become, by however many mergers."""
    name, into = every[pk]
    seen = {pk}
    while into is not None and into not in seen:
        seen.add(into)
        name, into = every[into]
    return name


@transaction.atomic
def load_reference_units() -> int:
    """Add the units and groups of the demonstration's files, and name its place where nobody has
    named one; returns how many units are new.
    """
    City.objects.get_or_create(id=1, defaults=city_entry())
    entries = unit_entries()
    since = date.fromisoformat(plan_document()["plan"]["issued_on"])
    return load_directory(units=entries["units"], groups=entries["groups"], starts_on=since)


@transaction.atomic
def create_plan(
    *,
    notice: ParsedNotice,
    source_text: str,
    state: PlanState,
    now: datetime,
    series: str = "",
    aside: Mapping[tuple[str, int], str] | None = None,
) -> Plan:
    """Write a whole plan, or nothing. Raises `NotImportable` with every reason at once.

    `series`: 台账名称, where somebody said it. `aside`: kind and number of an item → why nobody
    leads it yet (暂缓). One log entry is written.
    """
    series = series or series_of(notice.head.title)
    if reasons := objections(notice, source_text, series):
        raise NotImportable(reasons)
    plan = _create_head(notice, source_text, state, series)
    PlanParagraph.objects.bulk_create(
        PlanParagraph(plan=plan, ordinal=place, kind=each.kind, text=each.text, line=each.line)
        for place, each in enumerate(notice.paragraphs, start=1)
    )
    _create_areas(plan, notice)
    _create_items(plan, notice, aside or {})
    log.record(
        action="plan.load",
        summary=f"载入{plan.title}",
        now=now,
        subject=plan,
        changes={
            "document_number": plan.document_number,
            "state": plan.state,
            "items": len(notice.items),
            "warnings": len(notice.warnings),
        },
    )
    return plan


def find_plan(head: PlanHead, series: str = "") -> Plan | None:
    """The plan that this notice has already become: its year, and its number or its series."""
    if head.year is None:
        return None
    same = Q(series=series or series_of(head.title))
    if head.document_number:
        same |= Q(document_number=head.document_number)
    return Plan.objects.filter(same, year=head.year).first()


def series_of(title: str) -> str:
    """What stays the same from year to year: 市政府重点工作和十件实事责任分解."""
    return _FURNITURE.sub("", title).strip()[:60] or title[:60]


def objections(notice: ParsedNotice, source_text: str, series: str) -> list[str]:
    """Why `create_plan` would refuse it: whole sentences, none where it would not."""
    return list(_objections(notice, source_text, series))


def _objections(notice: ParsedNotice, source_text: str, series: str) -> Iterator[str]:
    head = notice.head
    if not notice.items:
        yield "文件中没有找到任何编号事项，请确认这是责任分解的正文。"
        return
    if head.year is None or not 2000 <= head.year <= 2100:
        yield "没有找到年度（如“2022年”）。"
    if not head.title:
        yield "没有找到标题（如“关于印发……的通知”）。"
    if head.issued_on is None:
        yield "没有找到成文日期（如“2022年1月21日”），责任从该日起算。"
    if "\x00" in source_text:
        yield "文件中有无法保存的字符（NUL），请另存为纯文本后再导入。"
    yield from _repeated(notice)
    yield from _too_long(notice)
    if (existing := find_plan(head, series)) is not None:
        number = existing.document_number or "无文号"
        yield f"《{existing.title}》（{number}）已经导入，不能重复导入。"


def _repeated(notice: ParsedNotice) -> Iterator[str]:
    for (kind, number), count in Counter((i.kind, i.number) for i in notice.items).items():
        if count > 1:
            item = f"重点工作第{number}项" if kind == KEY_TASK else f"十件实事第{number}件"
            yield f"{item}出现{count}次，请先改正编号。"
    for ordinal, count in Counter(area.ordinal for area in notice.areas).items():
        if count > 1:
            yield f"第{ordinal}方面出现{count}次，请先改正序号。"


def _too_long(notice: ParsedNotice) -> Iterator[str]:
    titles = [title for area in notice.areas for title in (area.title, *area.themes)]
    for title in [notice.head.title, *titles]:
        if len(title) > 200:
            yield f"标题“{title[:20]}……”超过200字，请检查是否与正文连在一起。"
    for item in notice.items:
        for each in item.designations:
            if max(len(each.printed_name), len(each.name)) > 80:
                yield f"第{item.number}项的单位名称“{each.printed_name[:20]}……”超过80字。"
        yield from _too_long_fields(item)


def _too_long_fields(item: ParsedItem) -> Iterator[str]:
    numbers = [item.printed_number, *(each.number for each in item.sub_items)]
    limits = [item.deadline_text, *(each.deadline_text for each in item.sub_items)]
    for words, longest, name in (
        *((each, 20, "编号") for each in numbers),
        *((each, 120, "时限") for each in limits),
        *((each, 60, "责任领导") for each in item.leaders),
    ):
        if len(words) > longest:
            yield f"第{item.number}项的{name}“{words[:20]}……”超过{longest}字。"


def _create_head(notice: ParsedNotice, source_text: str, state: PlanState, series: str) -> Plan:
    head = notice.head
    assert head.year is not None
    assert head.issued_on is not None
    return Plan.objects.create(
        series=series,
        year=head.year,
        slug=_free_slug(head.year),
        is_main=_is_main(series, head.year),
        title=head.title,
        document_number=head.document_number,
        issued_on=head.issued_on,
        source_text=source_text,
        state=state,
        reading={
            "warnings": [
                {"line": each.line, "text": each.text, "reason": each.reason}
                for each in notice.warnings
            ],
            **around(notice),
        },
    )


def _is_main(series: str, year: int) -> bool:
    """The first notice there ever is, and those that carry its series on; the office may say
    otherwise (`tasks.turn.acts.mark_main`).
    """
    main = Plan.objects.filter(is_main=True)
    return not main.filter(year=year).exists() and (
        not main.exists() or main.filter(series=series).exists()
    )


def _free_slug(year: int) -> str:
    """The year; a second plan of the year gets 2022-2."""
    taken = set(Plan.objects.filter(slug__startswith=str(year)).values_list("slug", flat=True))
    candidates = [str(year), *(f"{year}-{number}" for number in range(2, len(taken) + 3))]
    return next(each for each in candidates if each not in taken)


def _create_areas(plan: Plan, notice: ParsedNotice) -> None:
    for parsed in notice.areas:
        area = Area.objects.create(plan=plan, ordinal=parsed.ordinal, title=parsed.title)
        Theme.objects.bulk_create(
            Theme(area=area, ordinal=place, title=title)
            for place, title in enumerate(parsed.themes, start=1)
        )


def _create_items(plan: Plan, notice: ParsedNotice, aside: Mapping[tuple[str, int], str]) -> None:
    areas = {area.ordinal: area for area in plan.areas.all()}
    themes = {
        (theme.area_id, theme.title): theme for theme in Theme.objects.filter(area__plan=plan)
    }
    intake = ItemIntake(plan)
    intake.add_headline(notice.headline)
    for item in notice.items:
        area = areas.get(item.area) if item.area is not None else None
        theme = themes.get((area.pk, item.theme)) if area and item.theme else None
        intake.add(item, area, theme, aside=aside.get((item.kind, item.number), ""))
