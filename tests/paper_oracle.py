"""What a signed paper may say, asked of the database by rules of its own: nothing here is taken
from what makes the papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

import docx

from progress.models import ReportVersion, TaskPeriod
from reports.models import Bulletin

TOKEN = re.compile(r"(进展|原因|安排)R(\d+)V(\d+)")
DAY = re.compile(r"(\d+)月(\d+)日前")
CODE = re.compile(r"(重点工作|十件实事)第(\d+)[项件]")
KINDS = {"重点工作": "key_task", "十件实事": "practical_project"}
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
        *_projects(paper, pieces, doubtful),
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
        kind, number = codes.pop()
        known = _newest_known(kind, number, paper)
        if known is not None and (as_of := _older(known, paper)) and as_of not in piece:
            yield f"stale figure: {piece}"


def _newest_known(kind: str, number: str, paper: Bulletin) -> ReportVersion | None:
    """The last accepted report of an item that the paper could know."""
    judged = TaskPeriod.objects.filter(
        task__number=int(number),
        task__kind=KINDS[kind],
        frozen_at__lte=paper.figures_at,
        period__data_as_of__lte=paper.period.data_as_of,
    ).order_by("period__data_as_of", "supplement")
    last = judged.select_related("version__report__period").last()
    return last.version if last is not None else None


def _older(known: ReportVersion, paper: Bulletin) -> str:
    """截至6月30日 of a report that is older than the paper; else empty."""
    as_of = known.report.period.data_as_of
    return f"截至{as_of.month}月{as_of.day}日" if as_of < paper.period.data_as_of else ""


def _projects(paper: Bulletin, pieces: list[str], doubtful: set[int]) -> Iterator[str]:
    """公示稿: each promise has its clause, each figure is that of the last accepted report, with
    its day where that is older, and with the mark of doubt where it contradicts itself.
    """
    if paper.kind != "publication":
        return
    for task in paper.plan.tasks.filter(kind="practical_project").order_by("number"):
        place = next(i for i, piece in enumerate(pieces) if piece.endswith(task.short_title))
        own = [p for p in pieces[place : place + 5] if "进展" in p.split("：")[0]]
        known = _newest_known("十件实事", str(task.number), paper)
        if known is None:
            if any(re.search("已完[成工]", piece) for piece in own):
                yield f"a figure that nobody reported: {own}"
            continue
        said = own[0] if own else ""
        value = known.readings.get().value
        if value is None or not re.search(f"已完[成工]{value.normalize():f}公里", said):
            yield f"not the figure {value} of the last report: {said}"
        if (as_of := _older(known, paper)) and said.count(as_of) < 2:
            yield f"stale figure: {said}"
        if known.pk in doubtful and DOUBT not in said:
            yield f"contradicted: {said}"
        if not re.search(r"贯通全线，2个节点(已完成[12]个|均在推进)", said):
            yield f"a promise without its clause: {said}"


def _waiting(paper: Bulletin, pieces: list[str], waited: set[int]) -> Iterator[str]:
    """What the office had not read is in its own paragraph, and nowhere under 未达序时."""
    if paper.kind != "bulletin":
        return
    waiting = paper.plan.tasks.filter(pk__in=waited, cycle=paper.period.cycle)
    words = {kind: word for word, kind in KINDS.items()}
    codes = {(words[task.kind], str(task.number)) for task in waiting}
    own = [piece for piece in pieces if piece.startswith("已报送、审核中")]
    listed = {code for piece in own for code in CODE.findall(piece)}
    if listed != codes:
        yield f"in review: {sorted(listed)}, not {sorted(codes)}"
    for piece in pieces:
        if re.match(r"\d+\.", piece) and set(CODE.findall(piece)) & codes:
            yield f"blamed for the office's delay: {piece}"


def _doubts(paper: Bulletin, pieces: list[str], doubtful: set[int]) -> Iterator[str]:
    for version in ReportVersion.objects.filter(pk__in=doubtful).select_related("report"):
        token = f"R{version.report_id}V{version.number}。"
        plan = f"安排{token}"  # of what will be, in a paragraph of its own
        for piece in pieces:
            said = piece.replace(plan, "") if paper.kind == "publication" else piece
            if token in said and DOUBT not in piece:
                yield f"contradicted: {piece}"


def _sums(pieces: list[str]) -> Iterator[str]:
    for piece in pieces:
        if piece.startswith("截至") and "共" in piece:
            total, *parts = [int(found) for found in re.findall(r"(\d+)项", piece)]
            if sum(parts) != total:
                yield f"does not add up: {piece}"
