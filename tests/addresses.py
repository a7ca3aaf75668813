"""Every named address of the site, with arguments that lead to rows of the cast's small year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from huangshi_tasks.lib import clock
from progress.adjustments.acts import request_adjustment
from progress.closing.acts import claim_completion
from progress.models import (
    Adjustment,
    Closure,
    Evidence,
    EvidenceKind,
    Period,
    ProgressReport,
    Reminder,
    SiteVisit,
    SupportRequest,
    VisitDraw,
)
from progress.periods.opening import open_due_periods
from progress.visits.acts import plan_visit
from reports.bulletins.tests.papers import row_for_address
from reports.exports.asking import ask
from reports.models import ARCHIVE, Export
from reports.standings.tests.standings import row_for_address as standing_for_address
from tasks.action_plans import acts as action_plans
from tasks.action_plans.drafting import action_plan_of, set_planned_values
from tasks.desk.acts import begin
from tasks.holders.officers import assign
from tasks.models import (
    Designation,
    LeftOpen,
    Naming,
    NoticeDraft,
    NoticeSource,
    Plan,
    Portfolio,
    SubItem,
    Task,
)
from tasks.naming.acts import propose
from tasks.reader.sources.text import from_text
from tests.cast import Cast, accept_report, at, attach, file_report, make_item, report_of
from tests.matters import make_matters
from units.actors import Actor
from units.models import ApiToken, Post, SheetUpload, UnitGroup
from units.tokens import acts as tokens

JUNE, JULY = "2022-06", "2022-07"
# Django's admin is one site with a door of its own; it is tested through that door.
APART = ("admin:",)
# a ladder, a channel, a workbook, an item, an adjustment
FIXED = {
    "kind": "filing",
    "key": "mail",
    "book": "ledger",
    "item_kind": "key_task",
    "what": "extension",
    "way": "phone",
    "step": "units",
    "chapter": 2,
    "name": "unreported",
}


@dataclass
class SmallYear:
    """One item of 市住建局: June accepted, July waits for the office, with a file; one project."""

    cast: Cast
    plan: Plan
    task: Task
    project: Task
    july: ProgressReport
    evidence: Evidence
    naming: Naming
    adjustment: Adjustment
    closure: Closure
    export: Export  # of the office's, waiting
    matters: dict[str, int]  # address → the row of 交办, 督办 that it leads to

    @property
    def actors(self) -> dict[str, Actor | None]:
        """Everybody who may come to a page; None is nobody logged in."""
        cast = self.cast
        return {
            "anonymous": None,
            "reporter": cast.reporter,
            "signer": cast.signer,
            "supporter": cast.supporter,
            "stranger": cast.stranger_reporter,
            "office": cast.office,
            "leader": cast.leader,
            "observer": cast.observer,
            "admin": cast.admin,
            "auditor": cast.auditor,
        }


def make_small_year(cast: Cast, plan: Plan) -> SmallYear:
    task = make_item(plan, cast)
    project = make_item(plan, cast, number=1, kind="practical_project", short_title="示例实事")
    accept_report(cast, report_of(task, cast.lead, JUNE), at("2022-07-04"), 150)
    july = report_of(task, cast.lead, JULY)
    report_of(project, cast.lead, JULY)
    july = file_report(cast, july, at("2022-08-02"), 180)
    list_a_thing(cast, task)
    plan_visit(task=task, actor=cast.office, now=at("2022-08-02"), draw=drawn(cast, plan, task))
    make_support_request(cast, july)
    evidence = attach(july, cast.reporter, at("2022-08-02"), EvidenceKind.EVIDENCE)
    plan_to_sign(cast, task)
    keep_sheets(cast, plan)
    naming, (adjustment, closure) = ask_the_lead(cast, project), ask_of(cast, project)
    matters = make_matters(cast, task)
    watch(cast)
    read_a_notice(cast)
    ask_token(cast)
    LeftOpen.objects.create(plan=plan, sentence="示例：单位名录中没有“市河湖保护中心”")
    LeftOpen.objects.create(plan=plan, sentence="示例：没有“市湿地站”", name="市湿地站")
    archive = ask(
        plan=plan, book=ARCHIVE, title="归档包", query="", actor=cast.office, now=at("2022-08-02")
    )
    open_due_periods(plan, clock.today())  # else each page of a test would, and the test undo it
    return SmallYear(
        cast, plan, task, project, july, evidence, naming, adjustment, closure, archive, matters
    )


def ask_of(cast: Cast, task: Task) -> tuple[Adjustment, Closure]:
    """What 市住建局 asks for on the project: more time, and that it be closed."""
    now = at("2022-08-02")
    adjustment = request_adjustment(
        task=task,
        kind="extension",
        reason="示例：管线迁改。",
        starts_on=now.date(),
        detail={"due_on": "2023-06-30"},
        actor=cast.reporter,
        now=now,
    )
    said = "示例：全部完工。"
    return adjustment, claim_completion(task=task, statement=said, actor=cast.signer, now=now)


def plan_to_sign(cast: Cast, task: Task) -> None:
    """The 办理方案 of the item waits for the signature of 市住建局."""
    action_plan = action_plan_of(task, at("2022-08-01").date())
    for_all: dict[str, Any] = {
        "action_plan": action_plan,
        "actor": cast.reporter,
        "now": at("2022-08-01"),
    }
    indicator = task.indicators.get(ordinal=1)
    values = {date(2022, 12, 31): Decimal(300)}
    set_planned_values(indicator=indicator, values=values, **for_all)
    action_plans.submit(**for_all)


def read_a_notice(cast: Cast) -> NoticeDraft:
    """The draft of another year, with one item of the lead."""
    lead = f"（牵头单位：{cast.lead.name}）"
    text = f"关于印发2023年重点工作的通知\n一、建设\n1.示例：建成公园3座。{lead}\n"
    return begin(source=from_text(text), checked=None, actor=cast.office, now=at("2022-08-02"))


def ask_token(cast: Cast) -> ApiToken:
    """A token of the office, which waits for the administrator."""
    return tokens.ask(
        actor=cast.office,
        now=at("2022-08-02"),
        name="示例平台",
        purpose="示例：读取定稿",
        scopes=["read_finalized"],
        addresses=["127.0.0.1"],
        expires_on=date(2022, 12, 31),
    )


def drawn(cast: Cast, plan: Plan, task: Task) -> VisitDraw:
    """A draw with one item in it."""
    return VisitDraw.objects.create(
        plan=plan,
        seed="示例",
        pool=[task.pk],
        pool_name="重点工作",
        how_many=1,
        drawn_at=at("2022-08-02"),
        drawn_by=cast.office.user,
        drawn_by_name=cast.office.name,
    )


def list_a_thing(cast: Cast, task: Task) -> SubItem:
    """One 子项 of the item's number, kept by 市住建局."""
    return SubItem.objects.create(
        indicator=task.indicators.get(),
        unit=cast.lead,
        name="示例道路",
        changed_at=at("2022-08-02"),
        changed_by=cast.reporter.user,
        changed_by_name=cast.reporter.name,
    )


