"""The cast of the tests of a month: units and their people, a plan, items, and a filed report.

People are named by unit and role. `make_*` build rows; `file_report` walks a report through the
workflow as the cast would.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from huangshi_tasks.lib.clock import SHANGHAI
from progress.contents.promises import DONE, promises_of
from progress.contents.row_sources import Sources
from progress.contents.rows import rows_of
from progress.contents.values import keys_of
from progress.filing import drafts
from progress.judging.earlier import previous_version
from progress.lifecycle import by_office, by_unit
from progress.models import Evidence, EvidenceKind, Period, ProgressReport
from progress.periods.opening import ensure_periods, ensure_reports
from tasks.models import (
    Indicator,
    IndicatorShare,
    IndicatorTarget,
    Milestone,
    Plan,
    PlanRule,
    Responsibility,
    Task,
)
from units.actors import Actor
from units.models import Appointment, Role, Unit, User

STARTS_ON = date(2022, 1, 21)
YEAR_END = date(2022, 12, 31)
TEXT = "示例：本期完成第一批，正在实施第二批。"
# what the item's own report says beside
BESIDE = {"problems": "无", "next_steps": "示例：实施第三批。", "light_reason": "示例：征地滞后。"}
TEXTS = {"2022-06": "示例：招标结束，施工队伍进场，征地协议签订过半。"}  # other periods: TEXT


def at(day: str, clock: str = "10:00:00") -> datetime:
    """A moment in Huangshi: `at("2022-08-05", "23:59:59")`."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), SHANGHAI)


def only_filings(plan: Plan) -> None:
    """Nothing else is open in `plan`: all is received, and no 办理方案 is asked for."""
    Responsibility.objects.filter(task__plan=plan).update(received_at=at("2022-01-24"))
    PlanRule.objects.create(plan=plan, key="ladder.action_plan", value=[], starts_on=STARTS_ON)


def make_unit(name: str, kind: str = "municipal_department") -> Unit:
    return Unit.objects.create(name=name, kind=kind)


def make_actor(role: Role, unit: Unit | None = None, *, name: str = "", **fields: Any) -> Actor:
    label = name or f"{unit.name if unit else ''}{role.label}"
    user = User.objects.create(username=label, display_name=label, must_change_password=False)
    appointment = Appointment.objects.create(
        user=user, role=role, unit=unit, starts_on=STARTS_ON, **fields
    )
    return Actor(user, appointment)


@dataclass
class Cast:
    """督查室, 牵头, 共同牵头, 县, 配合, 无关单位 and those who only read."""

    lead: Unit = field(default_factory=lambda: make_unit("市住建局"))
    co_lead: Unit = field(default_factory=lambda: make_unit("市城管委"))
    county: Unit = field(default_factory=lambda: make_unit("大冶市政府", "county_government"))
    support: Unit = field(default_factory=lambda: make_unit("市财政局"))
    stranger: Unit = field(default_factory=lambda: make_unit("市体育局"))

    def __post_init__(self) -> None:
        self.office = make_actor(Role.OFFICE, name="督查室 审核员")
        self.office_head = make_actor(Role.OFFICE, name="督查室 负责人", is_head=True)
        self.reporter = make_actor(Role.REPORTER, self.lead)
        self.signer = make_actor(Role.SIGNER, self.lead)
        self.co_reporter = make_actor(Role.REPORTER, self.co_lead)
        self.co_signer = make_actor(Role.SIGNER, self.co_lead)
        self.county_reporter = make_actor(Role.REPORTER, self.county)
        self.county_signer = make_actor(Role.SIGNER, self.county)
        self.supporter = make_actor(Role.REPORTER, self.support)
        self.stranger_reporter = make_actor(Role.REPORTER, self.stranger)
        self.stranger_signer = make_actor(Role.SIGNER, self.stranger)
        self.leader = make_actor(Role.LEADER, name="市领导")
        self.observer = make_actor(Role.OBSERVER, name="绩效办")
        self.admin = make_actor(Role.ADMIN, name="系统管理员")
        self.auditor = make_actor(Role.AUDITOR, name="审计员")


def make_plan(state: str = "active") -> Plan:
    plan = Plan.objects.create(
        series="政府重点工作",
        year=2022,
        slug="2022",
        title="2022年重点工作（示例）",
        document_number="示例〔2022〕1号",
        issued_on=STARTS_ON,
        source_text="示例",
        state=state,
    )
    ensure_periods(plan)
    return plan


def make_task(plan: Plan, number: int = 1, **fields: Any) -> Task:
    defaults: dict[str, Any] = {
        "kind": "key_task",
        "text": "改造道路300公里。",
        "short_title": f"道路改造{number}",
        "tracking": "quantitative",
        "cycle": "monthly",
    }
    return Task.objects.create(plan=plan, number=number, **{**defaults, **fields})


