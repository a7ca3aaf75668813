"""年度责任分解 and 原件: the list of years, a notice that comes in, and how it is read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tasks.desk.access import draft_or_404, items_of
from tasks.desk.acts import discard, supplement
from tasks.desk.content import content_of, opened
from tasks.desk.originals.acts import replace, say, take_in
from tasks.desk.originals.forms import ReadingForm
from tasks.desk.originals.page import CLEARED, NO_ITEMS, OriginalPage
from tasks.desk.originals.plans import drafts_of, to_carry_over, years_of
from tasks.desk.originals.receiving import TEXT, NotReadable, receive
from tasks.desk.permissions import can_correct
from tasks.models import NoticeDraft, NoticeSource, Plan, PlanState
from units.errors import NotNow
from units.files.attachments import hand_out, hand_out_made
from units.http import Request
from units.once.claims import once
from units.permissions import can_run_the_year, require

TWICE = "这份原件已经导入，没有重复导入。"
MEANWHILE = "打开本页以后，草稿有了新的更正或更换了原件。您填写的都在本页，请核对后再点一次。"
UNFINISHED = "还不能开始核对：请填写或确认标出的内容，已填写的都已保存。"


@require_safe
def plans(request: Request) -> HttpResponse:
    """All years, and the drafts on their way."""
    require(can_run_the_year(request.actor))
    context = {"years": years_of(request.actor), "drafts": drafts_of(request.actor)}
    return render(request, "tasks/desk/originals/plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_new(request: Request) -> HttpResponse:
    """A notice comes in: a file, or pasted text."""
    require(can_run_the_year(request.actor))
    if request.method != "POST":
        return _new(request)
    try:
        received = receive(request)
    except NotReadable as refusal:
        return _new(request, refusal)
    with once(request, TWICE) as claim:
        draft = take_in(received=received, actor=request.actor, now=request.now)
        claim.leads_to("tasks:draft", draft.pk)
    return redirect(claim.led_to)


def _new(request: Request, refusal: NotReadable | None = None) -> HttpResponse:
    years = years_of(request.actor)
    context = {"years": years, "to_carry": to_carry_over(years), **_as_sent(request, refusal)}
    return render(request, "tasks/desk/originals/new.html", context, status=409 if refusal else 200)


def _as_sent(request: Request, refusal: NotReadable | None) -> dict[str, object]:
    """What was pasted comes back; a refused file is named with its reason."""
    pasted = request.POST.get("text", "")
    way = TEXT if request.POST.get("way") == TEXT else "file"
    return {"refusal": refusal, "pasted": pasted, "way": way}


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, draft: int) -> HttpResponse:
    """One draft: its original, what was read of it; 换一个文件 and 重新读取 come here too."""
    found = draft_or_404(request, draft)
    if request.method != "POST":
        return _page(request, found)
    require(can_correct(request.actor, found))
    if request.POST.get("act") == "replace":
        return _replace(request, found)
    if request.POST.get("act") == "supplement":
        return _supplement(request, found)
    return _say(request, found)


def _replace(request: Request, found: NoticeDraft) -> HttpResponse:
    try:
        received = receive(request)
        replace(draft=found, received=received, actor=request.actor, now=request.now)
    except NotReadable as refusal:
        return _page(request, found, refusal=refusal)
    except NotNow as refusal:
        return _page(request, found, refusal=NotReadable(str(refusal)))
    messages.success(request, "已更换原件并重新读取。")
    return redirect("tasks:draft", found.pk)


def _supplement(request: Request, found: NoticeDraft) -> HttpResponse:
    """Of which running plan it is a supplement; of none."""
    slug = request.POST.get("plan", "")
    running = Plan.objects.visible_to(request.actor)
    plan = get_object_or_404(running, slug=slug) if slug else None
    supplement(draft=found, plan=plan, actor=request.actor, now=request.now)
    said = (
        f"作为{plan.year}年度的补充文件核对，核对后与现行事项对照并入。"
        if plan
        else "不再作为补充文件，核对后单独启用。"
    )
    messages.success(request, said)
    return redirect("tasks:draft", found.pk)


def _say(request: Request, found: NoticeDraft) -> HttpResponse:
    """重新读取 stays here, 开始核对 goes on where nothing is missing."""
    page = OriginalPage(content_of(found))
    form = ReadingForm(page.content, page.fields, request.POST)
    if not form.is_valid():
        return _page(request, found, form=form)
    if request.POST.get("seen") not in (None, page.stamp):
        return _page(request, found, form=form, problem=MEANWHILE)
    is_start = request.POST.get("act") == "start"
    made = form.changes(is_start=is_start)
    words = form.words(made)
    say(draft=found, changes=made, words=words, actor=request.actor, now=request.now)
    if not is_start:
        messages.success(request, "已重新读取。")
        return redirect("tasks:draft", found.pk)
    page = OriginalPage(content_of(found))
    if not page.is_ready:
        return _page(request, found, problem=UNFINISHED if page.has_items else NO_ITEMS)
    if page.unsaid_tables:
        return redirect("tasks:draft_columns", found.pk)
    return redirect(items_of(found))


def _page(
    request: Request,
    found: NoticeDraft,
    *,
    form: ReadingForm | None = None,
    refusal: NotReadable | None = None,
    problem: str = "",
) -> HttpResponse:
    context: dict[str, object] = {"draft": found}
    if not found.sources.latest("id").is_cleared:
        page = OriginalPage(content_of(found))
        shown = form or ReadingForm(page.content, page.fields)
        context |= {"page": page, "form": shown, "problem": problem, "running": _running(request)}
        context |= _as_sent(request, refusal)
    is_refused = form is not None or refusal is not None or problem != ""
    return render(
        request, "tasks/desk/originals/draft.html", context, status=409 if is_refused else 200
    )


def _running(request: Request) -> list[Plan]:
    """Plans that a supplement can be taken into."""
    return list(Plan.objects.visible_to(request.actor).filter(state=PlanState.ACTIVE))


@require_POST
def draft_discard(request: Request, draft: int) -> HttpResponse:
    """废弃草稿, behind its dialog."""
    found = draft_or_404(request, draft)
    discard(draft=found, actor=request.actor, now=request.now)
    messages.success(request, f"已废弃草稿“{found}”，原件保留30天。")
    return redirect("tasks:plans")


@require_safe
def draft_source(request: Request, source: int) -> HttpResponseBase:
    """An original, as it came; pasted text as a file of text. In the log."""
    drafts = NoticeDraft.objects.visible_to(request.actor)
    found = get_object_or_404(NoticeSource.objects.filter(draft__in=drafts), pk=source)
    if found.is_cleared:
        raise NotNow(CLEARED)
    if found.is_waiting:
        raise NotNow(f"{found.name}尚待病毒扫描，扫描通过后方可打开。")
    summary = f"下载{found.get_kind_display()}：{found.name}"
    if found.file:
        return hand_out(
            request,
            found.file,
            found.name,
            subject=found,
            summary=summary,
            content_type=found.content_type,
        )
    text = opened(bytes(found.content)).text
    return hand_out_made(
        request,
        text.encode(),
        f"{found.name}.txt",
        subject=found,
        summary=summary,
        action="noticesource.download",
        content_type="text/plain; charset=utf-8",
    )
