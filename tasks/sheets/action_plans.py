"""办理方案 from Excel: planned values, county shares and milestones of a unit's items.

Cleaned by the form of the page (`tasks.action_plans.form`) and saved as its draft; signing stays
there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huangshi_tasks.lib.fold import fold
from tasks.action_plans.checks import objections
from tasks.action_plans.drafting import action_plan_of, set_content
from tasks.action_plans.form import ActionPlanForm
from tasks.models import Plan
from tasks.sheets.action_plan_items import ItemActionPlan, items_of
from tasks.sheets.action_plan_tables import STEPS, VALUES
from units.actors import Actor
from units.errors import NotNow
from units.permissions import ALLOWED, Verdict, denied
from units.sheets.book import Book
from units.sheets.known import changed_in, in_words, meant, row_of
from units.sheets.reading import Line, read_table
from units.sheets.results import BAD, CHANGED, NEW, SAME, Mistake, Outcome, Result
from units.sheets.running import BadRow, marked_as, sentence_of
from units.sheets.writing import Filled, Row, write_book

SPARE = 40
NOTHING_SAID: tuple[str, ...] = ()
NOTHING = "没有可以填写的办理方案：已送审签、审核中和已通过的，请在页面上撤回或修订。"
NO_SHEETS = "没有找到工作表“计划值”“节点”，请下载表格，在其中填写。"
WRONG_CODE = "没有可以填写办理方案的这个事项，请照“计划值”一页的编号填写。"
WRONG_UNIT = "填报单位只能是：{}。"


@dataclass(frozen=True)
class ActionPlanSheet:
    """An `Import` (`units.sheets.running`) of one plan."""

    plan: Plan
    kind: str = "action-plans"
    title: str = "办理方案"
    about: str = (
        "成批填写本单位汇总牵头事项的计划值、分县目标和节点，存为草稿；送审签在页面上办理。"
    )

    @property
    def scope(self) -> str:
        return self.plan.slug

    def may(self, actor: Actor) -> Verdict:
        return ALLOWED if actor.is_reporter else denied("办理方案由汇总牵头单位联络员编制。")

    def template(self, actor: Actor, now: datetime) -> bytes:
        items = items_of(self.plan, actor, now.date())
        if not items:
            raise NotNow(NOTHING)
        inputs = {column.key for column in VALUES.columns if column.is_input}
        values, steps = [], []
        for item in items:
            for key, held, names in item.rows():
                values.append(Row(row_of(key, VALUES, held).values, frozenset(inputs - set(names))))
            for key, held in item.step_rows():
                steps.append(Row(row_of(key, STEPS, held).values, frozenset({"code"})))
        return write_book([Filled(VALUES, values), Filled(STEPS, steps, SPARE)])

    def run(self, book: Book, actor: Actor, now: datetime) -> Result:
        items = items_of(self.plan, actor, now.date())
        result = Result()
        done: list[tuple[Line, Outcome]] = []
        present = [table for table in (VALUES, STEPS) if table.name in book.sheets]
        if not present:
            result.mistakes.append(Mistake("", 0, "", "", "", NO_SHEETS))
        take = {VALUES.name: _take_values, STEPS.name: _take_steps}
        for table in present:
            sheetful = read_table(book, table, self.plan.year)
            result.mistakes += sheetful.mistakes
            done += take[table.name](sheetful.lines, items)
        for item in items:
            result.notes += _save(item, actor, now)
        if not result.is_unusable:
            result.absent = _absent(items, [line for line, _ in done])
        for line, outcome in done:
            spoilt = Outcome(line.table.name, line.row, outcome.label, BAD)
            result.outcomes.append(spoilt if line.mistakes else outcome)
            result.mistakes += line.mistakes
        return result


def _absent(items: Iterable[ItemActionPlan], lines: Iterable[Line]) -> list[str]:
    """Rows of the drafts that the file does not have: nothing is taken from that."""
    there = {(line.table.name, marked_as(line)) for line in lines}
    left_out = []
    for item in items:
        for key, held, _ in item.rows():
            if (VALUES.name, key) not in there:
                left_out.append(f"{VALUES.name}：{held['code']} {held['what']} {held['whose']}")
        for key, held in item.step_rows():
            if (STEPS.name, key) not in there:
                left_out.append(f"{STEPS.name}：{held['code']} {held['title']}")
    return left_out


def _take_values(
    lines: Iterable[Line], items: Iterable[ItemActionPlan]
) -> list[tuple[Line, Outcome]]:
    """Note what each row changes in the draft of its item."""
    rows = {key: (item, held, names) for item in items for key, held, names in item.rows()}
    known = {key: held for key, (_, held, _) in rows.items()}
    done = []
    for line in lines:
        label = f"{line.text('code')} {line.text('what')} {line.text('whose')}"
        what, details = SAME, NOTHING_SAID
        try:
            key, changed = changed_in(line, known, "code")
            item, held, names = rows[key]
            for column in changed:
                if column in names:
                    item.change(line, column, names[column], meant(line, column))
                else:
                    line.blame(column, "本事项此处不填，请清空。")
            what, details = (CHANGED if changed else SAME), in_words(line, held, changed)
        except BadRow as bad:
            for column, sentence in bad.problems.items():
                line.blame(column, sentence)
        except Exception as error:
            line.blame("code", sentence_of(error))
        done.append((line, Outcome(VALUES.name, line.row, label, what, list(details))))
    return done


def _take_steps(lines: Iterable[Line], items: list[ItemActionPlan]) -> list[tuple[Line, Outcome]]:
    by_code = {item.task.code: item for item in items}
    by_id = {str(item.task.pk): item for item in items}
    known = {key: held for item in items for key, held in item.step_rows()}
    done = []
    for line in lines:
        label, what, details = f"{line.text('code')} {line.text('title')}", SAME, NOTHING_SAID
        try:
            if line.text("id"):
                key, changed = changed_in(line, known, "title")
                item, place = by_id[key.partition(":")[0]], int(key.partition(":")[2]) - 1
                what, details = CHANGED if changed else SAME, in_words(line, known[key], changed)
            else:
                item = _item_named(line, by_code)
                place, item.added = len(item.steps) + item.added, item.added + 1
                changed, what = ["title", "due_on", "weight", "unit"], NEW
                details = in_words(line, {}, changed)
            _change_step(line, item, place, changed)
        except BadRow as bad:
            for column, sentence in bad.problems.items():
                line.blame(column, sentence)
        except Exception as error:
            line.blame("code", sentence_of(error))
        done.append((line, Outcome(STEPS.name, line.row, label, what, list(details))))
    return done


def _item_named(line: Line, by_code: dict[str, ItemActionPlan]) -> ItemActionPlan:
    item = by_code.get(line.text("code"))
    if item is None:
        raise BadRow({"code": WRONG_CODE})
    return item


def _change_step(line: Line, item: ItemActionPlan, place: int, changed: Iterable[str]) -> None:
    """Put a milestone's cells under the names of the form."""
    for column in changed:
        typed = line.text(column)
        if column == "code":
            raise BadRow({"code": "已有节点的编号不能修改。"})
        if column == "due_on" and line.values.get("due_on"):
            typed = line.values["due_on"].isoformat()
        if column == "unit":
            holders = {fold(name): pk for name, pk in item.holders.items()}
            if typed and fold(typed) not in holders:
                raise BadRow({"unit": WRONG_UNIT.format("、".join(item.holders))})
            item.change(line, column, f"step-{place}-responsibility", holders.get(fold(typed), ""))
        else:
            item.change(line, column, f"step-{place}-{column}", typed)


