"""The life of a token:

asked ──release▶ released ──collect▶ active ──revoke▶ revoked
  └──decline▶ declined   (revoke also from asked and released)
"""

from __future__ import annotations

from units.models import ApiToken, TokenState
from units.tokens import permissions as may
from units.transitions import Table, Transition, any_of

_ASKED, _RELEASED = any_of(TokenState.ASKED), any_of(TokenState.RELEASED)
_STANDING = any_of(TokenState.ASKED, TokenState.RELEASED, TokenState.ACTIVE)

TOKENS: Table[ApiToken] = Table(
    ApiToken,
    [
        Transition("release", "批准", _ASKED, TokenState.RELEASED, may.can_release),
        Transition("decline", "不批准", _ASKED, TokenState.DECLINED, may.can_release),
        Transition("collect", "领取", _RELEASED, TokenState.ACTIVE, may.can_collect),
        Transition("revoke", "吊销", _STANDING, TokenState.REVOKED, may.can_revoke),
    ],
)
