"""A small year of items that differ in everything the ledger can filter by."""

from __future__ import annotations

from random import Random

from progress.periods.opening import open_due_periods
from progress.states import Light
from reports.tests.factories import freeze, make_area, make_post
from tasks.models import Designation, Plan, Responsibility, Task
from tasks.models import ResponsibilityRole as Role
from tests.cast import Cast, at, fill, make_responsibility, make_task, report_of
from units.models import Unit

ITEMS = 16
NOW = at("2022-08-03")
TEXTS = ("改造道路300公里。", "建成泊位6个,新增3家。", "推动国企改革(试点)。")


def make_random_year(plan: Plan, cast: Cast, seed: int) -> list[Task]:
    """Items with random areas, units, lights and filings; the same for the same seed."""
    rng = Random(seed)
    areas = [make_area(plan, ordinal) for ordinal in (1, 2, 3)]
    make_post("示例副市长甲", cast.lead)
    make_post("示例副市长乙", cast.co_lead)
    tasks = []
    for number in range(1, ITEMS + 1):
        is_project = number > ITEMS - 4
        area = None if is_project else rng.choice(areas)
        task = make_task(
            plan,
            number,
            kind="practical_project" if is_project else "key_task",
            area=area,
            theme=area.themes.get() if area else None,
            text=rng.choice(TEXTS),
            cycle=rng.choice(["monthly", "monthly", "quarterly"]),
        )
        _assign(task, cast, rng)
        if rng.random() < 0.85:
            freeze(task, rng.choice(list(Light)), percent=rng.choice([None, 30, 60]))
        tasks.append(task)
    open_due_periods(plan, NOW.date())
    _start_some(tasks, cast, rng)
    return tasks


def _assign(task: Task, cast: Cast, rng: Random) -> None:
    leading = Role.RESPONSIBLE if task.is_project else Role.LEAD
    units = rng.sample([cast.lead, cast.co_lead, cast.county, cast.support], 3)
    for ordinal, unit in enumerate(units):
        role = leading if ordinal < rng.choice([1, 2]) else Role.SUPPORT
        designate(task, unit, role, ordinal)
        make_responsibility(task, unit, role, is_primary=ordinal == 0, ordinal=ordinal)


def designate(task: Task, unit: Unit, role: str, ordinal: int = 0) -> Designation:
    """What the notice says of `unit`."""
    return Designation.objects.create(
        task=task, unit=unit, role=role, ordinal=ordinal, printed=unit.name
    )


def _start_some(tasks: list[Task], cast: Cast, rng: Random) -> None:
    """Drafts for some of the monthly items of 市住建局."""
    mine = Responsibility.objects.filter(unit=cast.lead, is_primary=True, task__cycle="monthly")
    for held in mine.filter(task__in=tasks):
        if rng.random() < 0.5:
            fill(report_of(held.task, cast.lead), cast.reporter, NOW)
