"""What pages with an upload have in common: the files of a form, and what is said about each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from progress.evidence.forms import UploadForm
from progress.evidence.uploads import attach_once
from progress.models import Evidence, EvidenceKind
from tasks.models import Plan
from units.errors import NotNow
from units.face.act_forms import first_error
from units.files.uploads import Checked, Unacceptable, check
from units.http import Request

UNSEEN = "{names}像素过多或无法读取，文件已保存，页面上不显示缩略图；需要显示的，请缩小后再传。"
BEFORE = "{names}已上传过，没有重复保存。"
WAITING = "病毒扫描暂不可用，文件已保存为待扫描，扫描通过后方可打开。"


@dataclass
class Taken:
    """What became of the files of a form; `before`: what had been kept already."""

    new: list[Evidence] = field(default_factory=list)
    before: list[Evidence] = field(default_factory=list)
    refused: Sequence[str] = ()


def checked_files(request: Request) -> tuple[list[Checked], list[str]]:
    """The files of the form that may be kept, and a sentence for each that may not.

    Raises `NotNow` when there is none at all.
    """
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        raise NotNow(first_error(form))
    checked: list[Checked] = []
    refused: list[str] = []
    for upload in form.cleaned_data["file"]:
        try:
            checked.append(check(upload, actor=request.actor, now=request.now, has_preview=True))
        except Unacceptable as problem:
            refused.append(f"{upload.name}：{problem}")
    return checked, refused


def one_checked_file(request: Request) -> Checked:
    """The one file of the form. Raises `NotNow` with why it may not be kept."""
    checked, refused = checked_files(request)
    if refused:
        raise NotNow(refused[0])
    return checked[0]


def take(
    request: Request,
    checked: Iterable[Checked],
    refused: Sequence[str],
    *,
    kind: Callable[[Checked], EvidenceKind] | EvidenceKind,
    **given: Any,
) -> Taken:
    """Keep the files of a form, each once; `given` goes to `attach_once`."""
    taken = Taken(refused=refused)
    for each in checked:
        which = kind if isinstance(kind, EvidenceKind) else kind(each)
        file, is_new = attach_once(
            checked=each, kind=which, actor=request.actor, now=request.now, **given
        )
        (taken.new if is_new else taken.before).append(file)
    return taken


def answer(request: Request, plan: Plan, taken: Taken, page: str, *of: Any) -> HttpResponse:
    """The row for the script; else the page, with what became of each file, by its name."""
    if is_by_script(request):
        return _row_of(request, plan, taken)
    _tell(request, taken)
    return redirect(page, *of)


def _tell(request: Request, taken: Taken) -> None:
    if taken.new:
        messages.success(request, f"已上传：{'、'.join(each.name for each in taken.new)}。")
    if taken.before:
        names = "、".join(each.name for each in taken.before)
        messages.info(request, BEFORE.format(names=names))
    if unseen := [each.name for each in taken.new if is_image(each) and not each.preview]:
        messages.info(request, UNSEEN.format(names="、".join(unseen)))
    if any(each.is_waiting for each in taken.new):
        messages.warning(request, WAITING)
    for sentence in taken.refused:
        messages.error(request, sentence)


def is_image(file: Evidence) -> bool:
    return file.content_type.startswith("image/")


def is_by_script(request: Request) -> bool:
    """Whether static/js/uploads.js sent it: one file a request, and the page stays as it is."""
    return request.headers.get("Accept") == "application/json"


def _row_of(request: Request, plan: Plan, taken: Taken) -> HttpResponse:
    """The answer to the script: the row of the file, or why there is none."""
    kept = [*taken.new, *taken.before]
    if not kept:
        return JsonResponse({"problem": taken.refused[0]}, status=409)
    context = {"file": kept[0], "plan": plan, "may_upload": True}
    said = {"again": BEFORE.format(names=kept[0].name)} if taken.before else {}
    row = render_to_string("progress/evidence/_file.html", context, request=request)
    return JsonResponse({"row": row, **said})
