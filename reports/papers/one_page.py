"""领导一页: the overview as one A4, for print and Word. The counts are those of the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from huangshi_tasks.lib.text import full_width, long_day, percent
from progress.states import Light
from reports.bulletins.paper.words import closed, listed_of, subject_of
from reports.ledger.coordination import problems_of
from reports.ledger.rows import LedgerRow, newest_date
from reports.projects.page import Project, projects_of
from reports.stats import lights, severity
from reports.stats.lights import Tally
from reports.word.blocks import Block, Column, Heading, Line, Paper, Paragraph, Table, Title
from reports.word.one_page import (
    HEADING,
    TABLE_SIZE,
    height_of_text,
    page_room,
    rows_in,
    table_height,
)
from tasks.models import Plan
from units.city.words import said, said_later

BEHIND = (
    Column("事项", 29),
    Column("牵头单位", 19),
    Column(said_later("分管市领导"), 22),
    Column("计划", 10, "center"),
    Column("实际", 15, "center"),
    Column("原因和下一步", 75),
)
PROBLEMS = (Column("事项", 36), Column("提出单位", 25), Column("需协调解决的问题", 109))
PROJECTS = (
    Column("十件实事", 52),
    Column("首位责任单位", 30),
    Column("完成率", 18, "center"),
    Column("分项开工率", 26, "center"),
    Column("分项完工率", 26, "center"),
    Column("状态", 18, "center"),
)
NO_DATA = "尚无定稿数据"
NOT_YET = "首期进展定稿后列出。"


def one_page(plan: Plan, rows: Sequence[LedgerRow], whose: str, today: date) -> Paper:
    """The paper over `rows`; `whose` names the portfolio, empty for the whole city."""
    blocks = list(_blocks(plan, rows, whose, today))
    return Paper(f"{plan.year}年领导一页", "督查室", today, blocks, is_dense=True)


def _blocks(plan: Plan, rows: Sequence[LedgerRow], whose: str, today: date) -> Iterator[Block]:
    as_of, tally = newest_date(rows), lights.tally(rows)
    sample = "（示例）" if plan.is_sample else ""
    title = Title(f"{plan.year}年{subject_of(plan)}进展情况{sample}", is_small=True)
    facts = Line(
        [
            f"范围：{whose or said('全市')}",
            f"数据截至：{long_day(as_of) if as_of is not None else NO_DATA}",
        ]
    )
    parts = "，".join(f"{part.word}{part.count}项" for part in tally.said)
    counts = Paragraph(f"共{tally.total}项，{parts}。{_share(tally)}")
    height = height_of_text(title) + height_of_text(facts) + height_of_text(counts)
    yield from (title, facts, counts)
    yield from _tables(rows, height)


def _share(tally: Tally) -> str:
    """Nothing before any 定稿: 0% would be a result."""
    return f"达到序时进度及以上的占{percent(tally.share_on_time)}。" if tally.has_data else ""


def _tables(rows: Sequence[LedgerRow], used: float) -> Iterator[Block]:
    """Projects first claim their room, then what is behind, then what needs coordination."""
    projects = [_project_row(each) for each in projects_of(rows).projects]
    behind = [_behind_row(row) for row in severity.behind(rows, everything=True).rows]
    problems = [_problem_row(each) for each in _problems(rows)]
    room = page_room() - used - 3 * HEADING
    room -= table_height(projects, PROJECTS) if projects else 0
    for_problems = min(table_height(problems, PROBLEMS), room / 3) if problems else 0
    fitting = rows_in(behind, BEHIND, room - for_problems)
    rest = room - (table_height(fitting, BEHIND) if fitting else HEADING)
    asked = rows_in(problems, PROBLEMS, rest)
    none = "没有。" if newest_date(rows) is not None else NOT_YET
    yield Heading(f"一、未达序时进度和未启动事项（{listed_of(len(fitting), len(behind))}）")
    yield Table(BEHIND, fitting, TABLE_SIZE) if fitting else Paragraph(none)
    yield Heading(f"二、{said('需市政府协调解决的问题')}（{listed_of(len(asked), len(problems))}）")
    yield Table(PROBLEMS, asked, TABLE_SIZE) if asked else Paragraph(none)
    if projects:
        yield Heading(f"三、十件实事（{len(projects)}件）")
        yield Table(PROJECTS, projects, TABLE_SIZE)


def _behind_row(row: LedgerRow) -> list[str]:
    frozen = row.frozen
    reason = frozen.unit_reason.strip() if frozen is not None else ""
    if reason and row.said_mark:
        reason = f"{row.said_mark}原因：{reason}"
    said = [closed(reason), closed(str(row.next_step))]
    done = frozen.percent if frozen is not None else None
    expected = frozen.expected if frozen is not None else None
    return [
        _dated(row),
        full_width(row.primary.name) if row.primary is not None else "",
        "、".join(post.title for post in row.posts),
        percent(expected) if done is not None and expected is not None else "—",
        percent(done) if done is not None else str(Light(row.light).label),
        "".join(said),
    ]


def _dated(row: LedgerRow) -> str:
    """The short title, with 截至6月30日 where its figures are older than the page."""
    mark = f"（{row.figures_mark}）" if row.figures_mark else ""
    return f"{full_width(row.task.short_title)}{mark}"


def _problems(rows: Sequence[LedgerRow]) -> list[tuple[str, str, str]]:
    return [(each.row.task.short_title, each.unit.name, each.text) for each in problems_of(rows)]


def _problem_row(problem: tuple[str, str, str]) -> list[str]:
    return [full_width(text.strip()) for text in problem]


def _project_row(project: Project) -> list[str]:
    row = project.row
    lines = [each.line for each in project.lines]
    done = row.frozen.percent if row.frozen is not None else None
    return [
        f"{row.task.number}.{_dated(row)}",
        full_width(row.primary.name) if row.primary is not None else "",
        percent(done) if done is not None else "—",
        _span([line.start_percent for line in lines]),
        _span([line.percent for line in lines]),
        str(Light(row.light).label),
    ]


def _span(values: Sequence[object]) -> str:
    """90%—100% over the 分项; a single one as it is."""
    known = sorted(value for value in values if value is not None)  # type: ignore[type-var]
    if not known:
        return "—"
    ends = [percent(str(known[0])), percent(str(known[-1]))]
    return ends[0] if ends[0] == ends[1] else "—".join(ends)
