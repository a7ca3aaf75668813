"""The whole way of each constructed notice, by the acts of the desk: from the file to 启用, to a
first report filed, signed and accepted. The same in a browser: `tests/test_notice_in_browser.py`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from progress.lifecycle import by_office, by_unit
from progress.models import Duty, ProgressReport, ReportState
from progress.starting.checks import UNREAD
from progress.starting.page import page_of_start
from progress.starting.tests.drafts import say, switch_on
from progress.states import Light
from tasks.desk.acts import begin
from tasks.desk.changes import ASIDE, NUMBERING, Change
from tasks.desk.content import Content, content_of
from tasks.desk.open_doubts import open_doubts
from tasks.models import NoticeDraft, Plan, TaskPart
from tasks.reader.decisions import HEAD
from tasks.reader.parsed import UNKNOWN
from tasks.reader.sources.opening import open_bytes
from tasks.reader.tests.labelled import DATA
from tests.cast import at, make_actor, make_unit, save_draft
from units.actors import Actor
from units.models import GroupMode, Role, Unit, UnitGroup

pytestmark = pytest.mark.django_db

SHORT = "c8_letter.docx"
OTHERS = (
    "c1_table.docx",
    "c2_sheet.xlsx",
    "c3_rolelines.docx",
    "c4_text.pdf",
    "c5_wechat.txt",
    "c6_projects.docx",
    "c7_restart_gb18030.txt",
)
NAMES = [SHORT, *(pytest.param(name, marks=pytest.mark.slow) for name in OTHERS)]


def _enter_units(content: Content) -> None:
    """The administrator enters whom the notice names: units, and collective designations."""
    named = [one for each in content.items for one in each.item.designations]
    for name in dict.fromkeys(one.name for one in named if one.target == UNKNOWN):
        if name.startswith("各"):
            UnitGroup.objects.create(name=name, mode=GroupMode.ALL, member_kind="county_government")
        elif name.startswith(("相关", "有关")) or name.endswith("成员单位"):
            UnitGroup.objects.create(name=name, mode=GroupMode.RELEVANT)
        else:
            Unit.objects.create(name=name, kind="municipal_department")


def _settle(draft: NoticeDraft, office: Actor, now: datetime) -> None:
    """What refuses 启用 is answered as the page asks for it."""
    content = content_of(draft)
    head = content.reading.head
    for key, value, is_there in (
        ("year", "2023", head.year is not None),
        ("issued_on", "2023-01-20", head.issued_on is not None),
        ("title", "关于印发2023年重点工作的通知", bool(head.title)),
    ):
        if not is_there:
            say(draft, office, Change(HEAD, key, value), now=now)
    for doubt in open_doubts(content):
        if doubt.kind in UNREAD:
            left_out = next(each for each in doubt.answers if each.words == "不采用")
            say(draft, office, Change.of(left_out.decision), now=now)
        elif doubt.kind in ("number_restarts", "number_twice"):
            say(draft, office, Change(NUMBERING, "", "running"), now=now)
    for each in content_of(draft).items:
        if not each.has_owner:
            say(draft, office, Change(ASIDE, each.key, "原文没有责任单位"), now=now)


def _first_report(plan: Plan) -> ProgressReport:
    waiting = ProgressReport.objects.filter(period__plan=plan, duty=Duty.MAIN)
    found = waiting.order_by("responsibility__task__number", "pk").first()
    assert found is not None
    return found


def _typed(report: ProgressReport) -> dict[str, Any]:
    """Texts, and about half of what is promised for every number."""
    numbers = report.task.indicators.prefetch_related("targets")
    halves = {f"reading:{each.pk}::value": round(each.targets.get().value / 2) for each in numbers}
    texts = {"progress": "示例：已开工，完成第一批。", "light_reason": "示例：按计划推进。"}
    texts |= {"problems": "无", "next_steps": "示例：下月完成第二批。"}
    texts["proposed_light"] = Light.ON_PACE
    return {**texts, **halves}


@pytest.mark.parametrize("name", NAMES)
def test_a_notice_becomes_a_year_in_which_a_report_is_accepted(name: str) -> None:
    office = make_actor(Role.OFFICE, name="督查室 审核员")
    make_unit("示例县政府", "county_government")
    source = open_bytes((DATA / name).read_bytes(), name)
    now = at("2023-01-28")
    draft = begin(source=source, checked=None, actor=office, now=now)
    _enter_units(content_of(draft))
    _settle(draft, office, now)
    content = content_of(draft)
    year = content.reading.head.year
    assert year is not None
    now = at(f"{year}-03-27")
    page = page_of_start(content, now.date())
    assert [each.title for each in page.checked.blocking] == []
    plan = switch_on(draft, office, now)
    _is_written(plan, content)
    report = _first_report(plan)
    liaison = make_actor(Role.REPORTER, report.unit)
    signer = make_actor(Role.SIGNER, report.unit)
    save_draft(report=report, actor=liaison, now=now, values=_typed(report), base="")
    by_unit.submit(report=report, actor=liaison, now=now)
    sent = by_unit.sign(report=report, actor=signer, now=now)
    done = by_office.accept(report=sent, actor=office, now=now, digest="示例采用稿。")
    assert done.state == ReportState.ACCEPTED


def _is_written(plan: Plan, content: Content) -> None:
    """Everything that the desk showed of the items stands in the plan."""
    tasks = {(each.kind, each.number): each for each in plan.tasks.all()}
    assert len(tasks) == len(content.items)
    for each in content.items:
        item, task = each.item, tasks[each.item.kind, each.item.number]
        assert (task.text, task.deadline_text) == (item.text, item.deadline_text)
        assert (task.printed_number, task.aside_reason) == (item.printed_number, each.aside)
        leaders = task.printed_leaders.order_by("ordinal").values_list("printed", flat=True)
        assert tuple(leaders) == item.leaders
        assert TaskPart.objects.filter(task=task).count() == len(item.sub_items)
    assert plan.paragraphs.count() == len(content.reading.paragraphs)
