"""Two years in one house: December of 2022 is being settled, 2023 and a special plan have begun.

`owed_*` say what waits for whom by plain loops over the tables, apart from every list of the
product.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from progress.lifecycle import by_office, by_unit
from progress.models import (
    Instruction,
    Period,
    PeriodState,
    ProgressReport,
    ReportState,
    SupportRequest,
)
from progress.periods.opening import ensure_periods, open_due_periods
from tasks.models import ActionPlan, Plan, PlanState, Responsibility
from tests.cast import Cast, at, file_report, fill, make_item, make_plan, report_of
from units.models import Unit

NOW = at("2023-01-10")
TODAY = NOW.date()
UNSENT = (ReportState.DRAFT, ReportState.RETURNED, ReportState.SIGNING)


@dataclass
class TwoYears:
    """`old` with overdue filings, `new` begun, `special` beside it with filings of its own."""

    cast: Cast
    old: Plan
    new: Plan
    special: Plan

    @property
    def plans(self) -> list[Plan]:
        return [self.old, self.new, self.special]


def make_two_years() -> TwoYears:
    cast, old = Cast(), make_plan()
    new = begun(old, 2023, "2023")
    special = begun(old, 2022, "2022-2", series="优化营商环境行动", is_main=False)
    for plan in (old, new, special):
        for number in (1, 2, 3, 4, 5):
            make_item(plan, cast, number)
    # who owes what begins with the notice: items of the new year are nobody's before it
    Responsibility.objects.filter(task__plan=new).update(starts_on=new.issued_on)
    for plan in (old, new, special):
        open_due_periods(plan, TODAY)
    for plan in (old, special):
        _finalize_until(plan, "2022-11")
        _file_some(cast, plan)
    return TwoYears(cast, old, new, special)


def begun(like: Plan, year: int, slug: str, **fields: object) -> Plan:
    """Another plan that is being worked on."""
    values = {
        "series": like.series,
        "title": f"{year}年重点工作（示例）",
        "document_number": f"示例〔{year}〕1号",
        "issued_on": date(year, 1, 9) if year > like.year else like.issued_on,
        "source_text": "示例",
        "state": PlanState.ACTIVE,
    }
    plan = Plan.objects.create(year=year, slug=slug, **(values | fields))
    ensure_periods(plan)
    return plan


def _finalize_until(plan: Plan, code: str) -> None:
    """Nothing was ever filed until then; what is left is December."""
    done = Period.objects.filter(plan=plan, data_as_of__lt=date(2022, 12, 1))
    done.update(state=PeriodState.FINALIZED, finalized_at=at("2022-12-15"))


def _file_some(cast: Cast, plan: Plan) -> None:
    """One of each: with the office, with the signer, sent back, a draft, and one untouched."""
    reports = [report_of(task, cast.lead, "2022-12") for task in plan.tasks.order_by("number")]
    file_report(cast, reports[0], at("2023-01-04"), 290)
    fill(reports[1], cast.reporter, at("2023-01-04"), 290)
    by_unit.submit(report=reports[1], actor=cast.reporter, now=at("2023-01-04"))
    sent = file_report(cast, reports[2], at("2023-01-04"), 280)
    by_office.return_to_unit(
        report=sent, actor=cast.office, now=at("2023-01-05"), reason="示例：数据与上期不衔接。"
    )
    fill(reports[3], cast.reporter, at("2023-01-06"), 270)


def active() -> Iterator[Plan]:
    for plan in Plan.objects.all():
        if plan.state == "active":
            yield plan


def owed_by(unit: Unit, today: date = TODAY) -> set[str]:
    """Addresses of the filings that the unit still has to send."""
    found = set()
    for plan in active():
        for report in ProgressReport.objects.filter(period__plan=plan):
            held = report.responsibility
            ends = held.ends_on or date.max
            day = report.period.data_as_of
            if (
                held.unit_id == unit.pk
                and report.state in UNSENT
                and report.period.state == "collecting"
                and report.period.opens_on <= today
                and (report.first_left_at or held.starts_on <= day <= ends)
            ):
                found.add(f"/{plan.slug}/reports/{report.pk}/")
    return found


def to_sign(unit: Unit) -> set[str]:
    """Addresses of what waits for the signature of the unit's head."""
    return {
        f"/{report.period.plan.slug}/signing/{report.pk}/"
        for report in ProgressReport.objects.all()
        if report.state == "signing"
        and report.responsibility.unit_id == unit.pk
        and report.period.plan.state == "active"
    }


def to_review() -> set[str]:
    """Addresses of what waits for the office."""
    return {
        f"/{report.period.plan.slug}/review/{report.pk}/"
        for report in ProgressReport.objects.all()
        if report.state == "reviewing" and report.period.plan.state == "active"
    }


def unsent(today: date = TODAY) -> set[str]:
    """Addresses of what no unit has sent yet, for 未报清单."""
    units = {held.unit for held in Responsibility.objects.all()}
    never_left = {
        f"/{report.period.plan.slug}/reports/{report.pk}/"
        for report in ProgressReport.objects.all()
        if report.first_left_at is None
    }
    return {url for unit in units for url in owed_by(unit, today)} & never_left


def answers_of(unit: Unit) -> set[str]:
    """Addresses of matters, 办理方案, 征询 and 责任 on which the unit has something to do."""
    found = set()
    for plan in active():
        slug = plan.slug
        for matter in Instruction.objects.filter(plan=plan):
            if matter.state == "registered" and any(
                held.unit_id == unit.pk and held.role == "lead" for held in matter.units.all()
            ):
                found.add(f"/{slug}/matters/{matter.pk}/")
        for action_plan in ActionPlan.objects.filter(task__plan=plan):
            if action_plan.state in ("signing", "returned"):
                found.add(f"/{slug}/action-plans/{action_plan.task_id}/")
        for asked in SupportRequest.objects.filter(report__period__plan=plan):
            if asked.unit_id == unit.pk and asked.state == "asked":
                found.add(f"/{slug}/supports/")
        for held in Responsibility.objects.filter(task__plan=plan, unit=unit):
            if held.received_at is None and held.ends_on is None and held.starts_on <= TODAY:
                found.add(f"/{slug}/duties/")
    return found