def _save(item: ItemActionPlan, actor: Actor, now: datetime) -> list[str]:
    """Save the draft of an item for itself; what cannot be saved is said at its rows."""
    if not item.changes:
        return []
    try:
        with transaction.atomic():
            return _saved(item, actor, now)
    except Exception as problem:
        sentence = sentence_of(problem)
        lines = {id(line): line for line, _ in item.behind.values() if not line.mistakes}
        for line in lines.values():
            line.blame("code", sentence)
        return []


def _saved(item: ItemActionPlan, actor: Actor, now: datetime) -> list[str]:
    """Clean by the form, save the draft; what is still wrong with the whole is said as notes."""
    _blame(item, item.read())
    if all(item.behind[name][0].mistakes for name in item.changes):
        return []
    form = item.read()
    written = action_plan_of(item.task, now.date())
    set_content(action_plan=written, content=form.content, actor=actor, now=now, seen=item.stamp)
    return [f"{written}，送审签前：{each}" for each in objections(item.outline, form.content)]


def _blame(item: ItemActionPlan, form: ActionPlanForm) -> None:
    """What the form says of a cell, at the cell of the file that it came from."""
    for table in form.tables:
        for row in table.rows:
            for cell in [*row.cells, *([row.share] if row.share else [])]:
                if cell.error and cell.name in item.behind:
                    line, column = item.behind[cell.name]
                    line.blame(column, cell.error)
    for step in form.steps:
        for name, sentence in step.errors.items():
            found = item.behind.get(f"step-{step.place - 1}-{name}")
            if found is not None:
                line, column = found
                line.blame(column, sentence)
