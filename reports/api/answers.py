"""How every address of the door answers: who may, 304 where nothing was written, one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from math import ceil
from typing import Any, ClassVar, NamedTuple, TypeVar
from urllib.parse import urlencode
from zlib import crc32

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import (
    APIException,
    AuthenticationFailed,
    NotAuthenticated,
    NotFound,
    PermissionDenied,
    ValidationError,
)
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from reports.api import shapes
from reports.api.access import MayRead, SeesBusiness, plain
from reports.api.parameters import MOST_ROWS, PAGING, ROWS
from reports.api.schema import Described
from units.errors import NotNow, Refused
from units.http import Request
from units.pages.kept import kept_value
from units.session.person import stamps_of
from units.stamps.shown import FINALIZED, TOPICS

T = TypeVar("T")
LONGEST_NUMBER = 6
PAGE_NAMES = ("page", "page_size")
SHAPE = crc32(msgspec.json.encode(shapes.components()))  # other code may answer otherwise
UNKNOWN = "没有名为“{names}”的参数，请查看接口说明。"
STRANGER = "请先登录，或带上令牌。"
NOTHING = "没有这一项，或不在您的查看范围内。"
NO_PAGE = "没有这一页，共{pages}页。"
NOT_A_NUMBER = "{name}应为1至{most}的整数。"


class Paged(NamedTuple):
    """The rows of one page, and the fields of `shapes.Page`."""

    rows: Sequence[Any]
    fields: dict[str, Any]


class ReadView(APIView):  # type: ignore[misc]  # rest_framework has no types
    """An address that only reads. `topics`: what its answer shows, as of pages."""

    schema = Described()
    permission_classes = (SeesBusiness, MayRead)
    parameters: Callable[[], list[OpenApiParameter]] = staticmethod(lambda: PAGING)
    topics: ClassVar[tuple[str, ...]] = (FINALIZED,)
    # parameters that it takes beside those of paging, and those that ask for what is under way
    takes: ClassVar[frozenset[str]] = frozenset()
    live: ClassVar[frozenset[str]] = frozenset()
    is_live = False  # whatever is asked

    def asks_for_live(self, request: ApiRequest) -> bool:
        return self.is_live or any(request.GET.get(name) for name in self.live)

    def answered(
        self, request: ApiRequest, make: Callable[[Request], shapes.Shape]
    ) -> HttpResponse:
        """304 for who has it already; else as made once for whoever sees the same."""
        of_page = plain(request)
        refuse_unknown(of_page, self.takes)
        topics = TOPICS if self.asks_for_live(request) else self.topics
        tag = _tag(of_page, topics)
        if tag is not None and tag in parse_etags(request.headers.get("If-None-Match", "")):
            return HttpResponse(status=304, headers={"ETag": tag})
        body = kept_value(of_page, topics, lambda: shapes.to_json(make(of_page)))
        # of before: what was written meanwhile may be in the body, and makes the next tag another
        headers = {"ETag": tag} if tag is not None else {}
        return HttpResponse(body, content_type="application/json", headers=headers)


def _tag(request: Request, topics: tuple[str, ...]) -> str | None:
    """Equal tags, equal answers; weak, as it leaves compressed or not."""
    stamps = stamps_of(request)
    if stamps is None:
        return None
    held = request.actor
    named = held.user.pk if held.is_reader else None  # who is named for one item
    what = (SHAPE, request.get_full_path(), held.scope, named, request.today, stamps.of(topics))
    return f'W/"{blake2b(repr(what).encode(), digest_size=16).hexdigest()}"'


def refuse_unknown(request: HttpRequest, takes: Iterable[str]) -> None:
    """A misspelt filter would give out everything: it is said to be wrong."""
    unknown = sorted(set(request.GET) - {*takes, *PAGE_NAMES})
    if unknown:
        raise ValidationError(UNKNOWN.format(names="、".join(unknown)[:100]))


def paged(request: HttpRequest, rows: Sequence[T]) -> Paged:
    """The page that the address asks for. Raises for one that there is not."""
    size = _number(request.GET, "page_size", ROWS, MOST_ROWS)
    page = _number(request.GET, "page", 1, 10**LONGEST_NUMBER - 1)
    pages = max(1, ceil(len(rows) / size))
    if page > pages:
        raise NotFound(NO_PAGE.format(pages=pages))
    following = _address(request, page + 1) if page < pages else None
    fields = {"count": len(rows), "page": page, "pages": pages, "next": following}
    return Paged(rows[(page - 1) * size : page * size], fields)


def _address(request: HttpRequest, page: int) -> str:
    asked = {name: request.GET[name] for name in request.GET} | {"page": str(page)}
    return f"{settings.SITE_URL}{request.path}?{urlencode(asked)}"


def _number(given: Mapping[str, str], name: str, default: int, most: int) -> int:
    typed = given.get(name, "")
    if not typed:
        return default
    is_whole = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER
    if not is_whole or not 1 <= int(typed) <= most:
        raise ValidationError(NOT_A_NUMBER.format(name=name, most=most))
    return int(typed)


def problem(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """One sentence, whatever went wrong; refusals of persons are in the log as those of pages."""
    if isinstance(error, Refused):
        error = PermissionDenied(str(error))
    elif isinstance(error, NotAuthenticated):
        error.detail = STRANGER
    elif isinstance(error, NotNow):
        error = ValidationError(str(error))
    response: Response | None = exception_handler(error, context)
    if response is None:
        return None
    said = _sentence(error.detail) if isinstance(error, APIException) else NOTHING
    response.data = {"detail": said}
    asked_by = None if isinstance(error, AuthenticationFailed) else context["request"].auth
    is_person = asked_by is not None and not asked_by.is_token  # tokens are counted by their use
    if is_person and response.status_code in (403, 404):
        context["request"]._request.refusal = response.data["detail"]
    return response


def _sentence(detail: Any) -> str:
    if isinstance(detail, dict):
        return "".join(_sentence(each) for each in detail.values())
    if isinstance(detail, list):
        return "".join(_sentence(each) for each in detail)
    return str(detail)
