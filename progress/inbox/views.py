"""消息: what the machine told this person, newest first, and how they want to be told."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from progress.inbox import acts
from progress.inbox.forms import ChoiceForm, RuleForm
from progress.inbox.page import FILTERS, Key, entries_of, keys_of, lines_of
from progress.models import Reminder, TellingChoice
from progress.telling.choices import allowed
from progress.todo.people import Numbers
from units.face.act_forms import first_error
from units.http import Request

PER_PAGE = 50


@require_safe
def notices(request: Request) -> HttpResponse:
    """List them; `?show=` of one kind. What is opened counts as read."""
    wanted = request.GET.get("show", "")
    page = Paginator(keys_of(request.user, wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": entries_of(request.user, list(page.object_list)),
        "unread": Reminder.objects.in_bell_of(request.user).filter(read_at=None).count(),
        "show": wanted if wanted in FILTERS else "",
        "filters": list(FILTERS.items()),
        "todo": Numbers(request.today).sentence([request.actor.appointment]),
    }
    return render(request, "progress/inbox/notices.html", context)


@require_safe
def notice(request: Request, pk: int) -> HttpResponse:
    """Open what a line is about: it has been read, and so has all that was told with it."""
    row = Reminder.objects.in_bell_of(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    key = Key(row.pk, row.is_immediate, row.message_id, row.due_on, is_unread=True)
    acts.read(lines_of(request.user, key), now=request.now)
    return redirect(row.link or reverse("progress:notices"))


@require_POST
def read_all(request: Request) -> HttpResponse:
    """全部已读."""
    count = acts.read_all(actor=request.actor, now=request.now)
    messages.success(request, f"{count}条消息已标为已读。" if count else "没有未读消息。")
    return redirect("progress:notices")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: Request) -> HttpResponse:
    """我的提醒: one's own channels and time."""
    may, choice = allowed(), TellingChoice.objects.filter(user=request.user).first()
    given = request.POST if request.method == "POST" else None  # all unticked is an answer
    form = ChoiceForm(given, allowed=may, choice=choice)
    if request.method == "POST" and form.is_valid():
        acts.choose(
            actor=request.actor,
            now=request.now,
            digests_off=form.off("digests"),
            notices_off=form.off("notices"),
            digest_at=form.time,
        )
        messages.success(request, "消息设置已保存。")
        return redirect("progress:notice_settings")
    if form.errors:
        messages.error(request, first_error(form))
    context = {"form": form, "allowed": may}
    if request.actor.is_office:
        context["rule"] = RuleForm(None, allowed=may)
    status = 409 if form.errors else 200
    return render(request, "progress/inbox/settings.html", context, status=status)


@require_POST
def rule(request: Request) -> HttpResponse:
    """What everybody may choose: the office."""
    form = RuleForm(request.POST, allowed=allowed())
    if form.is_valid():
        always, times = form.cleaned_data["always"], form.cleaned_data["times"]
        acts.allow(actor=request.actor, now=request.now, always=always, times=times)
        messages.success(request, "可选范围已保存。")
    else:
        messages.error(request, first_error(form))
    return redirect("progress:notice_settings")
