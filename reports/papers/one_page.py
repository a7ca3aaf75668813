"""领导一页: what a leader has to know, on one A4 across, for print and Word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from huangshi_tasks.lib.text import day as short_day
from huangshi_tasks.lib.text import full_width, percent, signed_points
from progress.states import Light
from reports.bulletins.paper.words import closed, subject_of
from reports.ledger.coordination import Problem, problems_of
from reports.ledger.rows import LedgerRow, newest_date
from reports.stats import lights, severity
from reports.stats.lights import Tally
from reports.stats.moves import moves
from reports.word.blocks import Block, Column, Heading, Line, Paper, Paragraph, Table, Title
from reports.word.geometry import ACROSS
from reports.word.one_page import HEADING, TABLE_SIZE, height_of_text, page_room, rows_in
from tasks.models import Plan
from units.city.words import said

WIDTHS = (18, 40, 30, 22, 19, 19, 16, 56, 60)
TITLES = ("编号", "事项", "牵头单位", "状态", "计划", "实际", "差（点）", "原因", "下一步及时间")
CENTERED = frozenset({"编号", "状态", "计划", "实际", "差（点）"})
SHAPES = {Light.LATE: "◆", Light.SLOW: "▲", Light.NOT_STARTED: "○"}
FOOT = (
    "差＝实际完成率－计划进度；“折算”为没有计划值时按时间折算；"
    "定性和长期坚持的事项没有百分比，以文字评定。"
)
NO_DATA = "尚无定稿数据"
NOT_YET = "首期进展定稿后列出。"
ASKED_SHOWN = 3  # problems in full; more would push the table off the page


class Matters(NamedTuple):
    """交办事项 of the post, or of all: with a unit, and of them past their day."""

    open: int
    overdue: int


@dataclass(frozen=True)
class Asked:
    """What the page is about: `whose` portfolio, empty for the whole city, whose items are
    `everything`; `month` is that of the 定稿.
    """

    plan: Plan
    rows: Sequence[LedgerRow]
    everything: Sequence[LedgerRow]
    whose: str
    matters: Matters
    today: date

    @property
    def as_of(self) -> date | None:
        return newest_date(self.rows)

    @property
    def month(self) -> str:
        """2022年6月; only the year before the first 定稿."""
        as_of = self.as_of
        return f"{self.plan.year}年" + (f"{as_of.month}月" if as_of is not None else "")

    @property
    def name(self) -> str:
        """Of the file: 分管城建副市长_2022年6月_领导一页."""
        return f"{self.whose.replace('（示例）', '') or said('全市')}_{self.month}_领导一页"


def one_page(asked: Asked) -> Paper:
    return Paper(asked.name, "督查室", asked.today, list(_blocks(asked)), is_wide=True)


def _blocks(asked: Asked) -> Iterator[Block]:
    head = [*_head(asked)]
    foot = [*_asked_for(asked), Paragraph(_matters(asked)), *_projects(asked)]
    note = Paragraph(FOOT)
    used = sum(height_of_text(block, ACROSS) for block in [*head, *foot, note]) + HEADING
    behind = severity.behind(asked.rows, everything=True).rows
    month = f"{asked.as_of.month}月" if asked.as_of is not None else ""
    columns = _columns(month)
    cells = [_row(row) for row in behind]
    fitting = rows_in(cells, columns, page_room(ACROSS) - used, TABLE_SIZE, ACROSS)
    yield from head
    yield Heading(f"一、未达序时进度和未启动的{len(behind)}项{_listed(behind, len(fitting))}")
    if fitting:
        yield Table(columns, fitting, TABLE_SIZE)
    else:
        yield Paragraph("没有。" if asked.as_of is not None else NOT_YET)
    yield from foot
    yield note


def _head(asked: Asked) -> Iterator[Block]:
    plan, as_of = asked.plan, asked.as_of
    sample = "（示例）" if plan.is_sample else ""
    until = f"数据截至{short_day(as_of)}（{as_of.month}月定稿）" if as_of is not None else NO_DATA
    yield Title(f"{subject_of(plan)}推进情况（领导一页）{sample}", is_small=True)
    facts = f"{asked.whose or said('全市')} · {asked.month}"
    yield Line([facts, f"{until}　{short_day(asked.today)}打印"])
    yield Paragraph(_counts(asked))


def _counts(asked: Asked) -> str:
    """本人分管61项：…；达到序时进度及以上的占72.1%（全市77.8%）。与上期比：…"""
    tally = lights.tally(asked.rows)
    parts = "，".join(f"{part.word}{part.count}项" for part in tally.said)
    first = f"分管{tally.total}项" if asked.whose else said("全市") + f"{tally.total}项"
    changed = "，".join(f"{each.word}{each.count}项" for each in moves(asked.rows))
    return "".join(
        [
            f"{first}：{parts}",
            _share(tally, lights.tally(asked.everything) if asked.whose else None),
            f"与上期比：{changed}。" if changed else "",
        ]
    )


def _share(tally: Tally, whole: Tally | None) -> str:
    """Nothing before any 定稿: 0% would be a result."""
    if not tally.has_data:
        return "。"
    beside = said("（全市") + f"{percent(whole.share_on_time)}）" if whole is not None else ""
    return f"；达到序时进度及以上的占{percent(tally.share_on_time)}{beside}。"


def _columns(month: str) -> tuple[Column, ...]:
    titles = [f"原因（{month}所报）" if each == "原因" and month else each for each in TITLES]
    return tuple(
        Column(title, width, "center" if title in CENTERED else "left")
        for title, width in zip(titles, WIDTHS, strict=True)
    )


def _listed(behind: Sequence[LedgerRow], shown: int) -> str:
    """Which are listed, and how many of which light follow elsewhere."""
    if shown == len(behind):
        return ""
    listed, rest = "、".join(_by_light(behind[:shown])), _by_light(behind[shown:])
    last = str(Light(behind[shown].light).label) if len(rest) == 1 else "、".join(rest)
    return f"（列{listed}；其余{len(behind) - shown}项为{last}）"


def _by_light(rows: Sequence[LedgerRow]) -> list[str]:
    counted = Counter(row.light for row in rows)
    return [
        f"{Light(light).label}{counted[light]}项" for light in severity.SEVERITY if counted[light]
    ]


def _row(row: LedgerRow) -> list[str]:
    leads = [row.primary.name] if row.primary is not None else []
    return [
        f"{'实事' if row.task.is_project else '重点'}{row.task.number}",
        _dated(row),
        "、".join(full_width(each) for each in [*leads, *row.other_leads]),
        "\n".join([f"{SHAPES[Light(row.light)]}{Light(row.light).label}", *row.marks]),
        *_figures(row),
        _reason(row),
        closed(str(row.next_step)),
    ]


def _dated(row: LedgerRow) -> str:
    """The short title, with 截至6月30日 where its figures are older than the page."""
    mark = f"（{row.figures_mark}）" if row.figures_mark else ""
    return f"{full_width(row.task.short_title)}{mark}"


def _figures(row: LedgerRow) -> list[str]:
    """计划, 实际 and 差; what has no percent is judged in words."""
    frozen = row.frozen
    if frozen is None or frozen.percent is None:
        return [row.task.get_tracking_display(), "文字评定", "—"]
    planned = percent(frozen.expected) if frozen.expected is not None else "—"
    gap = signed_points(frozen.gap) if frozen.gap is not None else "—"
    return [f"{planned}{'折算' if row.is_planned_by_time else ''}", percent(frozen.percent), gap]


def _reason(row: LedgerRow) -> str:
    """The unit's; one that an earlier report gave says so."""
    frozen = row.frozen
    if frozen is None or not frozen.unit_reason.strip():
        return ""
    before = f"{row.said_mark}：" if row.said_mark else ""
    return f"{before}{closed(frozen.unit_reason.strip())}"


