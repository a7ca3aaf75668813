"""上年底数 from Excel: the year before's figure of every number, by the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huangshi_tasks.lib.text import full_width
from tasks.intake.baselines import set_baseline
from tasks.models import REPORTING, Indicator, Plan
from units.actors import Actor
from units.face.number_field import NumberField
from units.permissions import Verdict, can_run_the_year
from units.sheets.book import Book
from units.sheets.columns import Column, Table, Value
from units.sheets.known import ID, row_of, run_known
from units.sheets.reading import Line
from units.sheets.results import Result
from units.sheets.writing import Filled, write_book

HINT = "上年12月31日的数，只填数字，小数最多4位；没有的留空。"
FIGURE = NumberField(may_be_negative=True)
TABLE = Table(
    "上年底数",
    "上年底数",
    (
        ID,
        Column("code", "编号", 18),
        Column("item", "事项", 26),
        Column("what", "指标", 34),
        Column("measure", "计量单位", 10),
        Column("target", "本年目标", 14),
        Column("unit", "填报单位", 24),
        Column("baseline", "上年底数", 16, FIGURE, HINT, unit_in="measure", kind="number"),
    ),
    ("填上年底的实际数。比率类指标据此说明比上年底提高或下降多少。",),
)


@dataclass(frozen=True)
class BaselineSheet:
    """An `Import` (`units.sheets.running`) of one plan."""

    plan: Plan
    kind: str = "baselines"
    title: str = "上年底数"
    about: str = "成批填写各项指标的上年底数。"

    @property
    def scope(self) -> str:
        return self.plan.slug

    def may(self, actor: Actor) -> Verdict:
        return can_run_the_year(actor)

    def template(self, actor: Actor, now: datetime) -> bytes:
        rows = [row_of(str(each.pk), TABLE, _values(each, now)) for each in self._indicators()]
        return write_book([Filled(TABLE, rows)])

    def run(self, book: Book, actor: Actor, now: datetime) -> Result:
        indicators = {str(each.pk): each for each in self._indicators()}

        def write(row: Indicator, line: Line) -> None:
            set_baseline(indicator=row, baseline=line.values["baseline"], actor=actor, now=now)

        return run_known(
            book, TABLE, indicators, lambda row: _values(row, now), write, ("code", "what")
        )

    def _indicators(self) -> list[Indicator]:
        """Headline targets first, then as numbered."""
        found = Indicator.objects.filter(plan=self.plan).select_related("task", *REPORTING)
        ordered = found.prefetch_related("targets").order_by(
            "task__kind", "task__number", "ordinal", "pk"
        )
        return sorted(ordered, key=lambda each: each.task_id is not None)


def _values(indicator: Indicator, now: datetime) -> dict[str, Value]:
    task, held = indicator.task, indicator.reporter_on(now.date())
    target: Any = indicator.target_on(now.date())
    return {
        "code": task.code if task is not None else "主要预期目标",
        "item": full_width(task.short_title) if task is not None else None,
        "what": full_width(indicator.name),
        "measure": indicator.unit_of_measure,
        "target": target.value if target is not None else None,
        "unit": held.unit.name if held is not None else None,
        "baseline": indicator.baseline,
    }
