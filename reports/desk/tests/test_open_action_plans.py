"""A 办理方案 that waits is on the desk and at the bell of who has to do something with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from huangshi_tasks.lib import clock
from progress.models import Reminder
from reports.tests.reading import page_of, text_of
from tasks.action_plans.acts import accept, return_to_unit, submit
from tasks.action_plans.tests.test_drafting import NOW, send, write
from tasks.models import Plan
from tests.cast import Cast, at, make_item
from units.actors import Actor

pytestmark = pytest.mark.django_db

DESK = "/2022/desk/"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    clock.configure(date(2022, 8, 3))
    yield
    clock.configure(None)


def told(actor: Actor) -> list[str]:
    mine = Reminder.objects.filter(recipient=actor.user, subject__startswith="actionplan:")
    return list(mine.order_by("pk").values_list("text", flat=True))


def test_what_waits_for_the_head_of_the_unit(cast: Cast, plan: Plan) -> None:
    submit(action_plan=write(cast, make_item(plan, cast)), actor=cast.reporter, now=NOW)
    assert [text.endswith("办理方案待审签。") for text in told(cast.signer)] == [True]
    assert told(cast.reporter) == []
    assert "办理方案1份待办" in text_of(page_of(cast.signer, DESK))
    assert ">审签</a>" in page_of(cast.signer, DESK)
    assert ">审签</a>" not in page_of(cast.reporter, DESK)
    assert "办理方案1份待办" not in text_of(page_of(cast.supporter, DESK))


def test_what_came_back_says_why_and_goes_to_the_liaison(cast: Cast, plan: Plan) -> None:
    sent = send(cast, write(cast, make_item(plan, cast)))
    assert "办理方案1份待办" not in text_of(page_of(cast.signer, DESK))
    return_to_unit(action_plan=sent, reason="请按月细化。", actor=cast.office, now=at("2022-08-04"))
    assert "被督查室退回。请按月细化。" in told(cast.reporter)[-1]
    assert "修改重报" in page_of(cast.reporter, DESK)


def test_what_was_accepted_is_told_and_waits_no_more(cast: Cast, plan: Plan) -> None:
    sent = send(cast, write(cast, make_item(plan, cast)))
    accept(action_plan=sent, actor=cast.office, now=NOW)
    assert told(cast.reporter)[-1].endswith("办理方案已通过审核。")
    assert "办理方案1份待办" not in text_of(page_of(cast.reporter, DESK))
