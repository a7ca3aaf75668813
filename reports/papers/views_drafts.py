"""What is printed of a draft: 核对记录 as Word, 各单位应报 as Excel."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from progress.periods.beginning import Beginning
from progress.starting.page import page_of_start
from reports.excel.writing import write as write_workbook
from reports.papers.draft_proof import proof_paper
from reports.papers.owed_sheet import owed_sheet
from reports.word.writing import CONTENT_TYPE, write
from tasks.desk.access import draft_or_404
from tasks.desk.content import content_of
from tasks.desk.open_doubts import open_doubts
from tasks.desk.permissions import can_correct
from tasks.desk.proof import kept_proof, proof_of
from tasks.models import NoticeDraft
from units.errors import NotNow
from units.files.attachments import hand_out_made
from units.http import Request
from units.permissions import require

GIVEN_UP = "这份草稿已废弃，没有核对记录。"


@require_safe
def draft_proof(request: Request, draft: int) -> HttpResponse:
    """核对记录 of an open draft as it stands now, of a year as it stood at 启用."""
    found = draft_or_404(request, draft)
    proof = kept_proof(found)
    if proof is None:
        if not found.is_open:
            raise NotNow(GIVEN_UP)
        content = content_of(found)
        proof = proof_of(content, open_doubts(content))
    name = f"核对记录_{_name(found)}.docx"
    return hand_out_made(
        request,
        write(proof_paper(found, proof, request.today)),
        name,
        subject=found,
        summary=f"导出{name}",
        content_type=CONTENT_TYPE,
    )


@require_safe
def draft_owed(request: Request, draft: int) -> HttpResponse:
    """各单位应报, for the beginning that `?beginning=` names."""
    found = draft_or_404(request, draft)
    require(can_correct(request.actor, found))
    page = page_of_start(content_of(found), request.today)
    chosen = page.options.get(request.GET.get("beginning", ""), page.options[Beginning.SKIP])
    sheet = owed_sheet(found, chosen, request.today)
    content = write_workbook(sheet, author=request.actor.label, now=request.now)
    name = f"各单位应报_{_name(found)}.xlsx"
    return hand_out_made(
        request,
        content,
        name,
        subject=found,
        summary=f"导出{name}",
        rows=len(chosen.planned.units),
    )


def _name(draft: NoticeDraft) -> str:
    return f"{draft.year}年责任分解" if draft.year is not None else f"第{draft.pk}号草稿"
