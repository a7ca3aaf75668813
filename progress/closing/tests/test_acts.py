from datetime import date

import pytest

from progress.closing.acts import (
    check_claim,
    claim_completion,
    close_task,
    decline_claim,
    reopen_task,
)
from progress.closing.workflow import CLOSURES
from progress.models import Closure, ClosureState
from tasks.models import Task
from tests.cast import Cast, at
from tests.decisions import approved, everybody
from units.errors import NotNow
from units.models import LogEntry

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


def claim(cast: Cast, task: Task) -> Closure:
    return claim_completion(task=task, statement="示例：全部完工。", actor=cast.signer, now=NOW)


def checked(cast: Cast, closure: Closure) -> Closure:
    return check_claim(
        closure=closure, check_kind="on_site", note="属实。", actor=cast.office, now=NOW
    )


def close(cast: Cast, closure: Closure, closed_on: date = date(2022, 8, 3)) -> Closure:
    return close_task(
        closure=closure,
        approval=approved(cast),
        outcome="done",
        closed_on=closed_on,
        actor=cast.office,
        now=NOW,
    )


def test_an_item_is_claimed_checked_and_closed_by_approval(cast: Cast, task: Task) -> None:
    closed = close(cast, checked(cast, claim(cast, task)))
    assert (closed.state, closed.outcome) == (ClosureState.CLOSED, "done")
    assert closed.approval is not None
    actions = LogEntry.objects.values_list("action", flat=True)
    assert list(actions) == ["closure.claim", "closure.check", "closure.close"]


def test_a_claim_is_not_closed_unchecked_nor_twice_nor_backwards(cast: Cast, task: Task) -> None:
    closure = claim(cast, task)
    with pytest.raises(NotNow):
        close(cast, closure)
    with pytest.raises(NotNow, match="已有办结申请"):
        claim(cast, task)
    with pytest.raises(NotNow, match="不能早于"):
        close(cast, checked(cast, closure), date(2022, 8, 2))


def test_a_declined_claim_can_be_made_again_and_a_closed_item_reopened(
    cast: Cast, task: Task
) -> None:
    declined = decline_claim(
        closure=claim(cast, task), reason="资料不全。", actor=cast.office, now=NOW
    )
    assert declined.check_note == "资料不全。"
    closed = close(cast, checked(cast, claim(cast, task)))
    with pytest.raises(NotNow, match="原因"):
        reopen_task(closure=closed, reason=" ", actor=cast.office, now=NOW)
    reopened = reopen_task(closure=closed, reason="复查不实。", actor=cast.office, now=NOW)
    assert reopened.state == ClosureState.REOPENED
    assert claim(cast, task).state == ClosureState.CLAIMED


# Every (state, transition): who may is always the office alone.
STATED_CLOSURES = {
    "check": {"claimed"},
    "close": {"checked"},
    "decline": {"claimed", "checked"},
    "reopen": {"closed"},
}


@pytest.mark.parametrize("state", ClosureState.values)
def test_the_table_of_closures_is_as_stated(cast: Cast, task: Task, state: str) -> None:
    closure = Closure(task=task, state=state)
    allowed = {name for name, sources in STATED_CLOSURES.items() if state in sources}
    for actor in everybody(cast):
        offered = {arrow.name for arrow in CLOSURES.available(closure, actor)}
        assert offered == (allowed if actor is cast.office else set())
