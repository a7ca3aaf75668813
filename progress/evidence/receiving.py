"""What pages with an upload have in common: the files of a form, and what is said about each."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string

from progress.evidence.forms import UploadForm
from progress.models import Evidence
from tasks.models import Plan
from units.errors import NotNow
from units.face.act_forms import first_error
from units.files.uploads import Checked, Unacceptable, check
from units.http import Request

UNSEEN = "{names}像素过多或无法读取，文件已保存，页面上不显示缩略图；需要显示的，请缩小后再传。"
WAITING = "病毒扫描暂不可用，文件已保存为待扫描，扫描通过后方可打开。"


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


def tell(request: Request, kept: Sequence[Evidence], refused: Sequence[str]) -> None:
    """Messages: what became of each file, by its name."""
    if kept:
        messages.success(request, f"已上传：{'、'.join(each.name for each in kept)}。")
    if unseen := [each.name for each in kept if is_image(each) and not each.preview]:
        messages.info(request, UNSEEN.format(names="、".join(unseen)))
    if any(each.is_waiting for each in kept):
        messages.warning(request, WAITING)
    for sentence in refused:
        messages.error(request, sentence)


def is_image(file: Evidence) -> bool:
    return file.content_type.startswith("image/")


def is_by_script(request: Request) -> bool:
    """Whether static/js/uploads.js sent it: one file a request, and the page stays as it is."""
    return request.headers.get("Accept") == "application/json"


def row_of(
    request: Request, plan: Plan, kept: Sequence[Evidence], refused: Sequence[str]
) -> HttpResponse:
    """The answer to the script: the row of the file, or why there is none."""
    if not kept:
        return JsonResponse({"problem": refused[0]}, status=409)
    context = {"file": kept[0], "plan": plan, "may_upload": True}
    return JsonResponse(
        {"row": render_to_string("progress/evidence/_file.html", context, request=request)}
    )
