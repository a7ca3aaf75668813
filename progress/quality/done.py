"""完成, 建成, 全面完工 against values, steps, percent and light of the item. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huangshi_tasks.lib.text import number
from progress.quality.amounts import base_of, han_number
from progress.quality.amounts import plain as plain_of
from progress.quality.clauses import Clause, sentences_of
from progress.quality.days import days_in
from progress.quality.facts import Contradiction, Facts, Span, Step
from progress.quality.figures import said
from progress.quality.naming import names_of
from progress.quality.reading import Told, measure_of
from progress.quality.roles import Role

_NOT = re.compile(
    "尚未|还未|仍未|没有|未能|未(?=完|竣|建|通|开|验|封|达|全|如)|暂未|不能|无法|难以|滞后|计划|预计|力争|确保|拟|将|争取|有望|前完成|前完工"
    "|若|待|正在|推进|冲刺|倒排|超期|逾期|准备|筹备|申请|申报|部分|基本|接近|即将|距|差|影响|因"
)
_NOW = re.compile("目前|当前|现已|已")
_WHOLE = re.compile(
    "(?:已|均|都|现)*(?:全面|全部|如期全部|圆满|提前|均已|都已|悉数)(?:已|均)*(?:完工|完成|建成|竣工|实现|投用|投入使用|验收|交付|办结|达标)"
    "|(?:年度|全年|目标|今年)(?:[\u4e00-\u9fff]{0,8})?(?:任务|目标|指标)(?:任务)?(?:已经?|均|都|现已|提前|全面|全部|圆满|超额|如期)+(?:完成|实现|达成)"
    "|(?:完成|实现|超额完成|提前完成)(?:了)?(?:年度|全年|今年)(?:任务|目标任务|目标|各项任务)(?!的|任务|\\d)"
    "|(?:超额|圆满|提前|全面)完成(?:了)?(?:目标任务|任务目标|各项任务)(?!的|\\d)"
    "|(?:项目|工程|本项工作|本事项|该项目)(?:已经?|现已)(?:竣工|完工|建成|投入使用|投用)"
)
_FINISHED = re.compile(
    "已于|已经?|完成|完工|顺利|如期|按期|通过|竣工|建成|取得|封顶|投用|通车|办结|挂牌|验收|正式|落成|开通"
)
_STAGE = re.compile(
    "招标|审批|批复|立项|可研|设计|规划|勘察|征地|拆迁|基础|主体|投资|备案|方案|评审|选址|前期|签约|土方|桩基|摸排|排查|培训|检查|调度"
    "|整改|问题|销号|手续|编制|采购|入库|进场"
)
_PARTLY = re.compile(r"\d+(?:\.\d+)?%|百分之|过半|[一二三四五六七八九]成")
_OTHER_WORK = re.compile("节点|材料|资料|手续|准备|方案|围网|图纸")
_N = "\\d+|[一二两三四五六七八九十]+"
_COUNTED = re.compile(f"({_N})个节点(?:中?,?已?完成)({_N})个|完成节点({_N})个")
_ALL_BEGUN = re.compile("(?:全面|全部|均已?|都已?)(?:实现)?(?:开工|动工)")
COVERED = 0.6


def checks(plain: str, told: list[Told], facts: Facts) -> Iterator[Contradiction]:
    """What is told as finished and is not, by the figures and the steps."""
    yield from _all_done(told, facts)
    for sentence in sentences_of(plain):
        for clause in sentence.clauses:
            yield from _whole(clause, told, facts)
            yield from _all_begun(clause, told, facts)
            for step in _meant(clause, facts):
                yield from _step(step, clause, plain, facts.span)
    yield from _counted_steps(plain, facts)


def _all_done(told: list[Told], facts: Facts) -> Iterator[Contradiction]:
    """131个全部完工: as many as the target, and the figure is below it."""
    for each in told:
        measure = measure_of(each, facts)
        if each.role != Role.ALL_DONE or measure is None or each.whose:
            continue
        if measure.target is None or measure.value is None or not measure.is_short:
            continue
        if each.amount.allows(measure.target * base_of(measure.unit)[1]):
            other = f"{measure.name}累计完成{said(measure.value, measure)}"
            yield _longer(each, other, f"{measure.place}value")


def _longer(told: Told, other: str, place: str) -> Contradiction:
    """With the words behind the amount, which say 全部完工."""
    end = told.amount.end + len(told.after)
    return Contradiction("done", "", told.amount.start, end, other, place)


def _whole(clause: Clause, told: list[Told], facts: Facts) -> Iterator[Contradiction]:
    found = _WHOLE.search(clause.text)
    if (
        found is None
        or _denied(clause, found.start(), found.end())
        or _is_told_already(clause, told)
    ):
        return
    behind = clause.text[found.end() :]
    if _STAGE.search(behind[:6]) or _STAGE.search(clause.text[: found.start()][-4:]):
        return
    if re.search(
        "其中|个别|部分|结转|去年|上年|第[一二三四五六七八九十\\d]+批",
        clause.ahead[-12:] + clause.text,
    ):
        return
    for other, place in _unfinished(clause, facts):
        at = clause.start + found.start()
        yield Contradiction("done", "", at, clause.start + found.end(), other, place)
        return


def _all_begun(clause: Clause, told: list[Told], facts: Facts) -> Iterator[Contradiction]:
    """老旧小区改造实现全面开工, without a number."""
    found = _ALL_BEGUN.search(clause.text)
    if found is None or _denied(clause, found.start(), found.end()):
        return
    if any(clause.start <= each.amount.start < clause.end for each in told):
        return
    for at in names_of(facts.measures).best(clause.text) if facts.measures else []:
        measure = facts.measures[at]
        if measure.started is None or measure.target is None or measure.started >= measure.target:
            continue
        other = f"{measure.name}累计开工{said(measure.started, measure)}"
        start, end = clause.start + found.start(), clause.start + found.end()
        yield Contradiction("started", "", start, end, other, f"{measure.place}started")


def _count_of(words: str) -> int:
    return int(words) if words.isdecimal() else han_number(words)


def _is_told_already(clause: Clause, told: list[Told]) -> bool:
    """An amount of the clause carries the same words."""
    inside = [each for each in told if clause.start <= each.amount.start < clause.end]
    return any(each.role in (Role.ALL_DONE, Role.REST, Role.OTHER) for each in inside)


def _unfinished(clause: Clause, facts: Facts) -> Iterator[tuple[str, str]]:
    """What the clause may mean that is not finished: the numbers it names, else all."""
    names = names_of(facts.measures)
    named = names.best(clause.text) if facts.measures else []
    if facts.is_done:
        return
    for at, measure in enumerate(facts.measures):
        if named and at not in named:
            continue
        if measure.target is None or measure.value is None or not measure.is_short:
            continue
        has = f"{measure.name}为{said(measure.value, measure)}"
        yield f"{has}，目标{said(measure.target, measure)}", f"{measure.place}value"
    if facts.measures and not facts.steps:
        return
    open_steps = [step for step in facts.steps if step.done is None]
    if open_steps:
        yield f"节点“{open_steps[0].name}”未填完成日期", open_steps[0].place
    elif facts.percent is not None and facts.percent < 100:
        yield f"本事项完成率为{number(facts.percent, 1)}%", ""


def _denied(clause: Clause, start: int, end: int) -> bool:
    """Not yet, or only planned, in the clause or earlier in its sentence."""
    if _NOT.search(clause.text[:start]):
        return True
    found = list(re.finditer("计划|预计|力争|确保|拟|将于|争取", clause.ahead))
    return bool(found) and not _NOW.search(clause.ahead[found[-1].end() :] + clause.text[:end])


def _meant(clause: Clause, facts: Facts) -> list[Step]:
    """The steps that the clause names best: 第一批管网完工 is not the second."""
    covered = {step: _coverage(step, clause.text) for step in facts.steps}
    best = max(covered.values(), default=0)
    return [step for step, each in covered.items() if each == best]


def _step(step: Step, clause: Clause, plain: str, span: Span) -> Iterator[Contradiction]:
    place = step_named(step, clause.text)
    days = [day for day in days_in(clause.text, span.last.year) if not day.is_whole]
    is_dated = any(day.last <= span.last for day in days)
    if place is None or not (is_dated or _FINISHED.search(clause.text)):
        return
    end = clause.start + place[1]
    if _denied(clause, len(clause.text), len(clause.text)) or _OTHER_WORK.search(
        clause.text[place[1] :][:6]
    ):
        return
    if _PARTLY.search(clause.text):
        return
    if step.done is None:
        yield Contradiction(
            "done", "", clause.start, clause.end, f"节点“{step.name}”未填完成日期", step.place
        )
        return
    behind = plain[end : end + 12]
    reach = clause.end + (len(behind) if behind.startswith((")", "”(", "(")) else 0)
    for day in days_in(plain[:reach], step.done.year):
        is_its = clause.start <= day.start and not day.is_whole
        if is_its and not day.first <= step.done <= day.last:
            told = f"{step.done.month}月{step.done.day}日"
            other = f"节点“{step.name}”完成日期填{told}"
            yield Contradiction("step_day", "", day.start, day.end, other, step.place)


def step_named(step: Step, words: str) -> tuple[int, int] | None:
    """Where the words name the step: most of its pairs, close together."""
    pairs = _pairs(step)
    places = [words.find(pair) for pair in pairs]
    hits = [place for place in places if place >= 0]
    if not hits or places[-1] < 0 or len(hits) < COVERED * len(pairs):
        return None
    start, end = min(hits), max(hits) + 2
    return (start, end) if end - start <= 2 * len(pairs) + 8 else None


def _coverage(step: Step, words: str) -> float:
    pairs = _pairs(step)
    return sum(pair in words for pair in pairs) / max(len(pairs), 1)


def _pairs(step: Step) -> list[str]:
    name = re.sub('[“”"《》()]', "", plain_of(step.name))
    return [name[at : at + 2] for at in range(len(name) - 1)]


def _counted_steps(plain: str, facts: Facts) -> Iterator[Contradiction]:
    """4个节点完成3个."""
    done = sum(step.done is not None for step in facts.steps)
    for found in _COUNTED.finditer(plain):
        whole, count = found[1], found[2] or found[3]
        if whole is not None and _count_of(whole) != len(facts.steps):
            continue
        if _count_of(count) != done:
            at = found.start(2 if found[2] else 3)
            other = f"填了完成日期的节点{done}个"
            yield Contradiction("number", "", at, at + len(count) + 1, other, "")
