"""The site's addresses and a few that fail, for the tests of the error pages."""

from typing import NoReturn

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from huangshi_tasks import urls

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@login_not_required
def crash(request: HttpRequest) -> NoReturn:
    raise RuntimeError("the reason in the log")


@login_not_required
def refuse(request: HttpRequest) -> NoReturn:
    raise PermissionDenied("本期已定稿，<b>不能</b>修改。")


@login_not_required
def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{sorted(request.POST)} {sorted(request.FILES)}")


urlpatterns = [
    *urls.urlpatterns,
    path("crash", crash),
    path("refuse", refuse),
    path("echo", echo),
]
