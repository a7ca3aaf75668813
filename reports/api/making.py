"""From the rows of the pages to the shapes of the answers; nothing is derived here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse

from huangshi_tasks.lib.text import full_width
from progress.board.at_finalizing import Accepted
from progress.board.numbers import CountyTable, IndicatorLine
from progress.board.shown import Holder, Item, UnitName
from progress.matters.permissions import Matter, unit_name_of, unit_of
from progress.models import Instruction, Period
from progress.states import Light
from reports.api import shapes
from reports.ledger.frozen import tables_at_finalizing
from reports.ledger.rows import LedgerRow, newest_date
from reports.models import Bulletin
from reports.stats.tiles import Tile
from reports.stats.units import UnitItems
from tasks.models import Designation, Plan, Visibility


def item_id(kind: str, number: int) -> str:
    """How an item is named in every answer."""
    return f"{kind}-{number}"


def _id(item: Item) -> str:
    return item_id(item.kind, item.number)


def _at(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def plan_shape(plan: Plan) -> shapes.PlanShape:
    return shapes.PlanShape(
        slug=plan.slug,
        year=plan.year,
        series=plan.series,
        title=full_width(plan.title),
        document_number=plan.document_number,
        issued_on=plan.issued_on,
        state=plan.state,
        is_main=plan.is_main,
        url=_at(reverse("reports:ledger", args=[plan.slug])),
    )


def unit_shape(unit: UnitName) -> shapes.UnitShape:
    return shapes.UnitShape(id=unit.pk, name=full_width(unit.name), kind=unit.kind)


def unit_items(own: UnitItems) -> shapes.UnitItemsShape:
    return shapes.UnitItemsShape(unit=unit_shape(own.unit), leads=own.leads, supports=own.supports)


def _holder(held: Holder) -> shapes.HolderShape:
    return shapes.HolderShape(
        unit=unit_shape(held.unit), role=held.role, is_primary=held.is_primary
    )


def item_shape(row: LedgerRow) -> shapes.ItemShape:
    """What one row of the ledger shows."""
    item, frozen = row.task, row.frozen
    return shapes.ItemShape(
        id=_id(item),
        kind=item.kind,
        number=item.number,
        title=full_width(item.short_title),
        text=full_width(item.words),
        area=full_width(item.area.title) if item.area is not None else "",
        theme=full_width(item.theme.title) if item.theme is not None else "",
        tracking=item.tracking,
        cycle=item.cycle,
        is_restricted=item.visibility == Visibility.RESTRICTED,
        due_on=row.due_on,
        holders=tuple(map(_holder, row.holders)),
        posts=tuple(shapes.PostShape(id=each.pk, title=each.title) for each in row.posts),
        light=row.light,
        light_words=Light(row.light).label,
        percent=frozen.percent if frozen is not None else None,
        expected=frozen.expected if frozen is not None else None,
        data_as_of=row.data_as_of,
        marks=tuple(row.marks),
        filing=row.filing.state or None if row.filing is not None else None,
        url=_at(item.get_absolute_url()),
    )


def finalized_shape(row: LedgerRow) -> shapes.FinalizedShape | None:
    """The 定稿 of a row; None before its first."""
    frozen = row.frozen
    if frozen is None:
        return None
    return shapes.FinalizedShape(
        item=_id(row.task),
        title=full_width(row.task.short_title),
        period=frozen.period.code,
        period_label=frozen.period.label,
        data_as_of=frozen.period.data_as_of,
        frozen_at=frozen.frozen_at,
        supplement=frozen.supplement,
        light=frozen.light,
        light_words=frozen.get_light_display(),
        computed_light=frozen.computed_light,
        override_reason=frozen.override_reason,
        before=frozen.before,
        percent=frozen.percent,
        expected=frozen.expected,
        expected_basis=frozen.expected_basis,
        gap=frozen.gap,
        reason=frozen.reason,
        unit_reason=row.unit_reason,
        digest=row.digest,
        next_step=str(row.next_step),
        problems=row.said_problems,
        marks=tuple(row.marks),
    )


def _line(line: IndicatorLine) -> shapes.LineShape:
    return shapes.LineShape(
        target=line.target,
        upper=line.upper,
        planned=line.planned,
        actual=line.actual,
        started=line.started,
        percent=line.percent,
        as_of=line.as_of,
    )


def indicator_shapes(
    rows: Sequence[LedgerRow], readings: dict[int, list[Accepted]]
) -> list[shapes.IndicatorShape]:
    """The numbers of these rows as finalized; `readings`: task id → what was accepted by then."""
    tables = tables_at_finalizing(rows)
    found = []
    for row in rows:
        own = tables[row.task.pk]
        counties = {table.city.indicator.pk: table for table in own.counties}
        for line in own.lines:
            pk = line.indicator.pk
            said = [each for each in readings.get(row.task.pk, ()) if each.indicator_id == pk]
            found.append(_indicator(row.task, line, counties.get(pk), said))
    return found


def _indicator(
    item: Item, line: IndicatorLine, county: CountyTable | None, said: Iterable[Accepted]
) -> shapes.IndicatorShape:
    number = line.indicator
    parts = county.lines if county is not None else ()
    return shapes.IndicatorShape(
        id=number.pk,
        item=_id(item),
        name=full_width(number.name),
        unit_of_measure=number.unit_of_measure,
        kind=number.kind,
        comparator=number.comparator,
        direction=number.direction,
        stated=number.stated,
        baseline=number.baseline,
        line=_line(line),
        shares=tuple(
            shapes.ShareShape(unit=unit_shape(each.unit), line=_line(each.line)) for each in parts
        ),
        readings=tuple(map(_reading, said)),
    )


def _reading(said: Accepted) -> shapes.ReadingShape:
    return shapes.ReadingShape(
        unit_id=said.unit_id,
        as_of=said.as_of,
        value=said.value,
        verified=said.verified,
        started=said.started,
        source=said.source,
    )


def designation_shape(named: Designation) -> shapes.DesignationShape:
    return shapes.DesignationShape(
        item=item_id(named.task.kind, named.task.number),
        role=named.role,
        printed=named.printed,
        unit_id=named.unit_id,
    )


def period_shape(period: Period) -> shapes.PeriodShape:
    names = ("code", "label", "cycle", "data_as_of", "opens_on", "due_on", "closes_on")
    return shapes.PeriodShape(
        **{name: getattr(period, name) for name in names},
        state=period.state,
        finalized_at=period.finalized_at,
    )


def counts_shape(rows: Sequence[LedgerRow], tiles: Iterable[Tile]) -> shapes.CountsShape:
    counts = (
        shapes.CountShape(name=t.name, title=t.title, count=t.count, filters=_asked(t.choice))
        for t in tiles
    )
    return shapes.CountsShape(data_as_of=newest_date(rows), total=len(rows), counts=tuple(counts))


def _asked(choice: dict[str, str]) -> dict[str, str]:
    """The filters of the ledger as this door calls them."""
    return {"as_of" if name == "period" else name: value for name, value in choice.items()}


def matter_shape(matter: Matter, today: date) -> shapes.MatterShape:
    """Of 交办事项 and 督办单 alike."""
    is_order = not isinstance(matter, Instruction)
    unit = unit_of(matter)
    address = "progress:order" if is_order else "progress:matter"
    return shapes.MatterShape(
        kind="order" if is_order else "instruction",
        id=matter.pk,
        code=matter.code,
        source=matter.source if isinstance(matter, Instruction) else "",
        title=full_width(matter.title),
        unit=shapes.UnitShape(id=unit.pk, name=full_width(unit_name_of(matter)), kind=unit.kind),
        state=matter.state,
        state_words=matter.get_state_display(),
        due_on=matter.answer_due_on,
        is_overdue=matter.is_overdue(today),
        closed_on=matter.closed_on,
        url=_at(reverse(address, args=[matter.plan.slug, matter.pk])),
    )


def bulletin_shape(paper: Bulletin) -> shapes.BulletinShape:
    return shapes.BulletinShape(
        id=paper.pk,
        kind=paper.kind,
        issue=paper.issue,
        title=full_width(paper.title),
        state=paper.state,
        period=paper.period.code,
        issued_on=paper.issued_on,
        sha256=paper.sha256,
        url=_at(paper.get_absolute_url()),
    )