def make_responsibility(
    task: Task, unit: Unit, role: str = "lead", *, is_primary: bool = False, **fields: Any
) -> Responsibility:
    starts_on = fields.pop("starts_on", STARTS_ON)
    return Responsibility.objects.create(
        task=task, unit=unit, role=role, is_primary=is_primary, starts_on=starts_on, **fields
    )


def make_indicator(
    task: Task, responsibility: Responsibility, target: int = 300, **fields: Any
) -> Indicator:
    defaults: dict[str, Any] = {
        "ordinal": task.indicators.count() + 1,
        "name": "改造道路",
        "unit_of_measure": "公里",
        "comparator": "ge",
        "kind": "cumulative",
        "source_text": "300公里",
    }
    indicator = Indicator.objects.create(
        plan=task.plan, task=task, responsibility=responsibility, **{**defaults, **fields}
    )
    IndicatorTarget.objects.create(indicator=indicator, value=Decimal(target), starts_on=STARTS_ON)
    return indicator


def make_share(indicator: Indicator, unit: Unit, value: int) -> IndicatorShare:
    return IndicatorShare.objects.create(
        indicator=indicator, unit=unit, value=Decimal(value), starts_on=STARTS_ON
    )


def make_milestone(task: Task, responsibility: Responsibility, due_on: date) -> Milestone:
    return Milestone.objects.create(
        task=task,
        ordinal=task.milestones.count() + 1,
        title="开工",
        due_on=due_on,
        responsibility=responsibility,
    )


def make_item(plan: Plan, cast: Cast, number: int = 1, **fields: Any) -> Task:
    """An item of 市住建局 with one number, 300 km, supported by 市财政局."""
    task = make_task(plan, number, **fields)
    primary = make_responsibility(task, cast.lead, is_primary=True)
    make_responsibility(task, cast.support, "support")
    if task.tracking == "quantitative":
        make_indicator(task, primary)
    return task


def period_of(plan: Plan, code: str) -> Period:
    return Period.objects.get(plan=plan, code=code)


def report_of(task: Task, unit: Unit, code: str = "2022-07") -> ProgressReport:
    """The report that `unit` owes on `task`, made if the period has none yet."""
    period = period_of(task.plan, code)
    ensure_reports(period, period.opens_on)
    return ProgressReport.objects.get(
        period=period, responsibility__task=task, responsibility__unit=unit
    )


def fill(
    report: ProgressReport, actor: Actor, now: datetime, km: object = None, **values: Any
) -> drafts.Saved:
    """Type the texts, and `km` into the item's first indicator; what was announced last is done."""
    text = TEXTS.get(report.period.code, TEXT)
    posted: dict[str, Any] = {"progress": text, **BESIDE, **said_of_last(report), **values}
    if km is not None:
        indicator = report.task.indicators.order_by("ordinal")[0]
        posted[f"reading:{indicator.pk}::value"] = Decimal(str(km))
    base = drafts.fingerprint(report.latest())
    return save_draft(report=report, actor=actor, now=now, values=posted, base=base)


def said_of_last(report: ProgressReport) -> dict[str, Any]:
    """The field of each step that was announced last, with 已完成."""
    before = previous_version(report)
    steps = promises_of(before.next_steps, {}) if before is not None else []
    return {f"{step.prefix}state": DONE for step in steps}


def save_draft(report: ProgressReport, **saved: Any) -> drafts.Saved:
    """`drafts.save_draft` of somebody who was shown the rows as they are now."""
    rows = rows_of(report, report.latest(), Sources.of([report]))
    return drafts.save_draft(report=report, allowed=keys_of(rows), **saved)


def attach(report: ProgressReport, actor: Actor, now: datetime, kind: EvidenceKind) -> Evidence:
    return Evidence.objects.create(
        task=report.task,
        version=report.latest(),
        unit=report.unit,
        kind=kind,
        name="示例.pdf",
        file="evidence/example.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_by=actor.user,
        uploaded_by_name=actor.name,
        uploaded_at=now,
    )


def file_report(
    cast: Cast, report: ProgressReport, now: datetime, km: object = None, **values: Any
) -> ProgressReport:
    """Typed, signed and sent by 市住建局; it waits for the office."""
    fill(report, cast.reporter, now, km, **values)
    by_unit.submit(report=report, actor=cast.reporter, now=now)
    return by_unit.sign(report=report, actor=cast.signer, now=now)


def accept_report(
    cast: Cast, report: ProgressReport, now: datetime, km: object = None, **values: Any
) -> ProgressReport:
    """Filed and accepted."""
    sent = file_report(cast, report, now, km, **values)
    return by_office.accept(report=sent, actor=cast.office, now=now, digest="示例采用稿。")
