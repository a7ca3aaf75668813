"""The sentences of papers: what is proposed for a draft, and what the figures say. Pure.

Editable texts are proposed without figures: those come from the queries and stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from huangshi_tasks.lib.text import day, full_width, long_day
from reports.before_signing.shapes import Figures
from reports.models import BulletinKind
from reports.word.blocks import Paragraph
from tasks import plan_names
from tasks.models import Plan

FOR_LEADERS = "市政府领导"
PROBLEM_BEHIND = (
    "部分事项未达序时进度，牵头单位对前期手续、要素保障和任务安排统筹不够，具体原因见第二部分"
)
PROBLEM_UNPUNCTUAL = "个别单位未按时报送进展情况，影响汇总和研判"
REQUIREMENTS = (
    "未达序时进度事项的牵头单位要逐项分析原因，倒排时间，明确责任人和完成时间，尽快赶上序时进度",
    "各牵头单位、责任单位要经负责人审签后按时报送进展情况，数据和材料须真实准确",
    "需市政府协调解决的问题，有关单位要主动对接，市政府督查室将跟踪督办",
)
SPECIAL_ADVICE = "建议对滞后事项由分管市领导调度，对需协调解决的问题明确牵头单位和解决时间。"
ORDERS = "一二三四五六七八九"


def subject_of(plan: Plan) -> str:
    """市政府重点工作和十件实事."""
    return full_width(plan_names.subject_of(plan))


def span_of(as_of: date) -> str:
    """2022年1—6月; in January 2022年1月."""
    months = "1月" if as_of.month == 1 else f"1—{as_of.month}月"
    return f"{as_of.year}年{months}"


def title_of(kind: str, plan: Plan, as_of: date) -> str:
    """The proposed title of a paper."""
    span, subject = span_of(as_of), subject_of(plan)
    titles: dict[str, str] = {
        BulletinKind.BULLETIN: f"关于{span}{subject}进展情况的通报",
        BulletinKind.SPECIAL: f"关于{span}{subject}未达序时进度事项和需协调问题的报告",
        BulletinKind.PUBLICATION: f"{span}十件实事进展情况公示",
    }
    return titles[kind]


def basis_of(kind: str, plan: Plan, as_of: date) -> str:
    """依据: the notice with its number, and what was done."""
    notice = f"《{full_width(plan.title)}》（{plan.document_number}）"
    span, subject = span_of(as_of), subject_of(plan)
    if kind == BulletinKind.PUBLICATION:
        return f"按照{notice}，现将{span}十件实事进展情况予以公示。"
    if kind == BulletinKind.SPECIAL:
        return f"按照{notice}，督查室汇总核对了{span}{subject}进展情况，有关事项报告如下。"
    return (
        f"根据{notice}和《政府督查工作条例》，督查室对{span}{subject}进展情况进行了汇总核对，"
        "现通报如下。"
    )


def problems_of(figures: Figures) -> str:
    """存在问题, proposed from what there is."""
    found = []
    if figures["behind"]:
        found.append(PROBLEM_BEHIND)
    if figures["unpunctual"]:
        found.append(PROBLEM_UNPUNCTUAL)
    return numbered(found)


def numbered(sentences: list[str] | tuple[str, ...]) -> str:
    """一是…。二是…。; one sentence stands alone."""
    if len(sentences) == 1:
        return f"{sentences[0]}。"
    return "".join(f"{ORDERS[place]}是{each}。" for place, each in enumerate(sentences))


def counts_sentence(figures: Figures, subject: str) -> str:
    """截至6月30日，市政府重点工作和十件实事共144项，已完成4项，…占86.1%."""
    as_of = date.fromisoformat(figures["as_of"])
    parts = "，".join(f"{word}{count}项" for _, word, count in figures["parts"])
    total = f"{subject}共{figures['total']}项"
    return f"截至{day(as_of)}，{total}，{parts}。达到序时进度及以上的占{figures['share']}。"


def unpunctual_sentence(figures: Figures) -> str:
    """未按时报送的单位：市发改委、…; that there are none is said too."""
    names = [each["unit_name"] for each in figures["unpunctual"]]
    if not names:
        return "各单位均按时报送进展情况。"
    return f"未按时报送的单位：{'、'.join(names)}。"


def printed_day(value: date | None) -> str:
    """2022年8月19日; before it is known a blank to write in."""
    return long_day(value) if value is not None else "　　年　月　日"


def paragraphs(text: str) -> Iterator[Paragraph]:
    """One for each line that is not empty."""
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(line.strip())


def listed_of(shown: int, total: int) -> str:
    """9项; 12项，列9项，其余见系统 where the page had no room for all."""
    return f"{total}项" if shown == total else f"{total}项，列{shown}项，其余见系统"


def closed(text: str) -> str:
    """`text` with one closing stop."""
    text = text.strip()
    return text if not text or text[-1] in "。；！？" else f"{text}。"
