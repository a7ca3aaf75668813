"""`/` leads everyone to where they start, in the newest active plan."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reports.frame.context import current_plan
from reports.frame.nav import home_of
from units.http import Request


@require_safe
def home(request: Request) -> HttpResponse:
    """The actor's start page; a page that says so while there is no plan."""
    url = home_of(request.actor, current_plan(request, request.actor))
    return redirect(url) if url is not None else render(request, "reports/frame/no_plan.html")
