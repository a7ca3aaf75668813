"""A unit's 办理方案 as a workbook sees them: each draft, under the names of its page's form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from huangshi_tasks.lib.text import full_width
from tasks.action_plans.acceptance import content_in_force
from tasks.action_plans.content import Content
from tasks.action_plans.drafting import EDITABLE, draft_of
from tasks.action_plans.form import ActionPlanForm
from tasks.action_plans.outline import Outline
from tasks.action_plans.steps import NAMES, StepRow
from tasks.models import ActionPlan, Plan, Responsibility, Task
from units.actors import Actor
from units.city.words import said
from units.sheets.columns import Value
from units.sheets.reading import Line


@dataclass
class ItemActionPlan:
    """One item's draft: what stands in it, cell by cell, and what the file changes."""

    task: Task
    outline: Outline
    content: Content
    stamp: str
    changes: dict[str, str] = field(default_factory=dict)  # name in the form → what was typed
    behind: dict[str, tuple[Line, str]] = field(default_factory=dict)  # name → its cell
    added: int = 0

    def __post_init__(self) -> None:
        self.form = ActionPlanForm(self.outline, self.content)
        self.steps: list[StepRow] = [row for row in self.form.steps if not row.is_blank]
        self.holders = {each.unit.name: str(each.pk) for each in self.outline.holders}

    def rows(self) -> Iterable[tuple[str, dict[str, Value], dict[str, str]]]:
        """Key, values, and column → name in the form, of each row of planned values."""
        for table in self.form.tables:
            for row in table.rows:
                pairs = list(zip(self.outline.dates, row.cells, strict=True))
                names = {f"m{day.month}": cell.name for day, cell in pairs}
                held: dict[str, Value] = {f"m{day.month}": cell.value for day, cell in pairs}
                if row.share is not None:
                    names["share"], held["share"] = row.share.name, row.share.value
                shown: dict[str, Value] = {
                    "code": self.task.code,
                    "item": full_width(self.task.short_title),
                    "what": full_width(table.indicator.name),
                    "measure": table.indicator.unit_of_measure,
                    "target": table.target,
                    "whose": row.unit.name if row.unit is not None else said("全市"),
                }
                unit_id = row.unit.pk if row.unit is not None else 0
                yield f"{self.task.pk}:{table.indicator.pk}:{unit_id}", shown | held, names

    def step_rows(self) -> Iterable[tuple[str, dict[str, Value]]]:
        units = {pk: name for name, pk in self.holders.items()}
        for row in self.steps:
            yield (
                f"{self.task.pk}:{row.place}",
                {
                    "code": self.task.code,
                    "title": row.typed["title"],
                    "due_on": date.fromisoformat(row.typed["due_on"]),
                    "weight": int(row.typed["weight"]),
                    "unit": units.get(row.typed["responsibility"], ""),
                },
            )

    def change(self, line: Line, column: str, name: str, typed: str) -> None:
        self.changes[name], self.behind[name] = typed, (line, column)

    def posted(self) -> QueryDict:
        """The page's form with the file's changes in it; rows with mistakes are left out."""
        data = QueryDict(mutable=True)
        for table in self.form.tables:
            for row in table.rows:
                for cell in [*row.cells, *([row.share] if row.share else [])]:
                    data[cell.name] = cell.text
        for at, step in enumerate(self.steps):
            for name in NAMES:
                data[f"step-{at}-{name}"] = step.typed[name]
        for need in self.form.needs:
            data.setlist(f"need-{need.designation.pk}", [str(pk) for pk in need.chosen])
        for at in range(len(self.steps), len(self.steps) + self.added):
            data.setdefault(f"step-{at}-title", "")  # the lines behind one that is left out count
        for name, typed in self.changes.items():
            is_bad = bool(self.behind[name][0].mistakes)
            if not is_bad or name.startswith("step-"):
                data[name] = data.get(name, "") if is_bad else typed
        return data

    def read(self) -> ActionPlanForm:
        return ActionPlanForm(self.outline, self.content, self.posted())


def items_of(plan: Plan, actor: Actor, day: date) -> list[ItemActionPlan]:
    """The items whose 办理方案 the actor's unit may write in now."""
    held = Responsibility.objects.on(day).filter(task__plan=plan, unit=actor.unit, is_primary=True)
    tasks = [
        each.task
        for each in held.select_related("task__plan").order_by("task__kind", "task__number")
    ]
    action_plans = {each.task_id: each for each in ActionPlan.objects.filter(task__in=tasks)}
    items = []
    for task in tasks:
        written = action_plans.get(task.pk)
        if written is None:
            content, stamp = content_in_force(task, day), ""
        elif written.state in EDITABLE:
            content, stamp = draft_of(written), written.latest().stamp
        else:
            continue
        items.append(ItemActionPlan(task, Outline(task, day), content, stamp))
    return items
