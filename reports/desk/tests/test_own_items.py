"""The desk and 任务台账 say the same of every item that a unit answers for."""

from __future__ import annotations

import pytest

from progress.board.shown import Holder
from progress.models import ProgressReport
from progress.periods.filed import Filed, ItemName, as_rows, read
from progress.todo import kinds
from reports.desk.own_items import own_items
from reports.desk.page import desk_of, filing_heading
from reports.ledger.rows import LedgerRow, load_rows
from reports.ledger.rows import filing_heading as heading_of_ledger
from reports.tests.random_year import NOW, make_random_year
from tasks.item_address import item_pages
from tasks.models import Plan, Responsibility, Visibility
from tests.cast import Cast
from units.actors import Actor

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_own_item_is_the_row_of_the_ledger(cast: Cast, plan: Plan, seed: int) -> None:
    tasks = make_random_year(plan, cast, seed)
    for task in tasks[::3]:
        task.visibility = Visibility.RESTRICTED
        task.mended_text = "改造道路280公里。"
        task.save(update_fields=["visibility", "mended_text"])
    Responsibility.objects.filter(task=tasks[1]).update(received_at=NOW)
    fresh = Plan.objects.get(pk=plan.pk)
    compared = 0
    for actor in (cast.reporter, cast.signer):
        rows = {row.task.pk: row for row in load_rows(fresh, actor, TODAY)}
        found = own_items([fresh], actor, _filings(fresh, actor), TODAY)
        assert [each.task.pk for each in found.items] == [
            pk for pk, row in rows.items() if _held(row, actor)
        ]
        for each in found.items:
            row = rows[each.task.pk]
            own = _held(row, actor)
            assert each.roles == {held.role for held in own}
            held_now = Responsibility.objects.on(TODAY).filter(task=each.task.pk, unit=actor.unit)
            assert each.to_receive == held_now.filter(received_at=None).count()
            assert each.held.is_named == any(d.unit_id == actor.unit_id for d in row.designations)
            assert (each.primary and each.primary.pk) == (row.primary and row.primary.pk)
            assert str(each.primary) == str(row.primary)
            assert (each.light, each.in_words) == (row.light, row.in_words)
            assert each.lacks_action_plan == row.lacks_action_plan
            assert (each.words, each.cycle_label) == (row.task.words, row.task.get_cycle_display())
            assert (each.frozen and each.frozen.percent) == (row.frozen and row.frozen.percent)
            assert (each.filing and (each.filing.label, each.filing.state)) == (
                row.filing and (row.filing.label, row.filing.state)
            )
            compared += 1
        assert filing_heading(found.items) == heading_of_ledger(
            [row for row in rows.values() if _held(row, actor)]
        )
        todo = desk_of([fresh], actor, TODAY).list.rows
        asked = [len(row.asked) for row in todo if row.kind == kinds.RECEIPT]
        assert sum(asked) == sum(each.to_receive for each in found.items)
    assert compared > 10


def _held(row: LedgerRow, actor: Actor) -> list[Holder]:
    return [held for held in row.holders if held.unit_id == actor.unit_id]


def _filings(plan: Plan, actor: Actor) -> list[Filed]:
    own = ProgressReport.objects.filter(period__plan=plan, responsibility__unit=actor.unit)
    return read([plan], as_rows(own))


def test_the_page_of_an_item_is_the_one_it_names_itself(cast: Cast, plan: Plan) -> None:
    pages = item_pages(plan.slug)
    tasks = make_random_year(plan, cast, 1)
    assert {task.is_project for task in tasks} == {True, False}
    for task in tasks:
        name = ItemName(task.pk, task.kind, task.number, task.short_title)
        assert pages(name) == pages(task) == task.get_absolute_url()
        assert name.code == task.code
