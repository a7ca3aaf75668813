"""名称和称谓: the administrator names the place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from units.city.acts import name_the_place, row
from units.city.forms import CityForm
from units.http import Request, posted
from units.permissions import can_administer, require


@require_http_methods(["GET", "HEAD", "POST"])
def city(request: Request) -> HttpResponse:
    """The form as it stands; what was typed comes back with what is wrong."""
    require(can_administer(request.actor))
    form = CityForm(posted(request), row=row())
    if request.method == "POST" and form.is_valid():
        made = name_the_place(actor=request.actor, now=request.now, **form.cleaned_data)
        messages.success(request, f"已保存：{made}。页面、短信和以后生成的文件按此显示。")
        return redirect("units:city")
    status = 409 if request.method == "POST" else 200
    return render(request, "units/city/city.html", {"form": form}, status=status)
