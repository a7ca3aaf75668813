"""The lives of 交办事项, of what units ask on them, and of 督办单.

交办事项: registered ──receive──▶ answering ──submit──▶ signing ──sign_answer──▶ answered ──close──▶
closed ──reopen──▶ answering; signing ──return_to_liaison──▶, answered ──return_to_unit──▶ returned,
which is submitted again; `send_unsigned` and `record_answer` lead to answered, `revoke` ends it.

督办单: draft ──sign──▶ signed ──send──▶ sent ──submit──▶ signing ──sign_answer──▶ answered
──close──▶ closed; answered ──follow_up──▶ followed up; returns as above; `revoke` ends it unsent.

What is asked: requested ──grant──▶ granted, ──decline──▶ declined.
"""

from __future__ import annotations

from progress.matters import permissions as may
from progress.models import (
    Instruction,
    InstructionRequest,
    InstructionState,
    OrderState,
    RequestState,
    SupervisionOrder,
)
from units.transitions import Table, Transition, any_of

_REGISTERED, _ANSWERING = InstructionState.REGISTERED, InstructionState.ANSWERING
_SIGNING, _RETURNED = InstructionState.SIGNING, InstructionState.RETURNED
_ANSWERED, _CLOSED = InstructionState.ANSWERED, InstructionState.CLOSED
_TO_ANSWER = any_of(_REGISTERED, _ANSWERING, _RETURNED)
_NOT_ANSWERED = _TO_ANSWER | any_of(_SIGNING)

INSTRUCTIONS: Table[Instruction] = Table(
    Instruction,
    [
        Transition("receive", "签收", any_of(_REGISTERED), _ANSWERING, may.can_receive),
        Transition("submit", "送本单位审签", _TO_ANSWER, _SIGNING, may.can_answer),
        Transition("withdraw", "撤回", any_of(_SIGNING), _ANSWERING, may.can_answer),
        Transition("sign_answer", "审签并答复", any_of(_SIGNING), _ANSWERED, may.can_sign_answer),
        Transition(
            "return_to_liaison", "退回联络员", any_of(_SIGNING), _RETURNED, may.can_sign_answer
        ),
        Transition(
            "send_unsigned",
            "未经审签答复",
            _NOT_ANSWERED,
            _ANSWERED,
            may.can_send_answer_unsigned,
        ),
        Transition("record_answer", "代录书面答复", _NOT_ANSWERED, _ANSWERED, may.can_handle),
        Transition("return_to_unit", "退回重办", any_of(_ANSWERED), _RETURNED, may.can_judge),
        Transition("close", "办结", any_of(_ANSWERED), _CLOSED, may.can_judge),
        Transition("reopen", "重新办理", any_of(_CLOSED), _ANSWERING, may.can_handle),
        Transition("revoke", "撤销", _NOT_ANSWERED, InstructionState.REVOKED, may.can_handle),
    ],
    related=("plan",),
)

_ASKED = RequestState.REQUESTED

REQUESTS: Table[InstructionRequest] = Table(
    InstructionRequest,
    [
        Transition("grant", "同意", any_of(_ASKED), RequestState.GRANTED, may.can_handle),
        Transition("decline", "不同意", any_of(_ASKED), RequestState.DECLINED, may.can_handle),
    ],
    related=("instruction__plan",),
)

_DRAFT, _SIGNED, _SENT = OrderState.DRAFT, OrderState.SIGNED, OrderState.SENT
_FOLLOWED, _BACK = OrderState.FOLLOWED_UP, OrderState.RETURNED
_ORDER_OPEN = any_of(_SENT, _BACK, _FOLLOWED)
_WAITING = OrderState.SIGNING
_ORDER_ANSWERED = OrderState.ANSWERED

ORDERS: Table[SupervisionOrder] = Table(
    SupervisionOrder,
    [
        Transition("sign", "登记签发", any_of(_DRAFT), _SIGNED, may.can_handle),
        Transition("send", "发出", any_of(_SIGNED), _SENT, may.can_handle),
        Transition("revoke", "作废", any_of(_DRAFT, _SIGNED), OrderState.REVOKED, may.can_handle),
        Transition("submit", "送本单位审签", _ORDER_OPEN, _WAITING, may.can_answer),
        Transition("withdraw", "撤回", any_of(_WAITING), _SENT, may.can_answer),
        Transition(
            "sign_answer", "审签并反馈", any_of(_WAITING), _ORDER_ANSWERED, may.can_sign_answer
        ),
        Transition("return_to_liaison", "退回联络员", any_of(_WAITING), _BACK, may.can_sign_answer),
        Transition(
            "send_unsigned",
            "未经审签反馈",
            _ORDER_OPEN | any_of(_WAITING),
            _ORDER_ANSWERED,
            may.can_send_answer_unsigned,
        ),
        Transition(
            "record_answer",
            "代录书面反馈",
            _ORDER_OPEN | any_of(_WAITING),
            _ORDER_ANSWERED,
            may.can_handle,
        ),
        Transition("return_to_unit", "退回重办", any_of(_ORDER_ANSWERED), _BACK, may.can_judge),
        Transition("follow_up", "跟踪督办", any_of(_ORDER_ANSWERED), _FOLLOWED, may.can_judge),
        Transition(
            "close", "办结", any_of(_ORDER_ANSWERED, _FOLLOWED), OrderState.CLOSED, may.can_judge
        ),
    ],
    related=("plan", "unit"),
)
