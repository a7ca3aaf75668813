"""抽取: items drawn at random for 核查, so that anybody can repeat the draw.

Each item of the pool gets the number sha256(seed + ":" + its name as the notice counts it, such as
重点工作第17项) of the UTF-8 text; the smallest are drawn. No programme of ours is needed to check.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from progress.models import Closure, SiteVisit, VisitDraw, VisitState
from progress.models.decisions import ClosureState
from progress.visits.acts import plan_visit
from tasks.models import Plan, Task, TaskKind
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import can_run_the_year, require

MOST = 30
SEED_LENGTH = 64


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


def new_seed() -> str:
    """A seed nobody chose. A public number, such as one of the lottery, serves as well."""
    return secrets.token_hex(8)


def digest_of(seed: str, code: str) -> str:
    """The number of one item in a draw, as hexadecimal digits."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def ranked(seed: str, tasks: Iterable[Task], how_many: int) -> list[Rank]:
    """The pool from the smallest number up; the first `how_many` are drawn. Pure."""
    numbered = sorted((digest_of(seed, task.code), task.pk, task) for task in tasks)
    return [
        Rank(task, digest, is_drawn=place < how_many)
        for place, (digest, _, task) in enumerate(numbered)
    ]


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
    return ranked(made.seed, tasks, made.how_many)


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
        },
        now=now,
    )
