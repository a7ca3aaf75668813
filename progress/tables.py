"""The tables of transitions of everything in `progress` that has a state."""

from __future__ import annotations

from progress import permissions as may
from progress.models import (
    Adjustment,
    Closure,
    ClosureState,
    DecisionState,
    Period,
    PeriodState,
    ProgressReport,
    ReportState,
    SiteVisit,
    SupportRequest,
    SupportState,
    VisitState,
)
from units.transitions import Table, Transition

DRAFT, SIGNING, REVIEWING = ReportState.DRAFT, ReportState.SIGNING, ReportState.REVIEWING
RETURNED, ACCEPTED = ReportState.RETURNED, ReportState.ACCEPTED


def _from(*states: str) -> frozenset[str]:
    return frozenset(str(state) for state in states)


REPORTS: Table[ProgressReport] = Table(
    ProgressReport,
    [
        Transition("submit", "送本单位审签", _from(DRAFT, RETURNED), SIGNING, may.can_write),
        Transition("withdraw", "撤回", _from(SIGNING), DRAFT, may.can_write),
        Transition("sign", "审签并报送督查室", _from(SIGNING), REVIEWING, may.can_sign),
        Transition(
            "sign_offline",
            "线下审签后报送",
            _from(SIGNING),
            REVIEWING,
            may.can_send_signed_sheet,
        ),
        Transition(
            "send_unsigned",
            "未经审签报送",
            _from(SIGNING),
            REVIEWING,
            may.can_send_unsigned,
        ),
        Transition("return_to_liaison", "退回联络员", _from(SIGNING), RETURNED, may.can_sign),
        Transition("accept", "通过", _from(REVIEWING), ACCEPTED, may.can_review),
        Transition("return_to_unit", "退回", _from(REVIEWING), RETURNED, may.can_review),
        Transition("correct", "更正", _from(ACCEPTED), DRAFT, may.can_correct),
        Transition("reopen", "开启补报", _from(DRAFT, RETURNED, ACCEPTED), DRAFT, may.can_reopen),
    ],
    related=("period__plan", "responsibility__task", "responsibility__unit"),
)

PERIODS: Table[Period] = Table(
    Period,
    [
        Transition(
            "finalize",
            "定稿",
            _from(PeriodState.COLLECTING),
            PeriodState.FINALIZED,
            may.can_finalize,
        ),
    ],
)

_ASKED, _IN_FORCE = DecisionState.REQUESTED, DecisionState.REGISTERED

ADJUSTMENTS: Table[Adjustment] = Table(
    Adjustment,
    [
        Transition("register", "登记批准", _from(_ASKED), _IN_FORCE, may.can_decide),
        Transition("decline", "登记未批准", _from(_ASKED), DecisionState.DECLINED, may.can_decide),
        Transition("revoke", "撤销", _from(_IN_FORCE), DecisionState.REVOKED, may.can_decide),
        Transition("end", "恢复办理", _from(_IN_FORCE), _IN_FORCE, may.can_decide),
    ],
    related=("task__plan",),
)

_CLAIMED, _CHECKED, _CLOSED = ClosureState.CLAIMED, ClosureState.CHECKED, ClosureState.CLOSED

CLOSURES: Table[Closure] = Table(
    Closure,
    [
        Transition("check", "核查", _from(_CLAIMED), _CHECKED, may.can_decide),
        Transition("close", "办结销号", _from(_CHECKED), _CLOSED, may.can_decide),
        Transition(
            "decline",
            "不予办结",
            _from(_CLAIMED, _CHECKED),
            ClosureState.DECLINED,
            may.can_decide,
        ),
        Transition("reopen", "重新办理", _from(_CLOSED), ClosureState.REOPENED, may.can_decide),
    ],
    related=("task__plan",),
)

_OPEN = _from(SupportState.ASKED)

SUPPORT_REQUESTS: Table[SupportRequest] = Table(
    SupportRequest,
    [
        Transition("answer", "答复", _OPEN, SupportState.ANSWERED, may.can_answer_support),
        Transition("take_back", "收回", _OPEN, SupportState.TAKEN_BACK, may.can_take_back),
    ],
    related=(
        "unit",
        "report__period",
        "report__responsibility__task",
        "report__responsibility__unit",
    ),
)

_PLANNED, _RECORDED, _MENDED = VisitState.PLANNED, VisitState.RECORDED, VisitState.MENDED

VISITS: Table[SiteVisit] = Table(
    SiteVisit,
    [
        Transition("record", "登记结果", _from(_PLANNED), _RECORDED, may.can_visit),
        Transition("mend", "登记整改", _from(_RECORDED), _MENDED, may.can_visit),
        Transition("close", "完成", _from(_RECORDED, _MENDED), VisitState.CLOSED, may.can_visit),
        Transition("drop", "取消核查", _from(_PLANNED), VisitState.DROPPED, may.can_visit),
    ],
    related=("task__plan",),
)
