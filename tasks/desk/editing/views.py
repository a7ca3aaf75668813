"""核对: the page of a draft, and what is pressed on it. Answers with the whole page, or to the
page's own script (`is_in_place`) with what changed of it.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from tasks.desk.acts import correct, undo
from tasks.desk.correcting import DeskItem
from tasks.desk.editing import names
from tasks.desk.editing.answers import AnswerForm, answer
from tasks.desk.editing.conflicts import conflict_of
from tasks.desk.editing.doubts_pane import NOTHING_REFUSED, Refused
from tasks.desk.editing.item_acts import REFRESH, SAVE, act_on
from tasks.desk.editing.item_form import ItemForm, place_words
from tasks.desk.editing.items_pane import Wanted, address_of, css_id
from tasks.desk.editing.page import Desk, group_names, options
from tasks.desk.editing.parts import changed_parts
from tasks.desk.editing.title_form import TitleForm
from tasks.desk.permissions import can_correct
from tasks.models import DraftState, NoticeDraft
from units.city.words import kind_choices
from units.errors import NotNow
from units.face.act_forms import first_error
from units.http import Request
from units.models import GroupMode
from units.people.acting import is_in_place
from units.permissions import require

SOLVED = "这一处已经处理过，页面已更新。"
GONE = "这一项已被拆分、合并或取出，您填写的内容没有保存，保留在下面，可以复制。"
NOT_SAVED = "没有保存，请修改标出的内容。"
JUST_TAKEN = "这个名称刚刚被登记，请核对后再办理。"


@require_safe
def items(request: Request, draft: int) -> HttpResponse:
    """Source and items side by side; `?item=` opens one."""
    desk = _desk(request, draft)
    each = desk.content.item(request.GET.get("item", ""))
    if not is_in_place(request):
        form = ItemForm(each=each, content=desk.content) if each is not None else None
        return _page(request, desk, form=form)
    if each is None:
        return JsonResponse({"problem": GONE.partition("，")[0] + "，请刷新页面。"}, status=409)
    if "close" in request.GET:
        html = render_to_string("tasks/desk/editing/_row.html", {"row": desk.face(each)})
        return JsonResponse({"html": html})
    return JsonResponse({"html": _editor(request, desk, ItemForm(each=each, content=desk.content))})


@require_POST
def answer_doubt(request: Request, draft: int) -> HttpResponse:
    """One answer, for all places of the doubt."""
    with transaction.atomic():
        before = _locked_desk(request, draft)
        key = request.POST.get("doubt", "")
        doubt = next((each for each in before.doubts if each.key == key), None)
        if doubt is None:
            return _refused(request, before, SOLVED)
        form = AnswerForm(request.POST, content=before.content, doubt=doubt)
        if not form.is_valid():
            before.refused = Refused(
                key, form.sent.dict(), {name: str(told[0]) for name, told in form.errors.items()}
            )
            return _refused(request, before, first_error(form))
        try:
            with transaction.atomic():
                act = answer(form=form, actor=request.actor, now=request.now)
        except IntegrityError:
            return _refused(request, before, JUST_TAKEN)
    return _done(request, before, f"{act.words}。")


@require_POST
def item(request: Request, draft: int) -> HttpResponse:
    """What was typed into the editor, and what was pressed in it."""
    act, sent = request.POST.get("act", SAVE), request.POST
    with transaction.atomic():
        before = _locked_desk(request, draft)
        each = before.content.item(sent.get("item", ""))
        if each is None:
            return _gone(request, before)
        if act == REFRESH and is_in_place(request):
            return _refreshed(request, before, each)
        if sent.get("stamp") != each.stamp:
            conflict = conflict_of(before, each, sent)
            form = ItemForm(conflict.merged, each=each, content=before.content)
            return _again(request, before, form, conflict=conflict)
        form = ItemForm(sent, each=each, content=before.content)
        if not form.is_valid():
            return _again(request, before, form, problem=NOT_SAVED)
        try:
            done = act_on(form=form, act=act, sent=sent, actor=request.actor, now=request.now)
        except NotNow as problem:
            return _again(request, before, form, problem=str(problem))
    said = f"{done.words}。" if done is not None else "没有改动。"
    if act == SAVE and is_in_place(request):
        return _typed_on(request, before, form, is_new=done is not None)
    return _done(request, before, said, anchor=css_id(each.key))


@require_POST
def title(request: Request, draft: int) -> HttpResponse:
    """改标题 of a 方面 or 小标题."""
    with transaction.atomic():
        before = _locked_desk(request, draft)
        form = TitleForm(request.POST, content=before.content)
        if not form.is_valid():
            before.refused = Refused(form.key, request.POST.dict(), {"title": first_error(form)})
            return _refused(request, before, first_error(form))
        act = correct(
            draft=before.content.draft,
            changes=[form.change],
            words=form.words,
            actor=request.actor,
            now=request.now,
        )
    return _done(request, before, f"{act.words}。")


@require_POST
def undo_step(request: Request, draft: int) -> HttpResponse:
    """撤销上一步: the one that was shown."""
    seen = request.POST.get("seen", "")
    with transaction.atomic():
        before = _locked_desk(request, draft)
        wanted = int(seen) if seen.isdecimal() else None
        try:
            undone = undo(
                draft=before.content.draft, actor=request.actor, now=request.now, seen=wanted
            )
        except NotNow as problem:
            return _refused(request, before, str(problem))
        names.take_back(undone, actor=request.actor, now=request.now)
    return _done(request, before, f"已撤销：{undone[0].words}。")


# --- the draft


def _desk(request: Request, pk: int) -> Desk:
    found = get_object_or_404(NoticeDraft.objects.visible_to(request.actor), pk=pk)
    if found.state == DraftState.DISCARDED and not found.sources.exclude(content=b"").exists():
        raise Http404  # cleared some time after it was given up
    return Desk.of(found, _wanted(request))


def _locked_desk(request: Request, pk: int) -> Desk:
    """What is pressed is judged by what stands, one press after the other."""
    drafts = NoticeDraft.objects.visible_to(request.actor).select_for_update()
    found = get_object_or_404(drafts, pk=pk)
    require(can_correct(request.actor, found))
    return Desk.of(found, _wanted(request))


def _wanted(request: Request) -> Wanted:
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:60] for name in ("show", "q")}
    return Wanted(asked["show"], asked["q"].strip())


# --- the answers


def _page(request: Request, desk: Desk, status: int = 200, **more: Any) -> HttpResponse:
    draft = desk.content.draft
    context = _around(request, desk) | {
        "desk": desk,
        "draft": draft,
        "form": None,
        "options": options(desk.content.directory),
    }
    if form := more.get("form"):
        face = desk.face(form.each)
        listed = {each.key for group in desk.groups for each in group.faces}
        context |= {"face": face, "is_listed": face.key in listed}
    return render(request, "tasks/desk/editing/items.html", context | more, status=status)


def _around(request: Request, desk: Desk) -> dict[str, Any]:
    return {
        "may_correct": bool(can_correct(request.actor, desk.content.draft)),
        "unit_kinds": kind_choices(),
        "group_modes": GroupMode.choices,
        "group_names": group_names(desk.content.directory),
    }


def _editor(request: Request, desk: Desk, form: ItemForm, **more: Any) -> str:
    context = _around(request, desk) | {
        "desk": desk, "draft": desk.content.draft, "form": form, "face": desk.face(form.each),
    }  # fmt: skip
    return render_to_string("tasks/desk/editing/_editor.html", context | more, request)


def _done(request: Request, before: Desk, said: str, anchor: str = "") -> HttpResponse:
    if not is_in_place(request):
        messages.success(request, said)
        here = address_of(before.content, before.wanted)
        return redirect(f"{here}#{anchor}" if anchor else here)
    after = Desk.of(before.content.draft, before.wanted)
    after.around = _around(request, after)
    return JsonResponse({"html": changed_parts(request, before, after), "said": said})


def _typed_on(request: Request, before: Desk, form: ItemForm, *, is_new: bool) -> HttpResponse:
    """A text was stored while its editor stays open: its new stamp, what it shows by now, and what
    of its other fields followed.
    """
    after = Desk.of(before.content.draft, before.wanted)
    after.around = _around(request, after)
    each = after.content.item(form.each.key) or form.each
    renewed = form.renewed(each)
    place = renewed["fields"].get("place", "")
    answer = {
        "html": changed_parts(request, before, after) if is_new else "",
        "stamp": each.stamp,
        "place": place_words(place, after.content),
        **renewed,
    }
    return JsonResponse(answer)


def _refreshed(request: Request, desk: Desk, each: DeskItem) -> JsonResponse:
    """The open editor after something else of the draft was said: what was typed stays, the rest is
    as it stands now. Nothing where the item is as the page shows it.
    """
    if request.POST.get("stamp") == each.stamp:
        return JsonResponse({"editor": ""})
    found = conflict_of(desk, each, request.POST)
    both = found if any(one.mine for one in found.differences) else None
    form = ItemForm(found.merged, each=each, content=desk.content)
    return JsonResponse({"editor": _editor(request, desk, form, conflict=both)})


def _refused(request: Request, before: Desk, problem: str) -> HttpResponse:
    if not is_in_place(request):
        messages.error(request, problem)
        return _page(request, before, status=409)
    shown = Desk(before.content, before.wanted, NOTHING_REFUSED)
    before.around = _around(request, before)
    html = changed_parts(request, shown, before)
    return JsonResponse({"problem": problem, "html": html}, status=409)


def _again(request: Request, before: Desk, form: ItemForm, **more: Any) -> HttpResponse:
    """The editor as it was typed, with what is wrong."""
    if not is_in_place(request):
        form.point_out()
        return _page(request, before, status=409, form=form, **more)
    errors = {name: list(told) for name, told in form.errors.items()}
    for row in (*form.rows, *form.parts):
        errors |= {f"{row.prefix}-{name}": list(told) for name, told in row.errors.items()}
    html = _editor(request, before, form, **more)
    is_conflict = "conflict" in more
    problem = more.get("problem", "")
    answer = {"editor": html, "errors": errors, "problem": problem, "conflict": is_conflict}
    return JsonResponse(answer, status=409)


def _gone(request: Request, before: Desk) -> HttpResponse:
    typed = request.POST.get("text", "")
    if is_in_place(request):
        return JsonResponse({"problem": GONE, "gone": True}, status=409)
    messages.error(request, GONE)
    return _page(request, before, status=409, lost_text=typed)
