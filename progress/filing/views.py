"""填报: the page of one report. Whoever may write and is in time gets the form, others read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from progress.checking.copies import with_copies
from progress.checking.look import Look, examine, files_of, look_after, look_at
from progress.contents.values import keys_of
from progress.contents.versions import returned_among, versions_of
from progress.filing import drafts, quoting
from progress.filing.drafts import Conflict, Saved
from progress.filing.form import DraftForm
from progress.filing.page import heading_of, page_of
from progress.filing.reading_page import reading_page
from progress.lifecycle import by_unit
from progress.lifecycle.permissions import can_write, window
from progress.models import ProgressReport
from progress.periods.access import report_or_404
from units.errors import NotNow
from units.http import Request
from units.permissions import require


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, slug: str, pk: int) -> HttpResponse:
    """GET shows, POST saves the draft."""
    found = report_or_404(request, slug, pk)
    if request.method == "POST":
        return _save(request, found)
    if found.is_editable and can_write(request.actor, found) and window(found, request.today):
        return _form(request, found)
    context = reading_page(found, request.actor, request.today)
    return render(request, "progress/filing/report_read.html", context)


@require_POST
def submit(request: Request, slug: str, pk: int) -> HttpResponse:
    """送本单位审签: save what was typed first, then send."""
    return _save(request, report_or_404(request, slug, pk), then_submit=True)


@require_POST
def quote(request: Request, slug: str, pk: int) -> HttpResponse:
    """引用 without a script: save what was typed first, then quote into the draft."""
    found = report_or_404(request, slug, pk)
    require(can_write(request.actor, found))
    if "base" in request.POST:
        saved = _saved(request, look_at(found, found.latest()))
        if isinstance(saved, HttpResponse):
            return saved
    source = request.POST.get("quote", "")
    quoting.quote(report=found, actor=request.actor, now=request.now, source=source)
    messages.success(request, "已引用到本期草稿，请核对修改。")
    return redirect("progress:report", slug, pk)


def _save(request: Request, found: ProgressReport, *, then_submit: bool = False) -> HttpResponse:
    require(can_write(request.actor, found))
    look = look_at(found, found.latest())
    saved = _saved(request, look)
    if isinstance(saved, HttpResponse):
        return saved
    if not then_submit:
        messages.success(request, "草稿已保存。")
        return redirect("progress:report", found.period.plan.slug, found.pk)
    return _send(request, look_after(look, saved.version) if saved.changed else look)


def _saved(request: Request, look: Look) -> Saved | HttpResponse:
    """Save what was posted; the form again where something of it could not be saved."""
    found = look.report
    form = DraftForm(request.POST, look=look, today=request.today)
    base = request.POST.get("base", "")
    try:
        saved = drafts.save_draft(
            report=found,
            actor=request.actor,
            now=request.now,
            values=form.values(),
            base=base,
            allowed=keys_of(look.rows),
            look=look,
        )
    except NotNow as problem:  # nothing was saved: everything stands as it was typed
        messages.error(request, str(problem))
        return _form(request, found, Typed(form, base))
    if form.errors or saved.conflicts:
        return _form(request, found, Typed(form, base, saved.conflicts, is_saved=True))
    return saved


def _send(request: Request, look: Look) -> HttpResponse:
    found = look.report
    try:
        by_unit.submit(report=found, actor=request.actor, now=request.now, look=look)
    except NotNow as problem:
        return _form(request, found, refusal=str(problem))
    messages.success(request, f"{found}已送本单位审签。")
    return redirect("reports:desk", found.period.plan.slug)


@dataclass(frozen=True)
class Typed:
    """A form that was posted and comes back. `is_saved`: all of it but mistakes and conflicts."""

    form: DraftForm
    base: str
    conflicts: Sequence[Conflict] = ()
    is_saved: bool = False

    def again(self, look: Look) -> tuple[DraftForm, str]:
        """The form to show, and what its hidden `base` remembers."""
        if not self.is_saved:
            return self.form, self.base
        unread = set(self.form.errors)
        keep = unread | {conflict.key for conflict in self.conflicts}
        return self.form.shown_again(look, keep), drafts.rebased(look.version, self.base, unread)


def _form(
    request: Request, found: ProgressReport, typed: Typed | None = None, refusal: str = ""
) -> HttpResponse:
    """The form, with what was typed and not saved, and the findings as they stand now."""
    versions = versions_of(found)
    latest = versions[0] if versions else None
    # what was sent is told its blanks too
    look = with_copies(examine(latest)) if refusal and latest else look_at(found, latest)
    if refusal and not look.objections:
        messages.error(request, refusal)
    form, base = DraftForm(look=look, today=request.today), drafts.fingerprint(look.version)
    if typed is not None:
        form, base = typed.again(look)
    form.add_explanations(look.findings)
    context = heading_of(found) | {
        "form": form,
        "look": look,
        "page": page_of(look, form, typed.conflicts if typed else ()),
        "base": base,
        "is_refused": bool(refusal),
        "returned": returned_among(versions),
        "versions": [each for each in versions if each.decision or each.submitted_at],
        "files": files_of(found, request.actor),
    }
    return render(
        request, "progress/filing/report.html", context, status=409 if typed or refusal else 200
    )
