"""公示稿 of the ten projects: each 分项 in the city's grammar, and the sheet of the 保密审查."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.before_signing.shapes import Figures, ProjectFigures
from reports.bulletins.paper.annexes import ANNEX_STATED, stated_table
from reports.bulletins.paper.words import closed, paragraphs, printed_day
from reports.models import Bulletin
from reports.numbers.dated import marked
from reports.word.blocks import (
    Block,
    Form,
    Heading,
    Line,
    Paper,
    Paragraph,
    Sheet,
    Signature,
    Title,
)

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
REVIEW_SHEET = "政府信息公开（保密）审查表"
CHOICES = "□主动公开　　□依申请公开　　□不予公开"


def publication_blocks(bulletin: Bulletin, figures: Figures, office: str) -> Iterator[Block]:
    """The text to publish, what its figures rest on, then the sheet that is signed before it may
    be published.
    """
    yield Title(f"{bulletin.title}{'（示例）' if figures['is_sample'] else ''}")
    if bulletin.edition > 1:
        yield Paragraph(f"更正说明：{closed(bulletin.correction_reason)}")
    yield from paragraphs(bulletin.basis)
    yield from paragraphs(bulletin.remarks)
    for project in figures["projects"]:
        number = project["number"]
        numeral = NUMERALS[number - 1] if number <= len(NUMERALS) else str(number)
        yield Heading(f"{numeral}、{project['title']}")
        yield Paragraph(f"目标：{project['text']}")
        yield Paragraph(f"责任单位：{project['units']}。")
        for sentence in (progress_of(project), plan_of(project)):
            if sentence:
                yield Paragraph(sentence)
    yield from paragraphs(bulletin.requirements)
    yield Signature(office, printed_day(bulletin.issued_on))
    rests_on = stated_table(figures)
    if rests_on.rows:
        yield Sheet()
        yield Title(ANNEX_STATED, is_small=True)
        yield rests_on
    yield Sheet()
    yield Title(REVIEW_SHEET)
    yield Line([f"填表单位（盖章）：{office}", "填表日期：　　年　月　日"])
    yield _review_form(bulletin)


def progress_of(project: ProjectFigures) -> str:
    """1—7月份进展：…, the unit's words behind their mark where they are older; what was drafted
    before papers knew that stays as it was.
    """
    if "head" not in project:
        return project["sentence"]
    doubt = f"（{project['doubt']}）" if project.get("doubt") else ""
    digest = marked(project["digest"], project.get("old_words", ""))
    said = f"{project.get('figures', '')}{digest}"
    return f"{project['head']}{doubt}：{said}" if said else ""


def plan_of(project: ProjectFigures) -> str:
    """8月份计划：…, or 6月所报安排：…; without what is over."""
    if "plan_head" not in project:
        return project["plan_sentence"]
    step, old = project.get("next_step", ""), project.get("old_words", "")
    head = f"{old}安排" if old else project["plan_head"]
    return f"{head}：{step}" if step else ""


def _review_form(bulletin: Bulletin) -> Form:
    return Form(
        rows=(
            ("信息名称", bulletin.title),
            ("信息来源", "各责任单位审签报送，督查室审核定稿", "数据截至", _as_of(bulletin)),
            ("公开属性", CHOICES),
            ("公开方式", "□政府网站　　□政府公报　　□新闻媒体　　□其他："),
            ("公开时限", "自形成之日起20个工作日内", "公开栏目", "年度重点工作进展和完成情况"),
            ("起草人", "", "联系电话", ""),
            ("起草单位\n审查意见", "是否涉及国家秘密、工作秘密、个人隐私：\n□否　　□是（说明）："),
            ("保密审查\n机构意见", "\n　　　　　　　　签字：　　　　　　　年　月　日"),
            ("单位负责人\n意见", "\n　　　　　　　　签字：　　　　　　　年　月　日"),
            ("备注", ""),
        ),
        widths=(16, 34, 14, 26),
        heights=(12, 14, 12, 12, 14, 12, 26, 30, 30, 14),
    )


def _as_of(bulletin: Bulletin) -> str:
    return printed_day(bulletin.period.data_as_of)


def plain_text(paper: Paper) -> str:
    """The words of the paper up to the sheet, for a web page: a line for each paragraph."""
    lines: list[str] = []
    for block in _until_sheet(paper.blocks):
        if isinstance(block, Title | Heading | Paragraph):
            lines.append(block.text)
        elif isinstance(block, Signature):
            lines += [block.office, block.day]
    return "\n".join(lines) + "\n"


def _until_sheet(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Sheet):
            return
        yield block
