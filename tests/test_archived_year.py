"""An archived year is only read, also by whoever calls an act without a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from progress.adjustments.acts import request_adjustment
from progress.closing.acts import claim_completion
from progress.closing.outcomes import set_outcome
from progress.lifecycle import by_office
from progress.visits.acts import plan_visit
from reports.exports.asking import ask
from reports.models import ARCHIVE
from tasks import workflow
from tasks.closed_years import year_of
from tasks.holders.officers import assign
from tasks.models import Plan, PlanState
from tasks.naming.acts import propose
from tests.addresses import SmallYear
from tests.cast import at
from tests.matters import make_instruction, make_order
from tests.month import third_of_august
from tests.test_every_transition import STATED, people, put, row_of, tables
from units import log
from units.errors import NotNow, Refused
from units.models import LogEntry, Post

__all__ = ["third_of_august"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]
NOW = at("2022-08-03")
# its own life; what is taken out of it, by hand or machine; the notice of another year
ELSEWHERE = ("plan.", "export.", "noticedraft.", "apitoken.")


def archive(year: SmallYear) -> None:
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.ARCHIVED)


def refused(act: Callable[[], object], name: str) -> None:
    """With the sentence of the year, and nothing is logged."""
    before, said = LogEntry.objects.count(), ""
    try:
        with transaction.atomic():
            act()
    except (Refused, NotNow) as refusal:
        said = str(refusal)
    assert "已归档" in said, name
    assert LogEntry.objects.count() == before


def test_every_transition_of_an_archived_year_is_refused(year: SmallYear) -> None:
    tried = 0
    for name, (sources, _, roles) in STATED.items():
        if name.startswith(ELSEWHERE):
            continue
        model, act = name.split(".")
        table = tables()[model]
        actor = people(year)[roles.split()[0]]
        with transaction.atomic():
            row = put(table, row_of(year, table), sources.split()[0])
            assert act in {each.name for each in table.available(row, actor)}, name
            archive(year)
            assert table.available(row, actor) == []
            with pytest.raises(Refused, match="已归档，只能查看和导出"):
                table.perform(act, row, actor=actor, now=NOW)
            transaction.set_rollback(True)
        tried += 1
    assert tried == len(STATED) - sum(name.startswith(ELSEWHERE) for name in STATED)


def acts(year: SmallYear) -> list[tuple[str, Callable[[], object]]]:
    """Acts that move no state of a table, each as its verb is called."""
    cast, plan, task = year.cast, year.plan, year.task
    office: dict[str, Any] = {"actor": cast.office, "now": NOW}
    post = Post.objects.create(title="副市长（示例）二", kind="supervisor")
    return [
        ("instruction", lambda: make_instruction(cast, plan)),
        ("order", lambda: make_order(cast, task)),
        ("visit", lambda: plan_visit(task=year.project, because="示例：临近期限。", **office)),
        ("officer", lambda: assign(post=post, task=task, starts_on=NOW.date(), **office)),
        (
            "adjustment",
            lambda: request_adjustment(
                task=year.task,
                kind="extension",
                reason="示例：管线迁改。",
                starts_on=NOW.date(),
                detail={"due_on": "2023-06-30"},
                actor=cast.reporter,
                now=NOW,
            ),
        ),
        (
            "closure",
            lambda: claim_completion(task=task, statement="示例。", actor=cast.signer, now=NOW),
        ),
        ("outcome", lambda: set_outcome(task=task, outcome="done", note="", **office)),
        ("accept", lambda: by_office.accept(report=year.july, **office)),
        ("main", lambda: workflow.mark_main(plan=plan, is_main=False, **office)),
        (
            "naming",
            lambda: propose(designation=year.naming.designation, unit_id=cast.support.pk, **office),
        ),
    ]


def test_every_act_on_an_archived_year_is_refused(year: SmallYear) -> None:
    """Each is one that would be done in a year that is open."""
    for name, act in acts(year):
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
        with transaction.atomic():
            archive(year)
            refused(act, name)
            transaction.set_rollback(True)


def test_whatever_is_logged_of_an_archived_year_is_refused(year: SmallYear) -> None:
    """Also of rooms that nobody has built yet: by the row."""
    rows = [
        row
        for model in apps.get_models()
        if model._meta.app_label in ("tasks", "progress", "reports")
        for row in model._base_manager.all()[:1]
        if year_of(row) == year.plan.pk
    ]
    assert len(rows) > 25
    archive(year)
    for row in rows:
        refused(
            partial(log.record, action="some.act", summary="示例", subject=row, now=NOW),
            row._meta.label,
        )


def test_it_is_still_taken_out_and_opened_again(year: SmallYear) -> None:
    archive(year)
    cast = year.cast
    ask(plan=year.plan, book=ARCHIVE, title="归档包", query="", actor=cast.office, now=NOW)
    log.record(action="evidence.download", summary="示例", subject=year.evidence, now=NOW)
    workflow.reopen(plan=year.plan, actor=cast.office, now=NOW, reason="示例：按会议决定。")
    assert make_instruction(cast, year.plan).pk
