"""Every state × transition × role of 交办事项, what is asked on them, and 督办单."""

from __future__ import annotations

from typing import Any

import pytest

from progress.lifecycle.tests.test_workflow import EVERYBODY
from progress.matters.workflow import INSTRUCTIONS, ORDERS, REQUESTS
from progress.models import (
    Instruction,
    InstructionState,
    OrderState,
    RequestState,
    SupervisionOrder,
)
from tasks.models import Plan, Task
from tests.cast import Cast, at
from tests.matters import make_instruction, make_order, sent_order
from units.errors import NotNow, Refused
from units.models import LogEntry
from units.transitions import Table

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")
REPORTER, SIGNER, OFFICE = {"reporter"}, {"signer"}, {"office", "office_head"}
TO_ANSWER = {"registered", "answering", "returned"}
STATED_INSTRUCTIONS = {
    "receive": ({"registered"}, REPORTER | SIGNER),
    "submit": (TO_ANSWER, REPORTER),
    "withdraw": ({"signing"}, REPORTER),
    "sign_answer": ({"signing"}, SIGNER),
    "return_to_liaison": ({"signing"}, SIGNER),
    "send_unsigned": (TO_ANSWER | {"signing"}, REPORTER | OFFICE),
    "record_answer": (TO_ANSWER | {"signing"}, OFFICE),
    "return_to_unit": ({"answered"}, OFFICE),
    "close": ({"answered"}, OFFICE),
    "reopen": ({"closed"}, OFFICE),
    "revoke": (TO_ANSWER | {"signing"}, OFFICE),
}
OPEN = {"sent", "returned", "followed_up"}
STATED_ORDERS = {
    "sign": ({"draft"}, OFFICE),
    "send": ({"signed"}, OFFICE),
    "revoke": ({"draft", "signed"}, OFFICE),
    "submit": (OPEN, REPORTER),
    "withdraw": ({"signing"}, REPORTER),
    "sign_answer": ({"signing"}, SIGNER),
    "return_to_liaison": ({"signing"}, SIGNER),
    "send_unsigned": (OPEN | {"signing"}, REPORTER | OFFICE),
    "record_answer": (OPEN | {"signing"}, OFFICE),
    "return_to_unit": ({"answered"}, OFFICE),
    "follow_up": ({"answered"}, OFFICE),
    "close": ({"answered", "followed_up"}, OFFICE),
}
STATED_REQUESTS = {"grant": ({"requested"}, OFFICE), "decline": ({"requested"}, OFFICE)}
Stated = dict[str, tuple[set[str], set[str]]]


def check(cast: Cast, table: Table[Any], row: Any, state: str, stated: Stated) -> None:
    """What is stated is offered; what is not is refused with a sentence, and leaves no trace."""
    type(row).objects.filter(pk=row.pk).update(state=state)
    row.refresh_from_db()
    before = LogEntry.objects.count()
    for member in EVERYBODY:
        actor = getattr(cast, member)
        offered = {t.name for t in table.available(row, actor)}
        assert offered == {n for n, (s, who) in stated.items() if state in s and member in who}
        for name in set(stated) - offered:
            _, who = stated[name]
            with pytest.raises(NotNow if member in who else Refused, match=r"。$"):
                table.perform(name, row, actor=actor, now=NOW)
    row.refresh_from_db()
    assert row.state == state
    assert LogEntry.objects.count() == before


def test_the_tables_state_every_transition() -> None:
    assert set(INSTRUCTIONS.transitions) == set(STATED_INSTRUCTIONS)
    assert set(ORDERS.transitions) == set(STATED_ORDERS)
    assert set(REQUESTS.transitions) == set(STATED_REQUESTS)


@pytest.mark.parametrize("state", InstructionState.values)
def test_instructions(cast: Cast, plan: Plan, state: str) -> None:
    check(cast, INSTRUCTIONS, make_instruction(cast, plan), state, STATED_INSTRUCTIONS)


@pytest.mark.parametrize("state", OrderState.values)
def test_orders(cast: Cast, task: Task, state: str) -> None:
    early = state in {"draft", "revoked"}
    order = make_order(cast, task) if early else sent_order(cast, task)
    check(cast, ORDERS, order, state, STATED_ORDERS)


@pytest.mark.parametrize("state", RequestState.values)
def test_requests(cast: Cast, plan: Plan, state: str) -> None:
    instruction = make_instruction(cast, plan)
    request = instruction.requests.create(
        kind="objection",
        unit=cast.lead,
        reason="示例",
        requested_by=cast.reporter.user,
        requested_at=NOW,
    )
    check(cast, REQUESTS, request, state, STATED_REQUESTS)


def test_rows_are_seen_by_whom_they_concern(cast: Cast, plan: Plan, task: Task) -> None:
    normal = make_instruction(cast, plan)
    secret = make_instruction(cast, plan, visibility="restricted")
    seen: dict[str, set[int]] = {
        member: set(
            Instruction.objects.visible_to(getattr(cast, member)).values_list("pk", flat=True)
        )
        for member in EVERYBODY
    }
    both = {normal.pk, secret.pk}
    lead_and_office = {"reporter", "signer", "office", "office_head"}
    assert {m for m in EVERYBODY if seen[m] == both} == lead_and_office
    assert {m for m in EVERYBODY if seen[m] == {normal.pk}} == {"supporter"}
    secret.named_readers.add(cast.leader.user)
    assert list(Instruction.objects.visible_to(cast.leader)) == [secret]
    draft, sent = make_order(cast, task), sent_order(cast, task)
    orders = SupervisionOrder.objects
    assert set(orders.visible_to(cast.office)) == {draft, sent}
    assert set(orders.visible_to(cast.reporter)) == {sent}
    assert not orders.visible_to(cast.stranger_reporter).exists()
    assert not orders.visible_to(cast.observer).exists()
