from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from progress.adjustments.acts import (
    decline_adjustment,
    register_adjustment,
    request_adjustment,
    revoke_adjustment,
)
from progress.adjustments.workflow import ADJUSTMENTS
from progress.closing.acts import claim_completion
from progress.models import Adjustment, DecisionState
from tasks.models import Task, TaskDeadline
from tests.cast import Cast, at
from tests.decisions import approved, everybody
from units.errors import NotNow, Refused
from units.models import Approval

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


def ask(cast: Cast, task: Task, kind: str, detail: dict[str, Any]) -> Adjustment:
    return request_adjustment(
        task=task,
        kind=kind,
        reason="示例：用地未批。",
        starts_on=date(2022, 8, 1),
        detail=detail,
        actor=cast.reporter,
        now=NOW,
    )


def register(cast: Cast, adjustment: Adjustment) -> Adjustment:
    return register_adjustment(
        adjustment=adjustment, approval=approved(cast), actor=cast.office, now=NOW
    )


def test_an_extension_moves_the_deadline_from_its_day_on(cast: Cast, task: Task) -> None:
    TaskDeadline.objects.create(task=task, due_on=date(2022, 9, 30), starts_on=date(2022, 1, 21))
    registered = register(cast, ask(cast, task, "extension", {"due_on": "2022-11-30"}))
    assert registered.state == DecisionState.REGISTERED
    rows = task.deadlines.order_by("starts_on").values_list("due_on", "starts_on", "ends_on")
    assert list(rows) == [
        (date(2022, 9, 30), date(2022, 1, 21), date(2022, 7, 31)),
        (date(2022, 11, 30), date(2022, 8, 1), None),
    ]
    assert task.deadlines.get(ends_on=None).approval == registered.approval


def test_a_target_is_followed_by_another_and_the_past_keeps_its_own(cast: Cast, task: Task) -> None:
    indicator = task.indicators.get()
    register(cast, ask(cast, task, "target", {"indicator": indicator.pk, "value": "280"}))
    before, after = indicator.target_on(date(2022, 7, 31)), indicator.target_on(date(2022, 8, 1))
    assert before is not None
    assert after is not None
    assert (before.value, after.value) == (Decimal(300), Decimal(280))


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("extension", {}),
        ("extension", {"due_on": "soon"}),
        ("target", {}),
        ("target", {"indicator": 0, "value": "1"}),
        ("target", {"indicator": "own", "value": "many"}),
        ("target", {"indicator": "own", "value": "NaN"}),
    ],
)
def test_a_decision_that_says_nothing_clear_changes_nothing(
    cast: Cast, task: Task, kind: str, detail: dict[str, Any]
) -> None:
    if detail.get("indicator") == "own":
        detail = {**detail, "indicator": task.indicators.get().pk}
    adjustment = ask(cast, task, kind, detail)
    with pytest.raises(NotNow):
        register(cast, adjustment)
    adjustment.refresh_from_db()
    assert adjustment.state == DecisionState.REQUESTED
    assert not Approval.objects.exists()
    assert task.indicators.get().targets.filter(ends_on=None).count() == 1


def test_requests_come_from_the_primary_and_decisions_from_the_office(
    cast: Cast, task: Task
) -> None:
    for actor in (cast.supporter, cast.stranger_reporter, cast.leader, cast.admin):
        with pytest.raises(Refused):
            request_adjustment(
                task=task,
                kind="suspension",
                reason="x",
                starts_on=date(2022, 8, 1),
                detail={},
                actor=actor,
                now=NOW,
            )
        with pytest.raises(Refused):
            claim_completion(task=task, statement="x", actor=actor, now=NOW)
    adjustment = ask(cast, task, "suspension", {})
    for actor in (cast.reporter, cast.signer, cast.leader, cast.auditor):
        assert ADJUSTMENTS.available(adjustment, actor) == []
        with pytest.raises(Refused):
            register_adjustment(
                adjustment=adjustment, approval=approved(cast), actor=actor, now=NOW
            )
    assert not Approval.objects.exists()


def test_a_declined_or_revoked_adjustment_is_over(cast: Cast, task: Task) -> None:
    declined = decline_adjustment(
        adjustment=ask(cast, task, "suspension", {}), reason="不同意。", actor=cast.office, now=NOW
    )
    assert declined.state == DecisionState.DECLINED
    with pytest.raises(NotNow):
        register(cast, declined)
    registered = register(cast, ask(cast, task, "suspension", {}))
    revoked = revoke_adjustment(
        adjustment=registered, reason="登记错误。", actor=cast.office, now=NOW
    )
    assert revoked.state == DecisionState.REVOKED


STATED_ADJUSTMENTS = {
    "register": {"requested"},
    "decline": {"requested"},
    "revoke": {"registered"},
    "end": {"registered"},
}


@pytest.mark.parametrize("state", DecisionState.values)
def test_the_table_of_adjustments_is_as_stated(cast: Cast, task: Task, state: str) -> None:
    adjustment = Adjustment(task=task, state=state)
    allowed = {name for name, sources in STATED_ADJUSTMENTS.items() if state in sources}
    for actor in everybody(cast):
        offered = {arrow.name for arrow in ADJUSTMENTS.available(adjustment, actor)}
        assert offered == (allowed if actor is cast.office else set())
