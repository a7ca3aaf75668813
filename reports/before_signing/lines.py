"""What is wrong on a paper, as a list short enough to be read: a line for each kind of fault, with
the items it holds for; only what contradicts itself stands item by item. Pure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib.planned import still_ahead
from reports.before_signing.shapes import Figures, Item, ProjectFigures

MARK, OMIT, KEEP, REFRESH = "mark", "omit", "keep", "refresh"
BULLETIN, SPECIAL, PUBLICATION = "bulletin", "special", "publication"
DOUBT = "数据待核实"
DRAFTED_BEFORE = "drafted_before"

Choices = tuple[tuple[str, str], ...]
Printed = Item | ProjectFigures
AS_MARKED: Choices = ((MARK, "按标注印发"),)
WORDS: Choices = ((MARK, "标明“某月所报”后印发"), (OMIT, "不印"))


@dataclass(frozen=True)
class Line:
    """One line. `refs` are the sentences that an answer is about: `reason:17`, by item (id). One
    without choices is settled by taking over newer figures only.
    """

    name: str
    sentence: str
    members: tuple[str, ...] = ()
    choices: Choices = AS_MARKED
    refs: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names the line as it reads: whatever changes in it opens it again."""
        text = json.dumps([self.sentence, *self.members, *self.refs], ensure_ascii=False)
        return f"{self.name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"

    def label_of(self, choice: str) -> str:
        return dict(self.choices).get(choice, "")


def lines_of(figures: Figures, kind: str, day: date, changes: Sequence[str] = ()) -> list[Line]:
    """The list of a paper of `kind` that is printed on `day`; `changes` are what newer figures
    would change in it.
    """
    if "in_review" not in figures:
        sentence = "本份起草时还不核对文字和数据的来源，请采用新数据后再签发。"
        return [Line(DRAFTED_BEFORE, sentence, choices=())]
    return [
        *_changed(changes),
        *_contradicted(figures, kind),
        *_old_figures(figures, kind),
        *_old_words(figures, kind, day),
        *_passed(figures, kind, day),
        *_counted_apart(figures, kind),
        *_whole(figures),
    ]


def printed_in(figures: Figures, kind: str) -> list[Printed]:
    """The items whose words or figures stand in the paper."""
    if kind == PUBLICATION:
        return [*figures["projects"]]
    return [*figures["behind"], *(figures["reached"] if kind == BULLETIN else [])]


def _name(each: Printed) -> str:
    code = str(each.get("code", ""))
    return f"{each['title']}（{code}）" if code else each["title"]


def _changed(changes: Sequence[str]) -> Iterator[Line]:
    if changes:
        sentence = f"起草以后数据有{len(changes)}处变化，可以采用新数据"
        choices = ((KEEP, "按起草时的数据印发，并注明取数时间"),)
        yield Line("changed", sentence, tuple(changes), choices)


def _contradicted(figures: Figures, kind: str) -> Iterator[Line]:
    """Each by itself: what stands against what."""
    printed = {each["task"] for each in printed_in(figures, kind) if "task" in each}
    found: dict[int, list[str]] = {}
    names = {}
    for each in figures.get("contradicted", []):
        if each["task"] in printed:
            found.setdefault(each["task"], []).append(each["sentence"])
            names[each["task"]] = f"{each['title']}（{each['code']}）"
    choices = (
        (MARK, f"注明“{DOUBT}”后印发"),
        (OMIT, f"不印单位所写文字，数字注明“{DOUBT}”"),
    )
    for task, sentences in found.items():
        refs = tuple(f"{part}:{task}" for part in ("doubt", "reason", "next", "digest"))
        yield Line(
            "contradicted", f"{names[task]}：数据或文字互相不符", (*sentences,), choices, refs
        )


def _old_figures(figures: Figures, kind: str) -> Iterator[Line]:
    old = [each for each in printed_in(figures, kind) if each.get("old_figures")]
    missing = [each for each in old if each.get("is_missing")]
    others = [each for each in old if not each.get("is_missing")]
    if missing:
        sentence = f"未报送{len(missing)}项，按附件所列，完成率和状态标明截至日期"
        yield Line("missing", sentence, _dated(missing))
    if others:
        sentence = f"数据早于本期{len(others)}项（按季、按半年报送或本期未通过审核），标明截至日期"
        yield Line("old_figures", sentence, _dated(others))


def _dated(rows: Iterable[Printed]) -> tuple[str, ...]:
    return tuple(f"{_name(each)}{each.get('old_figures', '')}" for each in rows)


