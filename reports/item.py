"""事项详情: everything known of one item, for whom it may be known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from progress.access import newest_opened, periods_of
from progress.gathering import Gatherer
from progress.judging import Live, live_of
from progress.models import (
    Adjustment,
    Closure,
    Evidence,
    ProgressReport,
    TaskPeriod,
)
from progress.owed import filing_state, with_versions
from reports.history import Event, events_of
from reports.lines import CountyTable, IndicatorLine, Past, past_of, tables_of
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
    judgements: list[tuple[TaskPeriod, list[Past]]]
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


def item_page(task: Task, actor: Actor, today: date) -> ItemPage:
    """Gather the page of `task`, which the actor may see; completes the object it is given."""
    period = newest_opened(task.plan, today).get(task.cycle)
    reports = _reports(task)
    gatherer = Gatherer([(task, period or periods_of(task.plan)[0])], reports=reports)
    judgements = gatherer.frozen[task.pk]
    frozen = judgements[-1] if judgements else None
    until = today if frozen is None else frozen.period.data_as_of
    tables = tables_of([task], until, gatherer.figures)[task.pk]
    held = list(Responsibility.objects.on(today).filter(task=task).select_related("unit"))
    on_it = any(each.unit_id == actor.unit_id for each in held) and actor.is_of_a_unit
    sees_contacts = actor.is_office or on_it
    return ItemPage(
        task=task,
        frozen=frozen,
        live=live_of(gatherer, task, period) if period is not None and sees_contacts else None,
        judgements=[
            (row, past_of(task, gatherer.figures, row.period.data_as_of)) for row in judgements
        ],
        lines=tables.lines,
        counties=tables.counties,
        milestones=list(task.milestones.all()),
        designations=_designations(task),
        contacts=_contacts(held, today, sees_contacts),
        sees_contacts=sees_contacts,
        posts=in_charge_of([task], today, held)[task.pk],
        events=events_of(reports, actor),
        files=_files(task, actor),
        adjustments=gatherer.adjustments[task.pk],
        closures=gatherer.closures[task.pk],
        owed=_owed(reports, actor, today),
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


def _reports(task: Task) -> list[ProgressReport]:
    """Every report of the item with its versions; what the actor may see of them is asked later."""
    reports = with_versions(ProgressReport.objects.filter(responsibility__task=task))
    return list(reports.select_related("accepted_version").prefetch_related("versions"))


def _owed(
    reports: Iterable[ProgressReport], actor: Actor, today: date
) -> list[tuple[ProgressReport, str]]:
    """The filings of periods not yet finalized: the unit's own; to the office all of them."""
    own = [
        report
        for report in reports
        if not report.period.is_finalized
        and (actor.is_office or (actor.is_of_a_unit and report.unit.pk == actor.unit_id))
    ]
    own.sort(key=lambda report: (report.due_on, report.duty, report.pk))
    return [(report, filing_state(report, today)) for report in own]