def keep_sheets(cast: Cast, plan: Plan) -> None:
    """A workbook that waits to be written, of the liaison and of the administrator; files gone."""
    senders = {"filing": (cast.reporter, plan.slug), "accounts": (cast.admin, "")}
    for kind, (actor, scope) in senders.items():
        SheetUpload.objects.create(
            kind=kind,
            scope=scope,
            name="示例.xlsx",
            sha256="0" * 64,
            uploaded_by=actor.user,
            role=actor.role,
            unit=actor.unit,
            uploaded_at=at("2022-08-02"),
        )


def watch(cast: Cast) -> None:
    """A 责任督查员 of 市住建局."""
    post = Post.objects.create(title="责任督查员（示例）", kind="supervisor")
    day = at("2022-08-01")
    assign(post=post, unit=cast.lead, starts_on=day.date(), actor=cast.office, now=day)


def ask_the_lead(cast: Cast, task: Task) -> Naming:
    """A 相关… of the project; 市住建局 is asked whether it is meant."""
    group = UnitGroup.objects.create(name="相关市政府部门", mode="relevant")
    designation = Designation.objects.create(
        task=task, role="support", ordinal=9, printed="相关市政府部门", group=group
    )
    return propose(
        designation=designation, unit_id=cast.lead.pk, actor=cast.office, now=at("2022-08-02")
    )