PARTS = {
    "reason": ("reason", "原因"),
    "next_step": ("next", "下一步工作安排"),
    "digest": ("digest", "进展情况"),
}
OF_KIND = {
    BULLETIN: ("reason", "next_step"),
    SPECIAL: ("reason",),
    PUBLICATION: ("digest", "next_step"),
}


def _old_words(figures: Figures, kind: str, day: date) -> Iterator[Line]:
    """By part: what the unit wrote for an earlier period and is printed all the same."""
    rows = _with_words(figures, kind)
    for field in OF_KIND[kind]:
        ref, word = PARTS[field]
        old = [each for each in rows if each.get("old_words") and _printed(each, field, day)]
        if old:
            sentence = f"{len(old)}项的{word}取自以前的填报"
            members = tuple(
                f"{_name(each)}：{each.get('old_words')}{_printed(each, field, day)}"
                for each in old
            )
            yield Line(f"old_{ref}", sentence, members, WORDS, _refs(ref, old))
    asked = figures["problems"] if kind == SPECIAL else []
    old_asked = [each for each in asked if each.get("old_words")]
    if old_asked:
        sentence = f"{len(old_asked)}个需协调的问题取自以前的填报"
        members = tuple(f"{p['title']}：{p.get('old_words')}{p['text']}" for p in old_asked)
        refs = tuple(f"problem:{p.get('task')}:{p['unit_name']}" for p in old_asked)
        yield Line("old_problem", sentence, members, WORDS, refs)


def _printed(each: Printed, field: str, day: date) -> str:
    """The words of one part as they would print."""
    text = str(each.get(field, "")).strip()
    source = each.get("source")
    if field != "next_step" or source is None:
        return text
    return still_ahead(text, said_on=date.fromisoformat(source["as_of"]), day=day).text


def _with_words(figures: Figures, kind: str) -> list[Printed]:
    return [*figures["projects"]] if kind == PUBLICATION else [*figures["behind"]]


def _refs(part: str, rows: Iterable[Printed]) -> tuple[str, ...]:
    return tuple(f"{part}:{each['task']}" for each in rows if "task" in each)


def _passed(figures: Figures, kind: str, day: date) -> Iterator[Line]:
    """Steps that are no plan any more; they are left out, and that is said."""
    if "next_step" not in OF_KIND[kind]:
        return
    members = tuple(
        f"{_name(each)}：{clause}"
        for each in _with_words(figures, kind)
        for clause in passed_of(each, day)
    )
    if members:
        sentence = f"{len(members)}条下一步工作安排的时限已过，不再列为计划"
        yield Line("passed", sentence, members, ((OMIT, "不列"),))


def passed_of(each: Printed, day: date) -> tuple[str, ...]:
    """The steps of an item whose day is over on `day`."""
    said = each.get("source")
    if said is None:
        return ()
    text = str(each.get("next_step", ""))
    return still_ahead(text, said_on=date.fromisoformat(said["as_of"]), day=day).passed


def _counted_apart(figures: Figures, kind: str) -> Iterator[Line]:
    waiting = figures.get("in_review", [])
    if kind == PUBLICATION:  # of the ten projects, which stand in it by older figures
        own = {each.get("task") for each in figures["projects"]}
        waiting = [each for each in waiting if each["task"] in own]
        if waiting:
            sentence = f"待审核{len(waiting)}件，按已审核的数据公示，标明截至日期"
            yield Line("in_review", sentence, tuple(map(_name, waiting)))
        return
    if waiting:
        sentence = f"待审核{len(waiting)}项，不计入未达序时进度，单列“已报送、审核中”"
        yield Line("in_review", sentence, tuple(map(_name, waiting)))
    if parts := figures.get("parts_in_review", 0):
        sentence = f"{parts}项含共同牵头或县区待审核的填报，按已审核的数据印发，情况中注明"
        yield Line("parts_in_review", sentence)
    if verified := figures.get("verified", []):
        sentence = f"核定数{len(verified)}个，所在填报还有提示没有说明，按核定数印发"
        yield Line("verified", sentence, tuple(verified))


def _whole(figures: Figures) -> Iterator[Line]:
    if figures["hidden"]:
        yield Line(
            "restricted",
            f"限定知悉范围{figures['hidden']}项，计入总数，不列名称",
            choices=((OMIT, "不列名称"),),
        )
    if figures["is_sample"]:
        yield Line("sample", "全部为示例数据", choices=((MARK, "标题注明“示例”"),))
