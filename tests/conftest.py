"""A year to test the whole site on, made once for a module and undone at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.addresses import SmallYear, make_small_year
from tests.cast import Cast, make_plan


@pytest.fixture(scope="module")
def module_year(django_db_setup: None, django_db_blocker: Any) -> Iterator[SmallYear]:
    """The small year in a transaction of the module; tests undo what they do on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_small_year(Cast(), make_plan())
        transaction.set_rollback(True)


@pytest.fixture
def year(module_year: SmallYear, db: None) -> SmallYear:
    return module_year
