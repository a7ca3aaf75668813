"""From a parsed notice to the plan in the database: the only bridge between the two.

What the notice assigns starts on the notice's date, whenever it is loaded (design.md §3).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q

from tasks.intake.item import ItemIntake
from tasks.models import Area, Plan, PlanState, Theme
from tasks.reader.directory import Directory
from tasks.reader.parsed import KEY_TASK, ParsedNotice
from tasks.reader.reference import plan_document, reference_directory, unit_entries
from units import log
from units.directory import load_directory
from units.models import Unit, UnitAlias, UnitGroup

_FURNITURE = re.compile(r"^关于(?:印发|下发|做好|分解)?(?:落实)?|\d{4}年度?|的?通知$|[《》]")


class NotImportable(Exception):  # noqa: N818  # an answer with reasons, not a fault
    """The notice cannot become a plan; `reasons` are whole Chinese sentences, all of them."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("".join(reasons))
        self.reasons = reasons


def directory() -> Directory:
    """The directory of the database; while it has no units, that of the project's own files.

    A database without tables has no units either: a dry run needs no preparation.
    """
    if Unit._meta.db_table not in connection.introspection.table_names():
        return reference_directory()
    if not Unit.objects.exists():
        return reference_directory()
    aliases = UnitAlias.objects.values_list("name", "unit__name")
    return Directory.of(
        units=Unit.objects.values_list("name", flat=True),
        groups=UnitGroup.objects.values_list("name", flat=True),
        aliases=dict(aliases),
    )


@transaction.atomic
def load_reference_units() -> int:
    """Add the units and groups of the project's own files; returns how many units are new."""
    entries = unit_entries()
    since = date.fromisoformat(plan_document()["plan"]["issued_on"])
    return load_directory(units=entries["units"], groups=entries["groups"], starts_on=since)


@transaction.atomic
def create_plan(*, notice: ParsedNotice, source_text: str, state: PlanState, now: datetime) -> Plan:
    """Write a whole plan, or nothing. Raises `NotImportable` with every reason at once.

    An empty directory is filled from the project's own files first. One log entry is written.
    """
    if reasons := list(_objections(notice, source_text)):
        raise NotImportable(reasons)
    if not Unit.objects.exists():
        load_reference_units()
    plan = _create_head(notice, source_text, state)
    _create_areas(plan, notice)
    _create_items(plan, notice)
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


def find_plan(notice: ParsedNotice) -> Plan | None:
    """The plan that this notice has already become: its year, and its number or its series."""
    head = notice.head
    if head.year is None:
        return None
    same = Q(series=series_of(head.title))
    if head.document_number:
        same |= Q(document_number=head.document_number)
    return Plan.objects.filter(same, year=head.year).first()


def series_of(title: str) -> str:
    """What stays the same from year to year: 市政府重点工作和十件实事责任分解."""
    return _FURNITURE.sub("", title).strip()[:60] or title[:60]


def _objections(notice: ParsedNotice, source_text: str) -> Iterator[str]:
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
    if (existing := find_plan(notice)) is not None:
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


def _create_head(notice: ParsedNotice, source_text: str, state: PlanState) -> Plan:
    head = notice.head
    assert head.year is not None
    assert head.issued_on is not None
    return Plan.objects.create(
        series=series_of(head.title),
        year=head.year,
        slug=_free_slug(head.year),
        title=head.title,
        document_number=head.document_number,
        issued_on=head.issued_on,
        source_text=source_text,
        state=state,
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


def _create_items(plan: Plan, notice: ParsedNotice) -> None:
    areas = {area.ordinal: area for area in plan.areas.all()}
    themes = {
        (theme.area_id, theme.title): theme for theme in Theme.objects.filter(area__plan=plan)
    }
    intake = ItemIntake(plan)
    intake.add_headline(notice.headline)
    for item in notice.items:
        area = areas.get(item.area) if item.area is not None else None
        theme = themes.get((area.pk, item.theme)) if area and item.theme else None
        intake.add(item, area, theme)
