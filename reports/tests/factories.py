"""Rows for the tests of what is seen: 定稿 without the walk through a month, portfolios, areas."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from huangshi_tasks.lib.numerals import chinese
from progress.models import Period, TaskPeriod
from tasks.models import Area, Plan, Portfolio, PortfolioKind, Task, Theme
from tests.cast import STARTS_ON, at
from units.models import Post, PostKind, Unit

FROZEN_AT = at("2022-07-13")


def freeze(task: Task, light: str = "on_pace", code: str = "2022-06", **fields: Any) -> TaskPeriod:
    """The item's 定稿 of a period; `percent` and `expected` are given as whole numbers."""
    period = Period.objects.get(plan=task.plan, code=code)
    values: dict[str, Any] = {"reason": "示例判定。", "frozen_at": FROZEN_AT, **fields}
    if values.get("percent") is not None:
        values["percent"] = Decimal(values["percent"])
        values["expected"] = Decimal(values.get("expected", 50))
        values["gap"] = values["percent"] - values["expected"]
    return TaskPeriod.objects.create(
        task=task, period=period, light=light, computed_light=light, **values
    )


def make_area(plan: Plan, ordinal: int = 1) -> Area:
    area = Area.objects.create(plan=plan, ordinal=ordinal, title=f"示例方面{chinese(ordinal)}")
    Theme.objects.create(area=area, ordinal=1, title="示例小标题")
    return area


def make_post(title: str, unit: Unit) -> Post:
    """A city leader's post with `unit` in its charge."""
    post = Post.objects.create(title=title, kind=PostKind.CITY_LEADER)
    Portfolio.objects.create(
        post=post, kind=PortfolioKind.IN_CHARGE, unit=unit, starts_on=STARTS_ON
    )
    return post
