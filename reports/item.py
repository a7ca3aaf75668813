"""事项详情: everything known of one item, for whom it may be known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from progress.judging import Live, judge_live
from progress.loading import load_tasks
from progress.models import Adjustment, Closure, Evidence, ProgressReport, TaskPeriod
from progress.opening import open_due_periods
from progress.owed import filing_state, with_versions
from reports.history import Event, events_of
from reports.lines import CountyTable, IndicatorLine, tables_of
from tasks.models import (
    Designation,
    Milestone,
    Responsibility,
    ResponsibilityRole,
    Task,
)
from tasks.portfolios import in_charge_of
from units.actors import Actor
from units.models import Appointment, Post


@dataclass(frozen=True)
class Contact:
    """A unit on the item, with whom to ask; the telephone only for those on the item."""

    responsibility: Responsibility
    reporters: list[str]
    signers: list[str]


@dataclass
class ItemPage:
    """The page, ready to print."""

    task: Task
    frozen: TaskPeriod | None
    live: Live | None
    judgements: list[TaskPeriod]
    lines: list[IndicatorLine]
    counties: list[CountyTable]
    milestones: list[Milestone]
    designations: dict[str, list[Designation]]
    contacts: list[Contact]
    sees_contacts: bool
    posts: list[Post]
    events: list[Event]
    files: list[Evidence]
    adjustments: list[Adjustment]
    closures: list[Closure]
    owed: list[tuple[ProgressReport, str]] = field(default_factory=list)

    @property
    def as_of(self) -> date | None:
        return self.frozen.period.data_as_of if self.frozen is not None else None


def item_page(found: Task, actor: Actor, today: date) -> ItemPage:
    """Gather the page of `found`, which the actor may see."""
    open_due_periods(found.plan, today)
    task = load_tasks([found.pk])[found.pk]
    judgements = list(
        TaskPeriod.objects.filter(task=task)
        .select_related("period", "version")
        .order_by("period__data_as_of")
    )
    frozen = judgements[-1] if judgements else None
    until = today if frozen is None else frozen.period.data_as_of
    tables = tables_of([task], until)[task.pk]
    held = list(
        Responsibility.objects.on(today)
        .filter(task=task)
        .select_related("unit", "designation__group")
    )
    on_it = any(each.unit_id == actor.unit_id for each in held) and actor.is_of_a_unit
    sees_contacts = actor.is_office or on_it
    events = events_of(task, actor)
    return ItemPage(
        task=task,
        frozen=frozen,
        live=judge_live([task], today).get(task.pk) if sees_contacts else None,
        judgements=judgements,
        lines=tables.lines,
        counties=tables.counties,
        milestones=list(task.milestones.all()),
        designations=_designations(task),
        contacts=_contacts(held, today, sees_contacts),
        sees_contacts=sees_contacts,
        posts=in_charge_of([task], today)[task.pk],
        events=events,
        files=_files(task, actor),
        adjustments=list(Adjustment.objects.filter(task=task).select_related("approval")),
        closures=list(Closure.objects.filter(task=task).select_related("approval")),
        owed=_owed(task, actor, today),
    )


def _designations(task: Task) -> dict[str, list[Designation]]:
    """Label → what the notice says, in its order."""
    labels = {
        ResponsibilityRole.LEAD: "牵头单位",
        ResponsibilityRole.RESPONSIBLE: "责任单位",
        ResponsibilityRole.SUPPORT: "配合单位",
    }
    found = list(
        Designation.objects.filter(task=task).select_related("unit", "group").order_by("ordinal")
    )
    grouped = {label: [d for d in found if d.role == role] for role, label in labels.items()}
    return {label: those for label, those in grouped.items() if those}


def _contacts(held: list[Responsibility], day: date, sees_contacts: bool) -> list[Contact]:
    """Who answers in the leading units; names only where the actor may see them."""
    leading = [each for each in held if each.role != ResponsibilityRole.SUPPORT]
    if not sees_contacts:
        return [Contact(each, [], []) for each in leading]
    units = [each.unit_id for each in leading]
    people = Appointment.objects.on(day).filter(unit__in=units, user__is_active=True)
    found = list(people.select_related("user"))
    return [
        Contact(
            each,
            [str(a.user) for a in found if a.unit_id == each.unit_id and a.role == "reporter"],
            [str(a.user) for a in found if a.unit_id == each.unit_id and a.role == "signer"],
        )
        for each in leading
    ]


def _files(task: Task, actor: Actor) -> list[Evidence]:
    visible = Evidence.objects.visible_to(actor).filter(task=task, withdrawn_at__isnull=True)
    return list(visible.order_by("-uploaded_at"))


def _owed(task: Task, actor: Actor, today: date) -> list[tuple[ProgressReport, str]]:
    """The filings of periods not yet finalized: the unit's own; to the office all of them."""
    reports = ProgressReport.objects.visible_to(actor).filter(responsibility__task=task)
    reports = reports.exclude(period__state="finalized")
    if actor.is_of_a_unit:
        reports = reports.of_unit(actor.unit)
    elif not actor.is_office:
        return []
    rows = with_versions(reports).order_by("due_on", "duty", "pk")
    return [(report, filing_state(report, today)) for report in rows]
