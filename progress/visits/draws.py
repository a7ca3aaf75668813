"""抽取: items drawn at random for 核查, so that anybody can repeat the draw.

Each item of the pool gets the number sha256(seed + ":" + its name as the notice counts it, such as
重点工作第17项) of the UTF-8 text; the smallest are drawn. No programme of ours is needed to check.
An item of several lots (`lots`) gets a number for each, with 第2签, 第3签 behind its name, and the
smallest of them counts.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from progress.models import Closure, SiteVisit, VisitDraw, VisitState
from progress.models.decisions import ClosureState
from progress.visits.acts import plan_visit
from progress.visits.lots import Lots, lots_of
from tasks.models import Plan, Task, TaskKind
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import can_run_the_year, require

MOST = 30
SEED_LENGTH = 64
ONE = (1, "")


class Pool(models.TextChoices):
    """What may be drawn from."""

    ALL = "all", "全部事项"
    KEY = "key", "重点工作"
    PROJECTS = "projects", "十件实事"
    CLAIMED = "claimed", "申请办结的事项"


@dataclass(frozen=True)
class Rank:
    """One item of the pool with its number."""

    task: Task
    digest: str
    is_drawn: bool
    lots: int = 1
    why: str = ""


def new_seed() -> str:
    """A seed nobody chose. A public number, such as one of the lottery, serves as well."""
    return secrets.token_hex(8)


def digest_of(seed: str, code: str) -> str:
    """The number of one item in a draw, as hexadecimal digits."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def ranked(seed: str, tasks: Iterable[Task], how_many: int, lots: Lots | None = None) -> list[Rank]:
    """The pool from the smallest number up; the first `how_many` are drawn. Pure."""
    of = lots or {}
    numbered = sorted(
        (_smallest(seed, task.code, of.get(str(task.pk), ONE)[0]), task.pk, task) for task in tasks
    )
    return [
        Rank(task, digest, place < how_many, *of.get(str(task.pk), ONE))
        for place, (digest, _, task) in enumerate(numbered)
    ]


def _smallest(seed: str, code: str, lots: int) -> str:
    names = [code, *(f"{code}第{lot}签" for lot in range(2, lots + 1))]
    return min(digest_of(seed, name) for name in names)


def pool_of(plan: Plan, pool: str) -> list[Task]:
    """The items that may be drawn: not those that wait for a visit already or are closed."""
    standing = SiteVisit.objects.filter(state__in=[VisitState.PLANNED, VisitState.RECORDED])
    closed = Closure.objects.filter(state=ClosureState.CLOSED)
    tasks = Task.objects.filter(plan=plan).exclude(pk__in=standing.values("task"))
    tasks = tasks.exclude(pk__in=closed.values("task"))
    if pool == Pool.CLAIMED:
        claimed = Closure.objects.filter(state=ClosureState.CLAIMED)
        tasks = tasks.filter(pk__in=claimed.values("task"))
    elif pool == Pool.KEY:
        tasks = tasks.filter(kind=TaskKind.KEY_TASK)
    elif pool == Pool.PROJECTS:
        tasks = tasks.filter(kind=TaskKind.PRACTICAL_PROJECT)
    return list(tasks)


@transaction.atomic
def draw(
    *, plan: Plan, pool: str, how_many: int, seed: str, actor: Actor, now: datetime
) -> VisitDraw:
    """Draw items and put each down for a visit; seed and pool go into the log. Raises `NotNow`."""
    require(can_run_the_year(actor))
    tasks = pool_of(plan, pool)
    if not 1 <= how_many <= min(MOST, len(tasks)):
        raise NotNow(
            f"{Pool(pool).label}中可抽取的有{len(tasks)}项，一次最多抽{MOST}项，请重填数量。"
        )
    made = VisitDraw.objects.create(
        plan=plan,
        seed=seed.strip() or new_seed(),
        pool=[task.pk for task in tasks],
        pool_name=Pool(pool).label,
        how_many=how_many,
        lots=lots_of(tasks, now.date()),
        drawn_at=now,
        drawn_by=actor.user,
        drawn_by_name=actor.name,
    )
    drawn = [rank.task for rank in ranks_of(made, tasks) if rank.is_drawn]
    for task in drawn:
        plan_visit(task=task, draw=made, actor=actor, now=now)
    _record(made, tasks, drawn, actor, now)
    return made


def ranks_of(made: VisitDraw, tasks: Sequence[Task] | None = None) -> list[Rank]:
    """The draw repeated from what was kept of it."""
    if tasks is None:
        tasks = list(Task.objects.filter(pk__in=made.pool).select_related("plan"))
    return ranked(made.seed, tasks, made.how_many, made.lots)


def _lots_in_words(made: VisitDraw, tasks: Sequence[Task]) -> Iterator[str]:
    for task in tasks:
        lots, why = (made.lots or {}).get(str(task.pk), ONE)
        if why:
            yield f"{task.code}{lots}签（{why}）"


def _record(
    made: VisitDraw, tasks: Sequence[Task], drawn: Sequence[Task], actor: Actor, now: datetime
) -> None:
    log.record(
        actor=actor,
        action="visit.draw",
        subject=made,
        summary=f"随机抽取核查事项：{made}，种子{made.seed}",
        changes={
            "seed": made.seed,
            "pool": "、".join(task.code for task in tasks),
            "drawn": "、".join(task.code for task in drawn),
            "lots": "、".join(_lots_in_words(made, tasks)),
        },
        now=now,
    )
