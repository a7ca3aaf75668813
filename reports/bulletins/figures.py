"""What the queries say of a finalized period, as plain data that a bulletin keeps.

Every count is that of `reports.stats` over the rows of the screen. A restricted item counts and is
not named: the paper goes to all units (design.md section 4, Who sees what).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from huangshi_tasks.lib.text import full_width, percent, signed_points
from progress.lights.light import REACHED
from progress.models import Period
from progress.states import Light
from reports.before_signing.shapes import Figures, Item, Problem, ProjectFigures, Source, Unpunctual
from reports.ledger.coordination import problems_of
from reports.ledger.rows import LedgerRow, load_rows
from reports.numbers.dated import said_mark
from reports.numbers.sentences import months_of, next_month, said_of
from reports.projects.page import Project, projects_of
from reports.stats import lights, severity
from reports.stats.filings import Scope, rates_of
from reports.stats.lights import Tally
from tasks.models import Plan, Visibility
from units.actors import Actor
from units.renaming.names import names_on


def figures_of(plan: Plan, period: Period, actor: Actor, today: date) -> Figures:
    """Everything that papers of `period` say, as the office's screen has it; about 20 queries."""
    as_of = period.data_as_of
    rows = load_rows(plan, actor, today, with_filings=False, until=as_of)
    tally = lights.tally(rows)
    behind = severity.behind(rows, everything=True).rows
    named = [row for row in rows if row.task.visibility == Visibility.NORMAL]
    open_behind = [row for row in behind if row.task.visibility == Visibility.NORMAL]
    return Figures(
        as_of=as_of.isoformat(),
        total=tally.total,
        parts=parts_of(tally),
        share=percent(tally.share_on_time),
        behind=[_item(row) for row in open_behind],
        reached=[_item(row) for row in named if row.light in REACHED],
        hidden=len(behind) - len(open_behind),
        unpunctual=_unpunctual(plan, as_of, rows),
        problems=_problems(named),
        projects=[_project(each) for each in projects_of(named).projects],
        is_sample=plan.is_sample,
        in_review=[_item(row) for row in named if row.light == Light.IN_REVIEW],
        parts_in_review=sum(
            row.frozen is not None and row.frozen.parts_in_review > 0 for row in named
        ),
    )


def parts_of(tally: Tally) -> list[tuple[str, str, int]]:
    """The parts of the counts sentence; they add up to the total."""
    return [(part.light, part.word, part.count) for part in tally.sentence]


def _item(row: LedgerRow) -> Item:
    frozen = row.frozen
    primary = row.primary
    return Item(
        task=row.task.pk,
        code=row.task.code,
        title=full_width(row.task.short_title),
        unit=primary.pk if primary is not None else None,
        unit_name=full_width(primary.name) if primary is not None else "",
        leads=full_width("、".join(row.leads)),
        posts="、".join(post.title for post in row.posts),
        light=str(row.light),
        word=str(Light(row.light).label),
        percent=_percent(frozen.percent if frozen is not None else None),
        expected=_percent(frozen.expected if frozen is not None else None),
        gap=_gap(frozen.gap if frozen is not None else None),
        facts=_facts(row),
        reason=frozen.unit_reason.strip() if frozen is not None else "",
        next_step=frozen.next_digest.strip() if frozen is not None else "",
        digest=frozen.digest.strip() if frozen is not None else "",
        source=_source(row),
        figures_on=row.figures_on.isoformat() if row.figures_on is not None else "",
        old_figures=row.figures_mark,
        old_words=row.said_mark,
        is_missing=frozen is not None and frozen.is_missing,
    )


def _source(row: LedgerRow) -> Source | None:
    source, frozen = row.source, row.frozen
    if source is None or frozen is None or frozen.version_id is None:
        return None
    return Source(
        report=source.report_id,
        number=source.number,
        version=frozen.version_id,
        label=source.label,
        as_of=source.data_as_of.isoformat(),
    )


def _percent(value: Decimal | None) -> str:
    return percent(value) if value is not None else "—"


def _gap(value: Decimal | None) -> str:
    return signed_points(value) if value is not None else "—"


def _facts(row: LedgerRow) -> str:
    """Why the item is named, in words; a light without a percent is told as such."""
    frozen = row.frozen
    if frozen is None:
        return ""
    if frozen.override_reason:
        words = f"经督查室认定为{frozen.get_light_display()}"
    elif row.light == Light.NOT_STARTED:
        words = "尚未启动"
    elif frozen.percent is None:
        words = f"推进情况为{frozen.get_light_display()}"
    else:
        words = frozen.reason
    return "；".join([words.rstrip("。"), *row.marks])


def _unpunctual(plan: Plan, as_of: date, rows: Sequence[LedgerRow]) -> list[Unpunctual]:
    """Units with anything late or missing in the finalized periods of that day."""
    scope = Scope([row.task.pk for row in rows])
    periods = list(Period.objects.filter(plan=plan, data_as_of=as_of).finalized())
    found, names = [], names_on(as_of)
    for rate in rates_of(plan, periods, scope):
        said = [sentence for each in rate.by_period.values() if (sentence := each.sentence)]
        if said:
            name = full_width(names.get(rate.unit.pk, rate.unit.name))
            found.append(Unpunctual(unit=rate.unit.pk, unit_name=name, facts="；".join(said)))
    return found


def _problems(rows: Sequence[LedgerRow]) -> list[Problem]:
    return [
        Problem(
            code=each.row.task.code,
            title=full_width(each.row.task.short_title),
            unit_name=full_width(each.unit.name),
            text=each.version.coordination.strip(),
            task=each.row.task.pk,
            old_words=said_mark(each.source, each.row.of),
        )
        for each in problems_of(rows)
    ]


def _project(project: Project) -> ProjectFigures:
    row = project.row
    frozen, as_of = row.frozen, row.data_as_of
    return ProjectFigures(
        number=row.task.number,
        title=full_width(row.task.short_title),
        text=full_width(row.task.text),
        units=full_width("、".join(row.leads)),
        word=str(Light(row.light).label),
        said=[words for each in project.lines if (words := said_of(each.line))],
        sentence=project.sentence,
        plan_sentence=project.plan_sentence,
        sources=[str(note) for note in project.notes],
        task=row.task.pk,
        figures=project.measured,
        digest=frozen.digest.strip() if frozen is not None else "",
        head=f"{months_of(as_of)}进展" if as_of is not None else "",
        plan_head=next_month(as_of) if as_of is not None else "",
        next_step=frozen.next_digest.strip() if frozen is not None else "",
        source=_source(row),
        figures_on=row.figures_on.isoformat() if row.figures_on is not None else "",
        old_figures=row.figures_mark,
        old_words=row.said_mark,
    )