def make_support_request(cast: Cast, report: ProgressReport) -> SupportRequest:
    """市住建局 asks 市财政局, which has not answered."""
    return SupportRequest.objects.create(
        report=report,
        unit=cast.support,
        question="示例：请提供资金拨付数。",
        due_on=report.due_on,
        asked_by=cast.reporter.user,
        asked_by_name=cast.reporter.name,
        asked_at=at("2022-08-02"),
    )


def names() -> list[str]:
    """The names of all addresses, namespaced, without the admin's own."""
    found = {name for name, _ in _walk(get_resolver(), "")}
    return sorted(name for name in found if not name.startswith(APART))


def address(name: str, year: SmallYear) -> str:
    """The address called `name` for the rows of `year`."""
    pattern = next(pattern for found, pattern in _walk(get_resolver(), "") if found == name)
    wanted = pattern.pattern.converters
    return reverse(name, kwargs={key: _argument(name, key, year) for key in wanted})


def _group() -> UnitGroup:
    """A designation whose members are listed."""
    made, _ = UnitGroup.objects.get_or_create(name="示例称谓", defaults={"mode": "all"})
    return made


def _argument(name: str, key: str, year: SmallYear) -> object:
    if key == "slug":
        return year.plan.slug
    if key == "draft":
        return NoticeDraft.objects.get().pk
    if key == "source":
        return NoticeSource.objects.get().pk
    if key == "number":
        return year.project.number if "project" in name else year.task.number
    if key == "kind" and name.startswith("units:"):
        return "accounts"
    if key in FIXED:
        return FIXED[key]
    if name == "progress:notice":
        return Reminder.objects.filter(recipient=year.cast.reporter.user).order_by("pk")[0].pk
    if name == "units:token_do" and key == "pk":
        return ApiToken.objects.get().pk
    if name in ("progress:left_open_solve", "progress:left_open_name"):
        return LeftOpen.objects.get(name="" if "solve" in name else "市湿地站").pk
    if name == "units:person":
        return year.cast.reporter.user.pk
    if name == "units:group":
        return _group().pk
    if name == "units:post":
        return Post.objects.get_or_create(title="示例职务", kind="city_leader")[0].pk
    if name in ("reports:unit", "progress:unit_kept") or key == "unit":
        return year.cast.lead.pk
    if name.startswith("reports:standing"):
        return standing_for_address(name, year.plan, year.cast)
    if name.startswith("reports:bulletin"):
        return row_for_address(name, year.plan, year.cast)
    if name.startswith("reports:report_sheet"):
        return year.july.pk
    if name == "reports:county":
        return year.cast.lead.pk
    if "handover" in name:
        return year.cast.reporter.appointment.pk
    if "adjustment" in name:
        return year.adjustment.pk
    if "closure" in name:
        return year.closure.pk
    if name in ("progress:sub_items_of", "progress:sub_item_add"):
        return year.task.indicators.get().pk
    if name == "progress:visit_drawn":
        return VisitDraw.objects.get().pk
    if "progress:visit" in name:
        return SiteVisit.objects.get().pk
    if "sub_item" in name:
        return SubItem.objects.get().pk
    if key == "word":
        return "filing"
    if key == "act":
        return {"progress:matter_do": "close", "progress:order_do": "send"}.get(name, "decline")
    if name in year.matters:
        return year.matters[name]
    if "sheet_" in name:
        return SheetUpload.objects.get(kind="accounts" if "units" in name else "filing").pk
    if name in ("progress:support_answer", "progress:support_take_back"):
        return SupportRequest.objects.get().pk
    if "duty" in name:
        return year.july.responsibility_id
    if "officer" in name:
        return Portfolio.objects.get().pk
    turning = ("progress:turn_take_back", "progress:turn_answer")
    of_an_item = ("tasks:change", "tasks:commitment", "tasks:stated")
    if any(each in name for each in of_an_item) or name in turning:
        return year.task.pk
    if "action_plan" in name:
        return year.task.pk
    if "naming" in name:
        is_one = name.endswith(("answer", "decide"))
        return year.naming.pk if is_one else year.naming.designation_id
    if "export" in name:
        return year.export.pk
    if "evidence" in name:
        return year.evidence.pk if "upload" not in name else year.july.pk
    if "period" in name or "finalize" in name:
        return Period.objects.get(plan=year.plan, code=JULY).pk
    return year.july.pk


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _walk(entry, space)
        elif entry.name:
            yield f"{prefix}{entry.name}", entry
