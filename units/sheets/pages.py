"""The pages of every import: download, upload and dry run, write. Each app's views lead here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from units.files.attachments import hand_out_made
from units.files.sealing import SHORTEST, sealed_file
from units.http import Request
from units.models import SheetUpload
from units.permissions import require
from units.sheets import keeping
from units.sheets.book import open_book
from units.sheets.marking import marked
from units.sheets.package import FILE_LIMIT, TOO_LARGE, Unreadable
from units.sheets.results import BAD, SAME, Result
from units.sheets.running import HoldsAccounts, HoldsTelephones, Import

NAME_LENGTH = 200
SHOWN_ABSENT = 20
SHOWN = 300  # rows and mistakes on the page; the error workbook has all


@dataclass(frozen=True)
class Place:
    """Where the pages of an import stand: `space` of the addresses, what leads every address, the
    imports that stand beside it, and by kind where one goes on once a file was written.
    """

    space: str
    lead: tuple[str, ...] = ()
    beside: tuple[Import, ...] = ()
    after: Mapping[str, str] = field(default_factory=dict)

    def url(self, name: str, kind: str, *more: object) -> str:
        return reverse(f"{self.space}:{name}", args=[*self.lead, kind, *more])


class SheetForm(forms.Form):
    """One workbook; what it is is judged in `units.sheets.package`."""

    file = forms.FileField(
        label="填好的Excel文件",
        max_length=400,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx"}),
        error_messages={
            "required": "请选择填好的Excel文件。",
            "invalid": "请选择填好的Excel文件。",
            "missing": "请选择填好的Excel文件。",
            "max_length": "文件名过长，请改短后上传。",
        },
    )


class SealForm(forms.Form):
    """With what a workbook of accounts is encrypted; kept nowhere."""

    password = forms.CharField(
        label="压缩包口令",
        min_length=SHORTEST,
        max_length=100,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={
            "required": "请输入压缩包的口令。",
            "min_length": f"口令至少{SHORTEST}个字符。",
            "max_length": "口令不超过100个字符。",
        },
    )


def sheet(request: Request, wanted: Import, place: Place) -> HttpResponse:
    """GET: what it is for, download, upload. POST: the dry run of an upload."""
    require(wanted.may(request.actor))
    if request.method != "POST":
        return _upload_page(request, wanted, place, SheetForm())
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, wanted, place, form, status=409)
    file = form.cleaned_data["file"]
    try:
        if file.size > FILE_LIMIT:
            raise Unreadable(TOO_LARGE)
        upload, _ = keeping.keep(
            wanted=wanted,
            content=file.read(),
            name=printable(file.name or ""),
            actor=request.actor,
            now=request.now,
        )
    except Unreadable as problem:
        form.add_error("file", str(problem))
        return _upload_page(request, wanted, place, form, status=409)
    return redirect(place.url("sheet_upload", wanted.kind, upload.pk))


def template(request: Request, wanted: Import) -> HttpResponse:
    """The workbook to fill; the download is in the log."""
    require(wanted.may(request.actor))
    make = wanted.template
    if isinstance(wanted, HoldsAccounts):
        make = wanted.blank
    elif isinstance(wanted, HoldsTelephones) and "telephones" not in request.GET:
        make = wanted.without_telephones
    name = f"{wanted.title}{request.today:%Y%m%d}.xlsx"
    return hand_out_made(
        request,
        make(request.actor, request.now),
        name,
        summary=f"下载{wanted.title}填写表",
        kind=wanted.kind,
    )


def sealed(request: Request, wanted: Import, place: Place) -> HttpResponse:
    """The workbook with its rows, in a zip under the password that was typed."""
    require(wanted.may(request.actor))
    if not isinstance(wanted, HoldsAccounts):
        raise Http404
    form = SealForm(request.POST)
    if not form.is_valid():
        return _upload_page(request, wanted, place, SheetForm(), seal=form, status=409)
    name = f"{wanted.title}{request.today:%Y%m%d}"
    content = wanted.template(request.actor, request.now)
    return hand_out_made(
        request,
        sealed_file(f"{name}.xlsx", content, form.cleaned_data["password"]),
        f"{name}.zip",
        summary=f"加密导出{wanted.title}",
        content_type="application/zip",
        kind=wanted.kind,
    )


def upload(request: Request, wanted: Import, place: Place, pk: int) -> HttpResponse:
    """GET: what the dry run or the writing found. POST: write."""
    require(wanted.may(request.actor))
    found = _upload_or_404(request, wanted, pk)
    if request.method != "POST":
        return _result_page(request, wanted, place, found)
    result, refusal = keeping.apply(
        wanted=wanted,
        upload=found,
        actor=request.actor,
        now=request.now,
        skips_bad="skips_bad" in request.POST,
    )
    found.refresh_from_db()
    if refusal:
        messages.error(request, refusal)
        return _result_page(request, wanted, place, found, status=409)
    messages.success(request, f"已写入。{result.sentence}")
    if result.once:  # first passwords: on this answer only, no redirect can carry them
        return _result_page(request, wanted, place, found, once=result.once)
    own_page = place.url("sheet_upload", wanted.kind, found.pk)
    return redirect(place.after.get(wanted.kind, own_page))


def errors(request: Request, wanted: Import, pk: int) -> HttpResponse:
    """The uploaded workbook with its bad cells marked and commented, and a list of them."""
    require(wanted.may(request.actor))
    found = _upload_or_404(request, wanted, pk)
    mistakes = Result.from_json(found.result).mistakes
    content = marked(open_book(keeping.content_of(found)), mistakes)
    name = f"有误标注_{found.name.removesuffix('.xlsx')}.xlsx"
    return hand_out_made(
        request, content, name, summary=f"下载{wanted.title}有误标注表", kind=wanted.kind
    )


def printable(name: str) -> str:
    """What the person called the file, without control characters."""
    kept = "".join(
        sign for sign in name.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable()
    )
    return kept.strip()[-NAME_LENGTH:] or "未命名.xlsx"


def _upload_or_404(request: Request, wanted: Import, pk: int) -> SheetUpload:
    own = SheetUpload.objects.visible_to(request.actor)
    return get_object_or_404(own.filter(kind=wanted.kind, scope=wanted.scope), pk=pk)


def _urls(place: Place, kind: str, pk: int | None = None) -> dict[str, str]:
    urls = {name: place.url(f"sheet{suffix}", kind) for name, suffix in _PAGES.items()}
    if pk is not None:
        urls |= {each: place.url(f"sheet_{each}", kind, pk) for each in ("upload", "errors")}
    return urls


_PAGES = {"page": "", "template": "_template"}


def _upload_page(
    request: Request,
    wanted: Import,
    place: Place,
    form: forms.Form,
    seal: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    own = SheetUpload.objects.visible_to(request.actor)
    recent = own.filter(kind=wanted.kind, scope=wanted.scope)[:5]
    context = {
        "wanted": wanted,
        "form": form,
        "seal": seal or SealForm() if isinstance(wanted, HoldsAccounts) else None,
        "has_telephones": isinstance(wanted, HoldsTelephones),
        "urls": _urls(place, wanted.kind),
        "tabs": [
            (each.title, place.url("sheet", each.kind), each.kind == wanted.kind)
            for each in place.beside
            if each.may(request.actor)
        ],
        "recent": [(each, place.url("sheet_upload", wanted.kind, each.pk)) for each in recent],
    }
    return render(request, "units/sheets/sheet.html", context, status=status)


def _result_page(
    request: Request,
    wanted: Import,
    place: Place,
    found: SheetUpload,
    status: int = 200,
    once: Any = (),
) -> HttpResponse:
    result = Result.from_json(found.result)
    rows = [each for each in result.outcomes if each.what not in (SAME, BAD)]
    context = {
        "wanted": wanted,
        "upload": found,
        "result": result,
        "rows": rows[:SHOWN],
        "more_rows": max(0, len(rows) - SHOWN),
        "mistakes": result.mistakes[:SHOWN],
        "more_mistakes": max(0, len(result.mistakes) - SHOWN),
        "absent": result.absent[:SHOWN_ABSENT],
        "more_absent": max(0, len(result.absent) - SHOWN_ABSENT),
        "urls": _urls(place, wanted.kind, found.pk),
        "once": once,
    }
    return render(request, "units/sheets/sheet_upload.html", context, status=status)
