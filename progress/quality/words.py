"""Texts that say nothing, that another wrote, or that pass over what was announced. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from huangshi_tasks.lib.fold import fold
from progress.contents.promises import lines_of
from progress.quality.clauses import sentences_of
from progress.quality.days import days_in
from progress.quality.facts import STEPS_BEFORE, Contradiction, Facts

_EMPTY = re.compile(
    "积极|稳步|有序|扎实|持续|进一步|高度重视|正常推进|正在推进|推进中|顺利|成效|加强|不断|深入|大力|认真|全力|压实|统筹|抓好|落实落细"
    "|按计划|按照要求|加快|强化|着力|切实|有力"
)
_FACT = re.compile(
    r"[0-9]|[《》“”]|百分之|过半|[一二两三四五六七八九十百千]+(?:个|家|条|项|次|场|处|件|座|所|人|户|公里|亩|万|亿|批|份|台|辆)"
    "|印发|出台|召开|签订|签约|批复|挂牌|招标|封顶|竣工|开工|验收|上线|办结|成立|组建|取得(?!.{0,4}(?:成效|进展|成绩|成果))|施工至|浇筑|安装|公示|进场"
    "|编制|初稿|启动|通车|报批|评审|试点|试运行|投用|完成(?!较好|情况|良好)|建成|开通|交付|获批|立项|征地|拆迁"
)
_NAMED = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:局|委|办|公司|集团|大学|学院|医院|银行|街道|镇|乡|村|园区|县)"
)
_NO_NAME = re.compile(
    "市委市政府|市委|市政府|各县市区|县市区|各部门|各单位|各地|有关部门|相关部门|城区|各级|村镇|乡镇|公路|道路|农村路|县乡"
)
SAME, LONGEST_RUN = 0.9, 28
_MARK = re.compile(r"^\(?示例\)?[:：]?|[\s,.;:、。()“”\"]")
_SKIPPED = re.compile(
    r"20\d\d年|\d+月(?:\d+[日号]|底|末|初|[上中下]旬)?|会同.{2,16}?(?=推进|开展|完成|落实)|前|底|继续|推进|完成|开展|加快|做好|抓好|会同|按计划|累计|达到|力争|确保|计划|[0-9.]+|[,、。“”()《》]|\s"
)
RUN = 5
TOLD = 0.5  # of the pairs of a step that the text must come back to


def no_fact(text: str, plain: str) -> Iterator[Contradiction]:
    """积极推进, 稳步开展: no number, name, day or deed in the whole text."""
    said = re.sub(r"^\s*\(?示例\)?:?", "", plain.strip())
    if not said or (not _EMPTY.search(said) and not re.search("推进|开展|进行", said)):
        return
    if _FACT.search(said) or _NAMED.search(_NO_NAME.sub("", said)):
        return
    start = plain.index(said)
    other = "没有写数字、名称、时间或具体事项"
    yield Contradiction("no_fact", "", start, start + len(said.rstrip("。")), other)


def copied(plain: str, facts: Facts) -> Iterator[Contradiction]:
    """The same words as another item or unit of the period, or as last period."""
    others = [(each.who, each.text) for each in facts.others]
    others += [("上期进展", facts.previous_text)] if facts.previous_text else []
    mine = _bare(plain)
    for who, text in others:
        theirs = _bare(text)
        if min(len(mine), len(theirs)) < 12 or not _is_copy(mine, theirs):
            continue
        first = next(sentences_of(plain))
        last = plain.rstrip("。\n ")
        yield Contradiction("copied", "", first.start, len(last), f"与{who}文字相同", "")
        return


def _is_copy(mine: str, theirs: str) -> bool:
    if mine == theirs:
        return True
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return (
        matcher.real_quick_ratio() >= SAME
        and matcher.quick_ratio() >= SAME
        and matcher.ratio() >= SAME
    )


def _bare(text: str) -> str:
    return _MARK.sub("", fold(text))


def dropped(plain: str, facts: Facts) -> Iterator[Contradiction]:
    """Steps of the last period that are due by now and of which nothing is said or planned."""
    here = fold(plain + facts.told_elsewhere)
    for line in lines_of(facts.previous_next_steps):
        if line in facts.answered or _is_later(line, facts):
            continue
        if not _is_told(_SKIPPED.sub("", fold(line)), here):
            yield Contradiction(
                "dropped", line, 0, 0, "本期没有说明，也没有再列入下一步", STEPS_BEFORE, line
            )


def _is_told(core: str, here: str) -> bool:
    """Whether most of the step stands there, or one run of it that is no accident."""
    pairs = [core[at : at + 2] for at in range(len(core) - 1)]
    runs = [core[at : at + RUN] for at in range(len(core) - RUN + 1)]
    if len(pairs) < 3 or any(run in here for run in runs):
        return True
    return sum(pair in here for pair in pairs) >= TOLD * len(pairs)


def _is_later(line: str, facts: Facts) -> bool:
    days = list(days_in(line, facts.span.last.year))
    return bool(days) and all(day.last > facts.span.last for day in days)
