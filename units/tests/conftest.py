"""The people that several pages of `units` are tested with."""

from __future__ import annotations

import pytest

from units.models import Role, Unit, User
from units.tests.factories import make_unit, make_user


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


@pytest.fixture
def liaison(unit: Unit) -> User:
    return make_user("lianluo", Role.REPORTER, unit)


@pytest.fixture
def admin(db: None) -> User:
    return make_user("xtgly", Role.ADMIN)


@pytest.fixture
def auditor(db: None) -> User:
    return make_user("sjy", Role.AUDITOR)
