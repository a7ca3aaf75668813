"""From the reviewed plan to rows: who answers, since when, for which numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from huangshi_tasks.lib.clock import SHANGHAI
from tasks.intake import plan as intake
from tasks.models import (
    Designation,
    Indicator,
    IndicatorTarget,
    Plan,
    PlanState,
    Responsibility,
    Task,
    TaskDeadline,
)
from tasks.reader.document import from_reviewed
from tasks.reader.parser import parse_notice
from tasks.reader.reference import notice_text, plan_document, reference_directory
from units.models import GroupMode, LogEntry, Unit, UnitGroup, UnitGroupAlias, UnitKind

pytestmark = pytest.mark.django_db

ISSUED = date(2022, 1, 21)
NOW = datetime(2022, 8, 3, 9, 0, tzinfo=SHANGHAI)
REVIEWED = from_reviewed(plan_document(), reference_directory())


@pytest.fixture
def plan() -> Plan:
    intake.load_reference_units()
    return intake.create_plan(
        notice=REVIEWED, source_text=notice_text(), state=PlanState.ACTIVE, now=NOW
    )


def task(number: int, kind: str = "key_task") -> Task:
    return Task.objects.get(kind=kind, number=number)


def roles(of: Task) -> dict[str, str]:
    return {each.unit.name: each.role for each in of.responsibilities.select_related("unit")}


def test_the_plan_is_written_whole(plan: Plan) -> None:
    assert (plan.slug, plan.year, plan.issued_on, plan.state) == ("2022", 2022, ISSUED, "active")
    assert plan.series == "市政府重点工作和十件实事责任分解"
    assert plan.source_text.encode() == notice_text().encode()
    assert plan.areas.count() == 9
    assert sum(area.themes.count() for area in plan.areas.all()) == 38
    assert Task.objects.filter(plan=plan, kind="key_task").count() == 134
    assert Task.objects.filter(plan=plan, kind="practical_project").count() == 10
    assert Designation.objects.count() == 171 + 352 + 40
    assert Indicator.objects.filter(task=None).count() == 8
    assert Indicator.objects.exclude(task=None).count() == 51 + 27
    assert IndicatorTarget.objects.count() == 8 + 51 + 27
    assert Unit.objects.count() == 58
    assert UnitGroup.objects.count() == 15


def test_the_reviewed_fields_arrive(plan: Plan) -> None:
    first = task(7)
    assert (first.short_title, first.tracking, first.cycle) == (
        "科技城二期等创新平台建设",
        "milestone",
        "quarterly",
    )
    assert Task.objects.filter(cycle="monthly").count() == 41
    assert first.area is not None
    assert first.theme is not None
    assert (first.area.ordinal, first.theme.title) == (1, "共建科创大走廊")


def test_what_the_notice_assigns_starts_on_its_date_and_is_due_at_the_end_of_its_year(
    plan: Plan,
) -> None:
    for rows in (Responsibility.objects, IndicatorTarget.objects, TaskDeadline.objects):
        assert set(rows.values_list("starts_on", "ends_on")) == {(ISSUED, None)}
    assert set(TaskDeadline.objects.values_list("due_on")) == {(date(2022, 12, 31),)}
    assert TaskDeadline.objects.count() == 144


def test_each_item_has_one_primary_the_first_listed(plan: Plan) -> None:
    primaries = Responsibility.objects.filter(is_primary=True)
    assert primaries.count() == 144
    for primary in primaries.select_related("task", "unit"):
        first = primary.task.designations.exclude(role="support").order_by("ordinal")[0]
        assert first.unit == primary.unit
        assert primary.designation == first


def test_a_collective_designation_makes_every_member_answer(plan: Plan) -> None:
    assert {name for name, role in roles(task(75)).items() if role == "lead"} == {
        "市自然资源和规划局",
        "大冶市政府",
        "阳新县政府",
        "黄石港区政府",
        "西塞山区政府",
        "下陆区政府",
        "开发区·铁山区",
    }
    assert set(roles(task(65))) == {
        "市城管委",
        "黄石港区政府",
        "西塞山区政府",
        "下陆区政府",
        "开发区·铁山区",
    }
    assert set(roles(task(73))) == {"市政府国资委", "市城发集团", "市东楚投资集团", "市国资公司"}


def test_all_departments_support_and_the_leading_one_still_leads(plan: Plan) -> None:
    found = roles(task(128))
    departments = set(Unit.objects.filter(kind=UnitKind.MUNICIPAL_DEPARTMENT).values_list("name"))
    assert found["市政府办"] == "lead"
    assert {(name,) for name, role in found.items() if role == "support"} >= (
        departments - {("市政府办",)}
    )
    assert len(found) == len(departments) + 6


def test_a_park_answers_beside_the_counties_of_a_project(plan: Plan) -> None:
    assert set(roles(task(2, "practical_project")).values()) == {"responsible"}
    assert len(roles(task(2, "practical_project"))) == 1 + 6 + 1


def test_who_is_still_to_be_named_answers_for_nothing_yet(plan: Plan) -> None:
    still_open = Designation.objects.filter(group__mode=GroupMode.RELEVANT)
    assert still_open.count() == 83
    assert still_open.filter(group__name="相关市政府部门").count() == 60
    waiting = Designation.objects.filter(
        group__mode__in=[GroupMode.RELEVANT, GroupMode.TO_BE_NAMED]
    )
    assert not Responsibility.objects.filter(designation__in=waiting).exists()
    assert set(roles(task(84))) == {"市住建局"}


def test_a_designation_keeps_the_printed_name_beside_the_canonical_one(plan: Plan) -> None:
    printed = task(47).designations.get(printed="市东楚集团")
    assert printed.canonical == "市东楚投资集团"
    assert task(76).designations.get(printed="各在黄高校").canonical == "在黄高校"


def test_numbers_belong_to_a_lead_and_mostly_to_the_primary(plan: Plan) -> None:
    for each in Indicator.objects.exclude(task=None).select_related("responsibility"):
        assert each.responsibility is not None
        assert each.responsibility.task_id == each.task_id
        assert each.responsibility.role != "support"
    elsewhere = Indicator.objects.filter(responsibility__is_primary=False)
    found = elsewhere.values_list("task__kind", "task__number", "responsibility__unit__name")
    assert set(found) == {
        ("key_task", 68, "市市场监督管理局"),
        ("key_task", 86, "市城管委"),
        ("practical_project", 6, "市城管委"),
        ("practical_project", 8, "市体育事业发展中心"),
        ("practical_project", 9, "市交通运输局"),
    }


def test_loading_writes_one_log_entry(plan: Plan) -> None:
    entry = LogEntry.objects.get(action="plan.load")
    assert (entry.subject_type, entry.subject_id) == ("plan", plan.pk)


def test_the_same_plan_twice_is_refused_and_nothing_is_written(plan: Plan) -> None:
    with pytest.raises(intake.NotImportable, match="已经导入，不能重复导入"):
        intake.create_plan(
            notice=REVIEWED, source_text=notice_text(), state=PlanState.DRAFT, now=NOW
        )
    assert Plan.objects.count() == 1


def test_every_objection_is_told_at_once_and_nothing_is_written() -> None:
    twice = replace(
        REVIEWED,
        head=replace(REVIEWED.head, issued_on=None, year=None),
        items=(*REVIEWED.items, REVIEWED.items[0]),
    )
    with pytest.raises(intake.NotImportable) as refusal:
        intake.create_plan(notice=twice, source_text="", state=PlanState.DRAFT, now=NOW)
    assert len(refusal.value.reasons) == 3
    assert not Plan.objects.exists()
    assert not Unit.objects.exists()


def test_an_unknown_name_stays_a_designation_of_nobody(plan: Plan) -> None:
    text = (
        "关于印发2023年示例任务责任分解的通知\n2023年2月1日\n一、示例方面\n"
        "1.推进示例。[牵头单位:市从未听说局、市发改委;配合单位:各城区政府]"
    )
    notice = parse_notice(text, intake.directory())
    created = intake.create_plan(notice=notice, source_text=text, state=PlanState.DRAFT, now=NOW)
    stranger = Designation.objects.get(printed="市从未听说局")
    assert (stranger.unit, stranger.group, stranger.canonical) == (None, None, "市从未听说局")
    held = Responsibility.objects.filter(task__plan=created)
    assert not held.filter(is_primary=True).exists()  # nobody slips into its place
    assert held.get(role="lead").unit.name == "市发改委"
    assert "市从未听说局" in created.tasks.get().aside_reason


def test_a_notice_may_print_the_old_name_of_a_group(plan: Plan) -> None:
    group = UnitGroup.objects.get(name="各城区政府")
    UnitGroupAlias.objects.create(group=group, name=group.name)
    UnitGroup.objects.filter(pk=group.pk).update(name="各中心城区政府")
    text = (
        "关于印发2023年示例任务责任分解的通知\n2023年2月1日\n一、示例方面\n"
        "1.推进示例。[牵头单位:市发改委;配合单位:各城区 政府]"
    )
    notice = parse_notice(text, intake.directory())
    created = intake.create_plan(notice=notice, source_text=text, state=PlanState.DRAFT, now=NOW)
    assert Designation.objects.get(task__plan=created, role="support").group == group
    assert created.tasks.get().responsibilities.count() == 5
    intake.load_reference_units()
    assert not UnitGroup.objects.filter(name="各城区政府").exists()


def test_a_second_series_of_the_year_gets_its_own_address(plan: Plan) -> None:
    other = replace(
        REVIEWED,
        head=replace(
            REVIEWED.head,
            title="关于分解落实2022年重点项目的通知",
            document_number="示政发〔2022〕2号",
        ),
    )
    created = intake.create_plan(notice=other, source_text="x", state=PlanState.DRAFT, now=NOW)
    assert created.slug == "2022-2"


def test_a_series_that_somebody_named_is_kept_and_found_again(plan: Plan) -> None:
    head = replace(REVIEWED.head, title="关于2023年工作的通知", document_number="", year=2023)
    notice = replace(REVIEWED, head=head)
    said: dict[str, Any] = {
        "source_text": "x",
        "state": PlanState.DRAFT,
        "now": NOW,
        "series": plan.series,
    }
    created = intake.create_plan(notice=notice, **said)
    assert created.series == plan.series
    assert intake.find_plan(head, plan.series) == created
    assert intake.find_plan(head) is None
    with pytest.raises(intake.NotImportable, match="已经导入"):
        intake.create_plan(notice=notice, **said)


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("关于印发2022年市政府重点工作责任分解的通知", "市政府重点工作责任分解"),
        (
            "临江市人民政府办公室关于印发2023年市政府重点工作任务分解方案的通知",
            "市政府重点工作任务分解方案",
        ),
        ("《政府工作报告》重点任务分解", "政府工作报告重点任务分解"),
    ],
)
def test_a_series_is_what_stays_from_year_to_year(title: str, series: str) -> None:
    assert intake.series_of(title) == series
