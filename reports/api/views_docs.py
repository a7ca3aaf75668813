"""The description of the door: the OpenAPI, and a page that shows it, from our own server."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularJSONAPIView

from reports.api.access import plain
from units.http import Request


@require_safe
def docs(request: Request) -> HttpResponse:
    """接口说明, tried out with the rights of whoever reads it."""
    return render(request, "reports/api/docs.html")


class SchemaView(SpectacularJSONAPIView):
    """For everybody who may come in at all: it shows no data."""

    def check_permissions(self, request) -> None:  # type: ignore[no-untyped-def]
        if plain(request).actor is None:
            self.permission_denied(request)