def _asked_for(asked: Asked) -> Iterator[Block]:
    problems = problems_of(asked.rows)
    word = "请您协调的" if asked.whose else said("需市政府协调解决的")
    if not problems:
        yield Paragraph(f"二、{word}问题：没有。")
        return
    shown = "；".join(map(_problem, problems[:ASKED_SHOWN]))
    rest = f"；其余{len(problems) - ASKED_SHOWN}件见系统" if len(problems) > ASKED_SHOWN else ""
    yield Paragraph(f"二、{word}{len(problems)}件：{shown}{rest}。")


def _problem(problem: Problem) -> str:
    task, until = problem.row.task, problem.version.coordination_by
    code = f"{'实事' if task.is_project else '重点'}{task.number}"
    hoped = f"，希望{short_day(until)}前解决" if until is not None else ""
    text = full_width(problem.text.strip()).rstrip("。；")
    return f"{code}{text}（{full_width(problem.unit.name)}提出{hoped}）"


def _matters(asked: Asked) -> str:
    return f"三、交办落实：在办{asked.matters.open}件，逾期{asked.matters.overdue}件。"


def _projects(asked: Asked) -> Iterator[Block]:
    own = [row for row in asked.rows if row.task.is_project]
    if own:
        parts = "，".join(part.in_pieces for part in lights.tally(own).said if part.count)
        yield Paragraph(f"四、十件实事{len(own)}件：{parts}。")
