"""Which plan of a year is in the main series: at the upgrade, and when the mark is moved."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from tasks.models import Plan, PlanState
from tasks.workflow import mark_main
from tests.cast import Cast, at
from tests.two_plans import begun
from units.errors import NotNow

pytestmark = pytest.mark.django_db
MIGRATION = import_module("tasks.migrations.0013_plan_is_main")


def test_a_draft_never_takes_the_year_from_a_plan_that_began(plan: Plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DRAFT)
    archived = begun(plan, 2022, "2022-2", series="甲", state=PlanState.ARCHIVED)
    begun(plan, 2022, "2022-3", series="乙")
    only = begun(plan, 2023, "2023", state=PlanState.DRAFT)
    MIGRATION.mark_second_plans(apps, None)
    assert set(Plan.objects.filter(is_main=True)) == {archived, only}


def test_an_archived_plan_is_not_moved_out_of_the_main_series(cast: Cast, plan: Plan) -> None:
    special = begun(plan, 2022, "2022-2", series="营商环境", is_main=False)
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.ARCHIVED)
    with pytest.raises(NotNow, match="已归档"):
        mark_main(plan=special, is_main=True, actor=cast.office, now=at("2023-02-06"))
    assert list(Plan.objects.filter(is_main=True)) == [plan]
