"""What a signed paper may say, asked of the database by rules of its own: nothing here is taken
from what makes the papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

import docx

from progress.models import Period, ReportVersion, TaskPeriod
from reports.models import Bulletin

TOKEN = re.compile(r"(进展|原因|安排)R(\d+)V(\d+)")
DAY = re.compile(r"(\d+)月(\d+)日前")
CODE = re.compile(r"重点工作第(\d+)项")
DOUBT = "数据待核实"


def pieces_of(content: bytes) -> list[str]:
    """Paragraphs and table rows of a Word file, as text."""
    document = docx.Document(BytesIO(content))
    rows = [
        "\t".join(cell.text for cell in row.cells)
        for table in document.tables
        for row in table.rows
    ]
    return [*(paragraph.text for paragraph in document.paragraphs), *rows]


def faults_of(
    paper: Bulletin, content: bytes, *, waited: set[int], doubtful: set[int]
) -> list[str]:
    """Every sentence of a paper that is stale, contradicted or unreviewed without its mark."""
    pieces = pieces_of(content)
    assert paper.issued_on is not None
    return [
        *_words(paper, pieces, paper.issued_on),
        *_figures(paper, pieces),
        *_waiting(paper, pieces, waited),
        *_doubts(paper, pieces, doubtful),
        *_sums(pieces),
    ]


def _words(paper: Bulletin, pieces: list[str], day: date) -> Iterator[str]:
    for piece in pieces:
        for found in TOKEN.finditer(piece):
            what, report, number = found[1], int(found[2]), int(found[3])
            version = ReportVersion.objects.select_related("report__period").get(
                report=report, number=number
            )
            if version.decision != "accepted" or not _was_known(version, paper.figures_at):
                yield f"unreviewed: {piece}"
            of = version.report.period
            before = piece[: found.start()]
            if of.data_as_of < paper.period.data_as_of and f"{of.label}所报" not in before:
                yield f"stale words: {piece}"
            if what == "安排":
                clause = re.split("[，；。\t）]", before)[-1]
                for month, of_month in DAY.findall(clause):
                    if date(2022, int(month), int(of_month)) < day:
                        yield f"a plan that is over: {piece}"


def _was_known(version: ReportVersion, moment: datetime) -> bool:
    return version.decided_at is not None and version.decided_at <= moment


def _figures(paper: Bulletin, pieces: list[str]) -> Iterator[str]:
    """Whoever is named with a figure older than the paper has its date beside the name."""
    for piece in pieces:
        codes = set(CODE.findall(piece))
        if len(codes) != 1 or "已报送、审核中" in piece:
            continue
        newest = _newest_period(int(codes.pop()), paper)
        if newest is None or newest.data_as_of >= paper.period.data_as_of:
            continue
        as_of = f"截至{newest.data_as_of.month}月{newest.data_as_of.day}日"
        if as_of not in piece:
            yield f"stale figure: {piece}"


def _newest_period(number: int, paper: Bulletin) -> Period | None:
    """The period of the last accepted report of an item that the paper could know."""
    judged = TaskPeriod.objects.filter(
        task__number=number,
        task__kind="key_task",
        frozen_at__lte=paper.figures_at,
        period__data_as_of__lte=paper.period.data_as_of,
    ).order_by("period__data_as_of", "supplement")
    last = judged.select_related("version__report__period").last()
    return last.version.report.period if last is not None and last.version is not None else None


def _waiting(paper: Bulletin, pieces: list[str], waited: set[int]) -> Iterator[str]:
    """What the office had not read is in its own paragraph, and nowhere under 未达序时."""
    if paper.kind != "bulletin":
        return
    second = TaskPeriod.objects.filter(supplement__gt=0, frozen_at__lte=paper.figures_at)
    still = waited - set(second.filter(period=paper.period).values_list("task_id", flat=True))
    numbers = set(
        paper.plan.tasks.filter(pk__in=still, cycle=paper.period.cycle).values_list(
            "number", flat=True
        )
    )
    own = [piece for piece in pieces if piece.startswith("已报送、审核中")]
    listed = {int(code) for piece in own for code in CODE.findall(piece)}
    if listed != numbers:
        yield f"in review: {sorted(listed)}, not {sorted(numbers)}"
    for piece in pieces:
        if re.match(r"\d+\.", piece) and set(map(int, CODE.findall(piece))) & numbers:
            yield f"blamed for the office's delay: {piece}"


def _doubts(paper: Bulletin, pieces: list[str], doubtful: set[int]) -> Iterator[str]:
    for version in ReportVersion.objects.filter(pk__in=doubtful).select_related("report"):
        token = f"R{version.report_id}V{version.number}。"
        for piece in pieces:
            if token in piece and DOUBT not in piece:
                yield f"contradicted: {piece}"


def _sums(pieces: list[str]) -> Iterator[str]:
    for piece in pieces:
        if piece.startswith("截至") and "共" in piece:
            total, *parts = [int(found) for found in re.findall(r"(\d+)项", piece)]
            if sum(parts) != total:
                yield f"does not add up: {piece}"
