"""沿用上年: the verb. The draft stands apart from the plan; nothing of that is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from tasks.desk.acts import begin_with, digest_of, note_head
from tasks.desk.carrying.wanted import Wanted, wanted_of
from tasks.desk.carrying.written import LISTS, title_of, written
from tasks.desk.changes import SERIES, Change
from tasks.desk.content import Carried, Content, content_of, stored
from tasks.desk.correcting import keys_of
from tasks.desk.stored import ROLES, as_part
from tasks.models import NoticeDraft, NoticeSource, Plan, PlanState, SourceKind
from tasks.reader.decisions import COLUMN, HEAD, TABLE
from tasks.reader.layout import columns as layout
from tasks.reader.parsed import PRACTICAL_PROJECT, ParsedItem
from tasks.reader.sources.lines import Unreadable
from tasks.reader.sources.text import from_text
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import can_run_the_year, require

THERE_ALREADY = "{year}年度《{title}》已在系统中，不必再由上年沿用。"
NO_ITEMS = "{year}年度还没有事项，没有可以沿用的。"
_THEME_HEAD = "小标题"


@transaction.atomic
def carry_over(*, plan: Plan, actor: Actor, now: datetime) -> NoticeDraft:
    """A new draft with the items of `plan` as they stand today. Raises `NotNow` where the next year
    is there already, or the plan cannot be written as a notice.
    """
    require(can_run_the_year(actor))
    year = plan.year + 1
    _refuse(plan, year)
    items = wanted_of(plan, now.date())
    if not items:
        raise NotNow(NO_ITEMS.format(year=plan.year))
    try:
        source = from_text(written(plan.title, year, items))
    except Unreadable as problem:
        raise NotNow(str(problem)) from None
    draft = begin_with(actor=actor, now=now)
    row = NoticeSource.objects.create(
        draft=draft,
        kind=SourceKind.CARRIED,
        name=f"沿用{plan.year}年度台账",
        content=stored(source),
        size=len(source.text.encode()),
        sha256=digest_of(source),
        uploaded_by=actor.user,
        uploaded_by_name=actor.name,
        uploaded_at=now,
    )
    read = content_of(draft)
    given = Carried([*_columns(read), *_head(read, plan, year)])
    _keep(row, given)
    content = content_of(draft)
    _keep(row, replace(given, items=_otherwise_said(content, items)))
    note_head(content)
    log.record(
        actor=actor,
        action="noticesource.carry",
        subject=row,
        summary=f"沿用{plan.year}年度台账：{draft}",
        changes={"plan": plan.slug, "items": len(items), "read": len(content.items)},
        now=now,
    )
    return draft


def _keep(row: NoticeSource, carried: Carried) -> None:
    row.carried = carried.to_json()
    row.save(update_fields=["carried"])


def _refuse(plan: Plan, year: int) -> None:
    if plan.state == PlanState.DRAFT:
        raise NotNow(f"{plan.year}年度还没有启用，请直接在草稿中核对。")
    there = Plan.objects.filter(series=plan.series, year__gte=year).order_by("year").first()
    if there is not None:
        raise NotNow(THERE_ALREADY.format(year=there.year, title=there.title))


def _columns(content: Content) -> Iterator[Change]:
    """What the columns hold is known: nobody is asked."""
    lines = content.reading.source.lines
    for table in content.reading.tables:
        for at, field in sorted(table.fields.items()):
            is_theme = table.heads.get(at) == _THEME_HEAD
            yield Change(COLUMN, f"{table.key}:{at}", layout.THEME if is_theme else field)
        above = [line.text for line in lines if line.number < table.lines[0]]
        if any(words.endswith(LISTS[PRACTICAL_PROJECT]) for words in above[1:]):
            yield Change(TABLE, f"{table.key}:kind", PRACTICAL_PROJECT)


def _head(content: Content, plan: Plan, year: int) -> Iterator[Change]:
    """文号 and 成文日期 are not there yet, and asked for."""
    head = content.reading.head
    title = title_of(plan.title, year)
    if head.title != title:
        yield Change(HEAD, "title", title)
    if head.year != year:
        yield Change(HEAD, "year", str(year))
    if content.series != plan.series:
        yield Change(HEAD, SERIES, plan.series)


def _otherwise_said(content: Content, items: Sequence[Wanted]) -> dict[str, dict[str, Any]]:
    """Key of an item → what the plan says otherwise than the reader does of its words."""
    read = {each.key: each.item for each in content.items}
    found = {}
    for key, each in zip(keys_of(items), items, strict=True):
        if key in read and (other := _otherwise(each, read[key])):
            found[key] = other
    return found


def _otherwise(wanted: Wanted, item: ParsedItem) -> dict[str, Any]:
    now = _said_of(item)
    fields = {**wanted.fields, "theme": wanted.theme or None}
    return {name: value for name, value in fields.items() if value != now[name]}


def _said_of(item: ParsedItem) -> Mapping[str, Any]:
    return {
        "number": item.number,
        **{role: item.names(role) for role in ROLES},
        "deadline_text": item.deadline_text,
        "deadline": item.deadline.isoformat() if item.deadline else "",
        "leaders": list(item.leaders),
        "tracking": item.tracking,
        "cycle": item.cycle,
        "short_title": item.short_title,
        "sub_items": [as_part(part) for part in item.sub_items],
        "theme": item.theme,
    }
