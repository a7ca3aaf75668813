"""表格: the page on which the columns of a notice's tables are mapped once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tasks.desk.access import draft_or_404, items_of
from tasks.desk.content import content_of
from tasks.desk.originals.acts import remember, say
from tasks.desk.originals.mapping import MappingPage
from tasks.desk.originals.page import CLEARED
from tasks.desk.permissions import can_correct
from tasks.models import NoticeDraft
from units.errors import NotNow
from units.http import Request
from units.permissions import require

NO_TABLE = "这份原件里没有表格，不用对应。"
SAID = "表格各列的对应"


@require_http_methods(["GET", "HEAD", "POST"])
def draft_columns(request: Request, draft: int) -> HttpResponse:
    """What the columns are; said once, all tables with the same head are read by it."""
    found = draft_or_404(request, draft)
    if found.sources.latest("id").is_cleared:
        raise NotNow(CLEARED)
    content = content_of(found)
    if request.method != "POST":
        page = MappingPage(content)
        if not page.shapes:
            raise NotNow(NO_TABLE)
        return render(request, "tasks/desk/originals/columns.html", {"draft": found, "page": page})
    require(can_correct(request.actor, found))
    page = MappingPage(content, {name: str(value) for name, value in request.POST.items()})
    if page.has_mistakes:
        context = {"draft": found, "page": page}
        return render(request, "tasks/desk/originals/columns.html", context, status=409)
    return _carry_out(request, found, page)


def _carry_out(request: Request, found: NoticeDraft, page: MappingPage) -> HttpResponse:
    actor, now = request.actor, request.now
    say(draft=found, changes=page.changes(), words=SAID, actor=actor, now=now)
    if request.POST.get("act") == "try":
        return redirect("tasks:draft_columns", found.pk)
    if "remember" in request.POST:
        for shape, fields, options in zip(page.shapes, page.fields, page.options, strict=True):
            remember(shape=shape, fields=fields, options=options, actor=actor, now=now)
        messages.success(request, "已记住这种表格，下次遇到相同的表头按此读取。")
    return redirect(items_of(found))
