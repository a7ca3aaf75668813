"""The people that several pages of `units` are tested with."""

from __future__ import annotations

from typing import Any

import pytest

from tests.month import cast
from units.models import (
    Appointment,
    GroupMode,
    Post,
    Role,
    Unit,
    UnitGroup,
    UnitGroupMember,
    User,
)
from units.tests.factories import SINCE, make_unit, make_user

__all__ = ["cast"]  # and what stands below


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


@pytest.fixture
def rows(liaison: User, unit: Unit) -> dict[str, Any]:
    """One row of each kind."""
    group = UnitGroup.objects.create(name="各平台公司", mode=GroupMode.ALL)
    member = UnitGroupMember.objects.create(group=group, unit=unit, starts_on=SINCE)
    return {
        "user": liaison,
        "appointment": Appointment.objects.get(user=liaison),
        "unit": unit,
        "unitgroup": group,
        "unitgroupmember": member,
        "post": Post.objects.create(title="分管副市长（示例）", kind="city_leader"),
    }
