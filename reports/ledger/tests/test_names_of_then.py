"""The pages of June print June's name of a unit; both names find it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.board.deriving import derive
from progress.board.keeping import board_of
from progress.models import Period
from reports.tests.factories import freeze
from tasks.models import Plan, Responsibility
from tests.cast import Cast, at, make_item, period_of, report_of
from tests.month import cast, plan, third_of_august
from tests.page_costs import others_report
from tests.pages import browser, text_of
from units.renaming.acts import rename

__all__ = ["cast", "plan", "third_of_august"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]
NEW = "市住房城乡建设局（新）"


def test_the_pages_of_june_print_the_name_of_june(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    freeze(task, "on_pace", percent=50)
    june = period_of(plan, "2022-06").data_as_of
    rename(
        unit=cast.lead,
        name=NEW,
        starts_on=date(2022, 7, 15),
        authority="示例",
        actor=cast.admin,
        now=at("2022-08-03"),
    )
    today = date(2022, 8, 3)
    then, now = derive(plan, today, june)[task.pk], derive(plan, today)[task.pk]
    assert then.shown.holders[0].unit.name == "市住建局"
    assert now.shown.holders[0].unit.name == NEW
    kept = board_of(plan, cast.office, today, june).shown[0]
    assert kept.holders[0].unit.name == "市住建局"
    assert kept.holders[0].unit == cast.lead  # it is the same unit
    assert Responsibility.objects.get(task=task, is_primary=True).unit.name == NEW
    client = browser(cast.office)
    assert NEW in text_of(client.get("/2022/tasks/"))
    for typed in ("市住建局", NEW):
        assert task.get_absolute_url() in text_of(client.get("/2022/search/", {"q": typed}))


@pytest.mark.usefixtures("as_served")
def test_names_of_then_cost_no_query(cast: Cast, plan: Plan) -> None:
    """A process that has asked once remembers them by the stamp."""
    task = make_item(plan, cast)
    freeze(task, "on_pace", percent=50)
    report = report_of(task, cast.lead, "2022-06")
    Period.objects.filter(pk=report.period_id).update(state="finalized")
    rename(
        unit=cast.lead,
        name=NEW,
        starts_on=date(2022, 7, 15),
        authority="示例",
        actor=cast.admin,
        now=at("2022-08-03"),
    )
    client, to = browser(cast.office), f"/2022/units/{report.unit.pk}/"
    client.get(to)  # opens what is due
    assert "市住建局" in text_of(client.get(to))
    others_report()
    with CaptureQueriesContext(connection) as queries:
        assert "市住建局" in text_of(client.get(to))
    assert not [each for each in queries if "units_unitname" in each["sql"]]
