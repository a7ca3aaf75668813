"""逾期 is one thing: on the page, in the ledger's filter, in the counts of the office."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from progress.matters.answers import close, return_to_unit
from progress.matters.instructions import reopen
from progress.models import Instruction, InstructionState, OrderState
from progress.models.orders import IN_OFFICE
from tasks.models import Plan, Task
from tests.cast import Cast, at
from tests.matters import TUESDAY, answered, make_instruction, sent_order
from tests.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

TODAY = date(2022, 8, 3)
DAYS = (date(2022, 8, 2), TODAY)
FIRST, AGAIN = (None, TUESDAY), (None, *DAYS)


def test_what_is_reopened_after_its_day_is_overdue_everywhere(cast: Cast, plan: Plan) -> None:
    matter = make_instruction(cast, plan, due_on=date(2022, 8, 2))
    done = close(
        matter=answered(cast, matter), actor=cast.office, now=TUESDAY, conclusion="示例：已办结。"
    )
    assert isinstance(done, Instruction)
    reopen(instruction=done, actor=cast.office, now=at("2022-08-03"), reason="示例：又有反映。")
    office = browser(cast.office)
    assert "· 逾期" in text_of(office.get(f"/2022/matters/{matter.pk}/"))
    assert matter.title in text_of(office.get("/2022/matters/?standing=overdue"))
    assert list(Instruction.objects.overdue(TODAY)) == [done]


def test_what_came_back_is_overdue_after_its_own_day(cast: Cast, plan: Plan) -> None:
    matter = make_instruction(cast, plan, due_on=date(2022, 8, 2))
    back: dict[str, Any] = {"reason": "示例：未附清单。", "due_on": date(2022, 8, 5)}
    return_to_unit(matter=answered(cast, matter), actor=cast.office, now=at("2022-08-03"), **back)
    office = browser(cast.office)
    assert "· 逾期" not in text_of(office.get(f"/2022/matters/{matter.pk}/"))
    assert matter.title not in text_of(office.get("/2022/matters/?standing=overdue"))
    assert list(Instruction.objects.overdue(date(2022, 8, 6))) == [matter]


@pytest.mark.parametrize("kind", ["instruction", "order"])
def test_a_row_and_its_table_say_the_same(cast: Cast, task: Task, kind: str) -> None:
    if kind == "instruction":
        row: Any = make_instruction(cast, task.plan)
        states: list[str] = list(InstructionState)
    else:
        row = sent_order(cast, task)
        states = [state for state in OrderState if state not in IN_OFFICE]
    rows = type(row).objects
    for state, first, again, due_on in product(states, FIRST, AGAIN, DAYS):
        rows.filter(pk=row.pk).update(
            state=state, first_answered_at=first, return_due_on=again, due_on=due_on
        )
        assert rows.get(pk=row.pk).is_overdue(TODAY) == rows.overdue(TODAY).exists()
