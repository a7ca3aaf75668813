"""The life of a 办理方案: signed, accepted or returned by the office, revised later.

draft ──submit──▶ signing ──sign, send_unsigned──▶ reviewing ──accept──▶ accepted ──revise──▶ draft
  ▲ ◀──withdraw───┘ └─return_to_liaison─▶ returned ◀─return_to_unit─┘
"""

from __future__ import annotations

from tasks.action_plans import permissions as may
from tasks.models import ActionPlan, ActionPlanState
from units.transitions import Table, Transition, any_of

DRAFT, SIGNING = ActionPlanState.DRAFT, ActionPlanState.SIGNING
REVIEWING, RETURNED = ActionPlanState.REVIEWING, ActionPlanState.RETURNED
ACCEPTED = ActionPlanState.ACCEPTED

ACTION_PLANS: Table[ActionPlan] = Table(
    ActionPlan,
    [
        Transition("submit", "送本单位审签", any_of(DRAFT, RETURNED), SIGNING, may.can_write),
        Transition("withdraw", "撤回", any_of(SIGNING), DRAFT, may.can_write),
        Transition("sign", "审签并报送督查室", any_of(SIGNING), REVIEWING, may.can_sign),
        Transition(
            "send_unsigned",
            "未经审签报送",
            any_of(SIGNING),
            REVIEWING,
            may.can_send_unsigned,
        ),
        Transition(
            "return_to_liaison",
            "退回联络员",
            any_of(SIGNING),
            RETURNED,
            may.can_sign,
        ),
        Transition("accept", "通过", any_of(REVIEWING), ACCEPTED, may.can_decide),
        Transition("return_to_unit", "退回", any_of(REVIEWING), RETURNED, may.can_decide),
        Transition("revise", "修订方案", any_of(ACCEPTED), DRAFT, may.can_write),
    ],
    related=("task__plan",),
)
