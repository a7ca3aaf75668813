"""Loading the sample: everything or nothing, and only where nothing real exists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models, transaction

from demo.acts import HEAD
from demo.book import Book
from demo.people import create_people
from demo.targets import create_targets, sample_data
from demo.times import LAST_DAY, PREPARED_ON, moment
from demo.walk import Walk
from progress.models import (
    Adjustment,
    Closure,
    Evidence,
    HeadlineReading,
    Instruction,
    ProgressReport,
    Reminder,
    SiteVisit,
    SupervisionOrder,
    TaskPeriod,
    Urge,
)
from tasks.models import (
    ActionPlan,
    Indicator,
    IndicatorPlan,
    IndicatorShare,
    Milestone,
    Plan,
    PlanState,
    Portfolio,
    SubItem,
)
from units import log
from units.models import Appointment, Approval, LogEntry, Post, User

YEAR = 2022
OWN_ACTION = "plan.load"  # what loading the plan itself leaves in the log
REAL: tuple[type[models.Model], ...] = (
    User,
    Appointment,
    Post,
    Portfolio,
    Approval,
    IndicatorPlan,
    IndicatorShare,
    Milestone,
    ActionPlan,
    ProgressReport,
    TaskPeriod,
    HeadlineReading,
    Adjustment,
    Closure,
    Evidence,
    Instruction,
    SupervisionOrder,
    Urge,
    SubItem,
    SiteVisit,
)


class NotEmpty(Exception):  # noqa: N818  # an answer, not a fault
    """Something real exists, or the plan is missing; `str()` is a whole Chinese sentence."""


def is_loaded() -> bool:
    return Plan.objects.filter(is_sample=True).exists()


@transaction.atomic
def load_sample() -> Plan:
    """Write the sample year. Raises `NotEmpty` and writes nothing where anything real exists."""
    plan = _bare_plan()
    Plan.objects.filter(pk=plan.pk).update(is_sample=True)
    plan.is_sample = True
    people = create_people()
    create_targets(plan, people[HEAD].name)
    log.record(
        action="sample.load",
        summary="载入示例账号、分县目标、计划值和节点",
        now=moment(PREPARED_ON, 9),
        subject=plan,
    )
    book = Book(plan, people)
    Walk(book).run()
    _mark_read()
    _enter_headline(book)
    return plan


def _bare_plan() -> Plan:
    plans = list(Plan.objects.all())
    if not plans:
        raise NotEmpty("还没有年度任务，请先运行 load_plan。")
    (plan, *others) = plans
    if others or plan.year != YEAR or plan.state != PlanState.ACTIVE:
        raise NotEmpty("库中有其他年度任务，示例数据只能载入到刚载入2022年任务的空库。")
    found = [model._meta.verbose_name for model in REAL if model._default_manager.exists()]
    if LogEntry.objects.exclude(action=OWN_ACTION).exists():
        found.append(LogEntry._meta.verbose_name)
    if found:
        kinds = "、".join(str(name) for name in found)
        raise NotEmpty(f"库中已有实际数据（{kinds}），不能载入示例数据。")
    return plan


def _mark_read() -> None:
    """People have read their bell up to the day before: only the last day's lines are new."""
    old = Reminder.objects.filter(due_on__lt=LAST_DAY)
    old.update(read_at=moment(LAST_DAY, 8))


def _enter_headline(book: Book) -> None:
    """The published figures of the main targets, exactly as published."""
    actor = book.people[HEAD]
    for place, entry in enumerate(sample_data()["headline"]):
        now = moment(LAST_DAY, 17, place)
        reading = HeadlineReading.objects.create(
            indicator=Indicator.objects.get(plan=book.plan, task=None, name=entry["name"]),
            label=entry["label"],
            as_of=date.fromisoformat(entry["as_of"]),
            value=Decimal(str(entry["value"])),
            rank=entry["rank"],
            source=entry["source"],
            published_on=date.fromisoformat(entry["published_on"]),
        )
        log.record(
            actor=actor,
            action="headlinereading.enter",
            subject=reading,
            summary=f"录入主要预期目标读数：{reading}",
            changes={"value": reading.value, "source": reading.source},
            now=now,
        )
