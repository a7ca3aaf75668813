"""Acts and their addresses: every act of a page is reached, every address names an act."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import URLPattern

from progress.adjustments import urls as adjustment_urls
from progress.adjustments import views_acts as adjustments
from progress.adjustments.workflow import ADJUSTMENTS
from progress.closing import urls as closing_urls
from progress.closing import views_acts as closing
from progress.closing.workflow import CLOSURES
from progress.filing import urls as filing_urls
from progress.filing import views_acts as filing
from progress.lifecycle.workflow import REPORTS
from progress.visits import urls as visit_urls
from progress.visits import views_one as visits
from progress.visits.workflow import VISITS
from reports.bulletins import urls as bulletin_urls
from reports.bulletins.views import acts as bulletins
from reports.bulletins.workflow import BULLETINS
from reports.standings import urls as standing_urls
from reports.standings import views_acts as standings
from reports.standings.workflow import STANDINGS
from tasks.action_plans import urls as action_plan_urls
from tasks.action_plans import views as action_plans
from tasks.action_plans.workflow import ACTION_PLANS
from units.acting_page import Act
from units.transitions import Table

# acts and addresses of a page, its transitions, and the names that only one of the two has: acts
# that move no state, transitions that stand on a page with a form of its own
Room = tuple[dict[str, Act], list[URLPattern], Table[Any], set[str], set[str]]
ROOMS: list[Room] = [
    (adjustments.ACTS, adjustment_urls.urlpatterns, ADJUSTMENTS, set(), set()),
    (closing.ACTS, closing_urls.urlpatterns, CLOSURES, set(), set()),
    (
        filing.ACTS,
        filing_urls.urlpatterns,
        REPORTS,
        {"judge_empty"},
        {"submit", "sign_offline", "accept", "return_to_unit"},
    ),
    (visits.ACTS, visit_urls.urlpatterns, VISITS, set(), set()),
    (bulletins.ACTS, bulletin_urls.urlpatterns, BULLETINS, {"correct", "scan"}, set()),
    (standings.ACTS, standing_urls.urlpatterns, STANDINGS, set(), set()),
    (action_plans.ACTS, action_plan_urls.urlpatterns, ACTION_PLANS, set(), {"submit"}),
]


@pytest.mark.parametrize(("acts", "addresses", "table", "stateless", "elsewhere"), ROOMS)
def test_every_act_has_one_address_and_its_transition(
    acts: dict[str, Act],
    addresses: list[URLPattern],
    table: Table[Any],
    stateless: set[str],
    elsewhere: set[str],
) -> None:
    named = [each.default_args["act"] for each in addresses if "act" in each.default_args]
    assert sorted(named) == sorted(acts)
    assert set(acts) - set(table.transitions) == stateless
    assert set(table.transitions) - set(acts) == elsewhere
