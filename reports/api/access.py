"""Who asks, and what of it they may: a token (`units.tokens`), or the person of the session with
the rights of the pages.

What is under way (as opposed to finalized) needs a right of its own, which a token may lack.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request as ApiRequest

from units.actors import Actor
from units.http import Request
from units.log.origin import address_of
from units.models import Scope
from units.session.store import SessionStore
from units.stamps.current import current
from units.tokens.using import actor_of, use

FINALIZED, LIVE = str(Scope.READ_FINALIZED), str(Scope.READ_LIVE)
BEARER = "bearer"
NO_BUSINESS = "系统管理员和审计员不查看业务数据，接口也不提供。"
NOT_LIVE = "此项是进行中的数据，您的令牌只能读取已定稿的数据。"


class Grant(NamedTuple):
    """What the caller may ask for."""

    scopes: frozenset[str]
    is_token: bool


OF_A_PERSON = Grant(frozenset({FINALIZED, LIVE}), is_token=False)


def plain(request: ApiRequest) -> Request:
    """The request as pages know it."""
    return cast(Request, request._request)


class TokenCaller(BaseAuthentication):  # type: ignore[misc]  # rest_framework has no types
    """Another system, by `Authorization: Bearer …`; it has no session, and its actor no account."""

    def authenticate(self, request: ApiRequest) -> tuple[Any, Grant] | None:
        way, _, secret = request.headers.get("Authorization", "").partition(" ")
        if way.lower() != BEARER:
            return None
        of_page = plain(request)
        found = use(secret.strip(), address=address_of(of_page), path=of_page.path, now=of_page.now)
        if found.wait:
            raise Throttled(found.wait, found.problem)
        if found.token is None or found.problem:
            raise AuthenticationFailed(found.problem)
        of_page.actor = actor_of(found.token)
        # what is remembered and kept is so by the stamps that a session would bring
        cast(SessionStore, of_page.session).stamps = current()
        scopes = frozenset(found.token.scopes.split())
        return of_page.actor.user, Grant(scopes, is_token=True)

    def authenticate_header(self, request: ApiRequest) -> str:
        """With it a stranger is answered 401 and not 403."""
        return 'Bearer realm="api"'


class SessionCaller(BaseAuthentication):  # type: ignore[misc]  # rest_framework has no types
    """Whoever is logged in: the middleware has found the actor, and stopped who goes no further."""

    def authenticate(self, request: ApiRequest) -> tuple[Any, Grant] | None:
        actor: Actor | None = getattr(request._request, "actor", None)
        return None if actor is None else (actor.user, OF_A_PERSON)


class SeesBusiness(BasePermission):  # type: ignore[misc]  # rest_framework has no types
    """Office, units and readers; the rows are `visible_to`."""

    message = NO_BUSINESS

    def has_permission(self, request: ApiRequest, view: Any) -> bool:
        actor = plain(request).actor if request.auth is not None else None
        return actor is not None and not (actor.is_admin or actor.is_auditor)


class MayRead(BasePermission):  # type: ignore[misc]  # rest_framework has no types
    """The grant covers what is asked: finalized, or what is under way."""

    message = NOT_LIVE

    def has_permission(self, request: ApiRequest, view: Any) -> bool:
        if request.auth is None:
            return False
        wanted = LIVE if view.asks_for_live(request) else FINALIZED
        return wanted in request.auth.scopes


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its base is registered untyped
    """How the OpenAPI says it."""

    target_class = TokenCaller
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        words = "接口令牌，由督查室或单位负责人申请"
        return {"type": "http", "scheme": BEARER, "description": words}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its base is registered untyped
    """How the OpenAPI says it."""

    target_class = SessionCaller
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        words = "已登录的浏览器，看到的与页面一致"
        return {"type": "apiKey", "in": "cookie", "name": "session", "description": words}
