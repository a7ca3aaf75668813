"""Fixtures of the tests of what is seen; the cast is that of the month."""

from collections.abc import Iterator
from datetime import date

import pytest

from huangshi_tasks.lib import clock
from progress.models import Period
from tasks.models import Plan
from tests.month import begun_in_june, cast, plan

__all__ = ["august", "begun_in_june", "cast", "june_is_final", "plan"]


@pytest.fixture(autouse=True)
def august() -> Iterator[None]:
    """The third of August 2022: June is finalized, July is open."""
    before = clock.business_date()
    clock.configure(date(2022, 8, 3))
    yield
    clock.configure(before)


@pytest.fixture
def june_is_final(plan: Plan) -> None:
    """Everything up to June is finalized."""
    Period.objects.filter(plan=plan, data_as_of__lte=date(2022, 6, 30)).update(state="finalized")
