"""The tables of transitions of everything in `tasks` that has a state."""

from __future__ import annotations

from tasks import permissions as may
from tasks.models import ActionPlan, ActionPlanState, Naming, NamingState, Plan, PlanState
from units.transitions import Table, Transition, any_of

PLANS: Table[Plan] = Table(
    Plan,
    [
        Transition("activate", "启用", any_of(PlanState.DRAFT), PlanState.ACTIVE, may.can_run),
        Transition("archive", "归档", any_of(PlanState.ACTIVE), PlanState.ARCHIVED, may.can_run),
    ],
)

DRAFT, SIGNING = ActionPlanState.DRAFT, ActionPlanState.SIGNING
REVIEWING, RETURNED = ActionPlanState.REVIEWING, ActionPlanState.RETURNED
ACCEPTED = ActionPlanState.ACCEPTED

ACTION_PLANS: Table[ActionPlan] = Table(
    ActionPlan,
    [
        Transition(
            "submit", "送本单位审签", any_of(DRAFT, RETURNED), SIGNING, may.can_write_action_plan
        ),
        Transition("withdraw", "撤回", any_of(SIGNING), DRAFT, may.can_write_action_plan),
        Transition(
            "sign", "审签并报送督查室", any_of(SIGNING), REVIEWING, may.can_sign_action_plan
        ),
        Transition(
            "send_unsigned",
            "未经审签报送",
            any_of(SIGNING),
            REVIEWING,
            may.can_send_action_plan_unsigned,
        ),
        Transition(
            "return_to_liaison",
            "退回联络员",
            any_of(SIGNING),
            RETURNED,
            may.can_sign_action_plan,
        ),
        Transition("accept", "通过", any_of(REVIEWING), ACCEPTED, may.can_decide_action_plan),
        Transition(
            "return_to_unit", "退回", any_of(REVIEWING), RETURNED, may.can_decide_action_plan
        ),
        Transition("revise", "修订方案", any_of(ACCEPTED), DRAFT, may.can_write_action_plan),
    ],
    related=("task__plan",),
)

PROPOSED, CONFIRMED = NamingState.PROPOSED, NamingState.CONFIRMED
OBJECTED, DROPPED = NamingState.OBJECTED, NamingState.DROPPED

NAMINGS: Table[Naming] = Table(
    Naming,
    [
        Transition("confirm", "确认", any_of(PROPOSED), CONFIRMED, may.can_answer_naming),
        Transition("object", "提出异议", any_of(PROPOSED), OBJECTED, may.can_answer_naming),
        Transition("decide", "列入", any_of(PROPOSED, OBJECTED), CONFIRMED, may.can_name),
        Transition("drop", "不列入", any_of(PROPOSED, OBJECTED, CONFIRMED), DROPPED, may.can_name),
    ],
    related=("designation__task__plan", "unit"),
)
