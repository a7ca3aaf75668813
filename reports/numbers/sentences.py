"""The city's published grammar for a 分项 of a project (ui/wording.md, Two sentences to generate).

131个老旧小区已开工131个、开工率100%，已完工62个、完工率47.3%
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from huangshi_tasks.lib.text import full_width, percent
from huangshi_tasks.lib.text import number as figure
from progress.board.numbers import IndicatorLine, Pledge
from reports.numbers.dated import as_of_mark

SAMPLE = "示例"
# 改造老旧小区131个 reads as 131个老旧小区; a name that is an action itself keeps its place.
VERBS = (
    "新增、补划、规范",
    "新改扩建",
    "优化调整",
    "加固改造",
    "改造",
    "新建",
    "新增",
    "打通",
    "惠及",
    "创建",
)
ACTIONS = ("增加", "改造", "整治", "提升")


def months_of(day: date) -> str:
    """1—6月份; in January 1月份."""
    return "1月份" if day.month == 1 else f"1—{day.month}月份"


def next_month(day: date) -> str:
    """7月份计划; after the year's last month 下一步安排."""
    return f"{day.month + 1}月份计划" if day.month < 12 else "下一步安排"


def said_of(line: IndicatorLine) -> str:
    """One clause without its closing stop; empty while there is no figure."""
    unit = line.indicator.unit_of_measure
    name = full_width(line.indicator.name)
    if line.actual is None:
        return ""
    if line.percent is None or line.target is None:
        words = f"，{line.against_target}" if line.against_target else ""
        return f"{name}为{_plain(line.actual)}{unit}{words}"
    subject = _subject(name, f"{_plain(line.target)}{unit}")
    done = f"{_plain(line.actual)}{unit}"
    if line.started is None or line.start_percent is None:
        return f"{subject}已完成{done}、完成率{percent(line.percent)}"
    started = f"已开工{_plain(line.started)}{unit}、开工率{percent(line.start_percent)}"
    return f"{subject}{started}，已完工{done}、完工率{percent(line.percent)}"


def said_of_pledge(pledge: Pledge, mark: str = "") -> str:
    """One clause of a commitment without a number: its steps, with the `mark` of when they were
    counted, or how it is judged instead.
    """
    text = full_width(pledge.text)
    if not pledge.steps:
        return f"{text}，{'暂未计量' if pledge.is_open else '以文字评定'}"
    if pledge.last_on is None:
        return f"{text}，{len(pledge.steps)}个节点均在推进{f'（{mark}）' if mark else ''}"
    days = "，".join(filter(None, (f"{pledge.last_on.month}月{pledge.last_on.day}日", mark)))
    last = f"{full_width(pledge.last)}（{days}）"
    return f"{text}，{len(pledge.steps)}个节点已完成{pledge.done}个，最近完成{last}"


def said_of_pledges(pledges: Sequence[Pledge], mark: str = "") -> list[str]:
    """A clause for each that no number measures, beside others that something does."""
    if not any(each.numbers or each.steps for each in pledges):
        return []
    return [said_of_pledge(each, mark) for each in pledges if not each.numbers]


def joined(lines: Sequence[IndicatorLine], *, is_sample: bool, as_of: date | None = None) -> str:
    """The clauses of a project; whence the figures are, and of when where they are older than
    `as_of`, stands once behind those it holds for.
    """
    said = [(words, _origin(line, is_sample, as_of)) for line in lines if (words := said_of(line))]
    runs = []
    for origin, run in groupby(said, key=lambda each: each[1]):
        runs.append("；".join(words for words, _ in run) + (f"（{origin}）" if origin else ""))
    return "；".join(runs)


def _origin(line: IndicatorLine, is_sample: bool, as_of: date | None) -> str:
    whence = line.source or (SAMPLE if is_sample else "")
    return "，".join(filter(None, (as_of_mark(line.as_of, as_of), whence)))


def _subject(name: str, promised: str) -> str:
    verb = next((verb for verb in VERBS if name.startswith(verb)), "")
    noun = name.removeprefix(verb)
    if any(action in noun for action in ACTIONS):
        return f"{name}{promised}，"
    return f"{promised}{noun}"


def _plain(value: Decimal) -> str:
    """Figures in running text carry no thousands separators."""
    return figure(value).replace(",", "")
