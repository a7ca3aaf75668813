"""从Excel填写: the imports of a plan. The pages themselves are `units.sheets.pages`."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from progress.periods.access import plan_or_404
from progress.workbook.kinds import import_of, imports_of
from units.http import Request
from units.sheets import pages
from units.sheets.running import Import


def _wanted(request: Request, slug: str, kind: str) -> Import:
    wanted = import_of(plan_or_404(request, slug), kind)
    if wanted is None:
        raise Http404
    return wanted


def _place(request: Request, slug: str) -> pages.Place:
    after = {"filing": reverse("progress:batch", args=[slug])}
    return pages.Place("progress", (slug,), tuple(imports_of(request.plan)), after)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, slug: str, kind: str) -> HttpResponse:
    return pages.sheet(request, _wanted(request, slug, kind), _place(request, slug))


@require_safe
def sheet_template(request: Request, slug: str, kind: str) -> HttpResponse:
    return pages.template(request, _wanted(request, slug, kind))


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_upload(request: Request, slug: str, kind: str, pk: int) -> HttpResponse:
    return pages.upload(request, _wanted(request, slug, kind), _place(request, slug), pk)


@require_safe
def sheet_errors(request: Request, slug: str, kind: str, pk: int) -> HttpResponse:
    return pages.errors(request, _wanted(request, slug, kind), pk)
