"""从Excel填写: the imports of the administrator. The pages themselves are `units.sheets.pages`."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from units.http import Request
from units.imports.kinds import IMPORTS
from units.sheets import pages
from units.sheets.running import Import

PLACE = pages.Place("units", beside=tuple(IMPORTS.values()))


def _wanted(kind: str) -> Import:
    if kind not in IMPORTS:
        raise Http404
    return IMPORTS[kind]


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, kind: str) -> HttpResponse:
    return pages.sheet(request, _wanted(kind), PLACE)


@require_safe
def sheet_template(request: Request, kind: str) -> HttpResponse:
    return pages.template(request, _wanted(kind))


@sensitive_post_parameters("password")
@require_POST
def sheet_sealed(request: Request, kind: str) -> HttpResponse:
    return pages.sealed(request, _wanted(kind), PLACE)


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_upload(request: Request, kind: str, pk: int) -> HttpResponse:
    """The answer to writing new accounts carries their first passwords, once."""
    return pages.upload(request, _wanted(kind), PLACE, pk)


@require_safe
def sheet_errors(request: Request, kind: str, pk: int) -> HttpResponse:
    return pages.errors(request, _wanted(kind), pk)
