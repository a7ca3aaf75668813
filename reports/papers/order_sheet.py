"""督办单 as Word, one matter per sheet: the same words as the sheet that the page prints."""

from __future__ import annotations

from datetime import date

from huangshi_tasks.lib.text import full_width
from progress.models import SupervisionOrder
from reports.bulletins.paper.document import office_name
from reports.bulletins.paper.words import printed_day
from reports.word.blocks import Form, Masthead, Paper, Paragraph
from units.city.names import city


def order_paper(order: SupervisionOrder, day: date) -> Paper:
    """The sheet; what is not signed yet says so."""
    signed = order.approval
    masthead = Masthead(
        name=f"{city().organisation}督办单",
        issue=f"{order.code}　{order.get_colour_display()}".strip(),
        office=office_name(),
        day=printed_day(signed.decided_on) if signed is not None else "（未签发）",
        is_low=True,
    )
    phone = city().phone
    telephone = f"，联系电话{phone}" if phone else ""
    ask = f"请于反馈期限前将办理情况书面反馈{city().bureau}{telephone}。"
    return Paper(
        title=str(order),
        author=office_name(),
        day=signed.decided_on if signed is not None else day,
        blocks=[masthead, Paragraph("", is_flush=True), _form(order), Paragraph(ask)],
        is_dense=True,
    )


def _form(order: SupervisionOrder) -> Form:
    is_said = order.title.startswith("（示例）")
    sample = "（示例）" if order.plan.is_sample and not is_said else ""
    signed = order.approval
    said = f"{signed.decided_by}（{signed.authority}）" if signed is not None else ""
    return Form(
        rows=(
            ("承办单位", full_width(order.unit_name), "反馈期限", printed_day(order.due_on)),
            ("督办事项", f"{order.title}（{order.subject.code}）{sample}"),
            ("督办事由", full_width(order.text)),
            ("办理要求", full_width(order.requirement)),
            ("签发", said),
            ("办理情况", ""),
            ("承办单位\n负责人签字", "", "承办单位\n（盖章）", ""),
        ),
        widths=(26, 66, 26, 66),
        heights=(11, 11, 42, 42, 12, 58, 20),
        size=12,
    )
