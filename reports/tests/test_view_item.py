"""事项详情: who reads what of one item, as its 定稿 had it and as it stands now."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huangshi_tasks.lib import clock
from progress import workflow
from progress.decisions import new_approval, register_adjustment, request_adjustment
from progress.models import (
    Closure,
    EvidenceKind,
    Period,
    ProgressReport,
    ReportVersion,
    TaskPeriod,
)
from progress.tests.cast import (
    Cast,
    accept_report,
    at,
    attach,
    file_report,
    fill,
    make_indicator,
    make_item,
    make_milestone,
    make_responsibility,
    make_share,
    make_unit,
    period_of,
    report_of,
)
from progress.tests.test_standing import suspend
from reports.tests.factories import freeze, make_area, make_post
from reports.tests.test_view_overview import client_of, page_of, text_of
from tasks.models import Designation, Plan, Task
from units.models import UnitGroup

pytestmark = pytest.mark.django_db

ADDRESS, JUNE, JULY = "/2022/tasks/1/", "2022-06", "2022-07"
SHOWN = {
    JUNE: at("2022-07-04"),
    JULY: at("2022-08-02"),
}


def finalize_before_july(plan: Plan) -> None:
    before = Period.objects.filter(plan=plan, data_as_of__lte=date(2022, 6, 30))
    before.update(state="finalized")


def accepted(task: Task, cast: Cast, km: int, code: str = JUNE) -> ReportVersion:
    accept_report(cast, report_of(task, cast.lead, code), SHOWN[code], km)
    version = report_of(task, cast.lead, code).accepted_version
    assert version is not None
    return version


def frozen_june(plan: Plan, cast: Cast, **fields: Any) -> Task:
    """Item 1, June accepted with 150 of 300 km and finalized."""
    task = make_item(plan, cast)
    version = accepted(task, cast, 150)
    freeze(task, percent=50, version=version, digest="全线推进。", **fields)
    finalize_before_july(plan)
    return task


def part(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end, text.index(start))]


def test_the_notice_is_printed_word_for_word_with_its_place(cast: Cast, plan: Plan) -> None:
    area = make_area(plan, 2)
    make_item(plan, cast, text="改造道路(含桥梁):300公里,完成投资5亿元。", area=area)
    text = text_of(page_of(cast.office, ADDRESS))
    assert "改造道路（含桥梁）：300公里，完成投资5亿元。" in text
    assert "摘自示例〔2022〕1号第二部分第1项（原文）" in text


def test_a_project_has_the_same_page(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast, 1, kind="practical_project", short_title="示例实事")
    text = text_of(page_of(cast.leader, "/2022/projects/1/"))
    assert "市住建局首位责任·十件实事第1件·完成时限2022年12月31日·定量，按月报送" in text
    assert client_of(cast.leader).get(ADDRESS).status_code == 404


def test_a_leader_reads_the_last_finalized_state_and_not_what_was_accepted_since(
    cast: Cast, plan: Plan
) -> None:
    task = frozen_june(plan, cast, expected_basis="按时间折算")
    accepted(task, cast, 270, JULY)
    text = text_of(page_of(cast.leader, ADDRESS))
    numbers = part(text, "目标与完成情况", "办理情况")
    assert "改造道路300公里150150" in numbers
    assert "270" not in numbers
    assert "未定稿" not in text


@pytest.mark.parametrize("who", ["office", "reporter", "signer"])
def test_the_office_and_the_unit_read_what_holds_now_beside_it(
    who: str, cast: Cast, plan: Plan
) -> None:
    task = frozen_june(plan, cast)
    accepted(task, cast, 270, JULY)
    text = text_of(page_of(getattr(cast, who), ADDRESS))
    assert "7月（未定稿，按已审核数据）：完成率90%，高于序时进度" in text
    assert "改造道路300公里—150" in part(text, "目标与完成情况", "各期情况")
    assert "7月未定稿超序时90%" in text
    assert "6月正常推进50%50%0.0150" in text


def test_a_supporting_unit_reads_as_leaders_do(cast: Cast, plan: Plan) -> None:
    frozen_june(plan, cast)
    text = text_of(page_of(cast.supporter, ADDRESS))
    assert "全线推进。" in text
    assert "未定稿" not in text
    assert "本期报送" not in text


def test_a_correction_after_the_finalization_changes_no_figure_of_it(
    cast: Cast, plan: Plan
) -> None:
    task = frozen_june(plan, cast)
    report = report_of(task, cast.lead, JUNE)
    now = at("2022-08-02")
    workflow.correct(report=report, actor=cast.office, now=now, reason="核对后更正。")
    accept_report(cast, report_of(task, cast.lead, JUNE), now, 120)
    for actor in (cast.leader, cast.office):
        text = text_of(page_of(actor, ADDRESS))
        june = part(text, "各期情况", "办理情况").rpartition("6月")[2]
        assert "150" in june
        assert "120" not in june
        assert "市住建局6月进展（更正）已通过" in text


def test_the_light_says_why_and_an_override_says_who_and_what_was_computed(
    cast: Cast, plan: Plan
) -> None:
    task = frozen_june(plan, cast)
    TaskPeriod.objects.filter(task=task).update(
        light="late",
        computed_light="on_pace",
        reason="完成率50%，与序时进度持平",
        override_reason="现场核查未见施工",
        unit_reason="征地未完成。",
        problems="资金未到位。",
        next_digest="下月完成30公里。",
        is_missing=True,
    )
    text = text_of(page_of(cast.observer, ADDRESS))
    assert "滞后完成率50%，与序时进度持平未报送" in text
    assert "督查室认定为滞后：现场核查未见施工（系统判定：正常推进）" in text
    for words in ("单位说明征地未完成。", "存在问题资金未到位。", "下月完成30公里。"):
        assert words in text


def test_one_judged_in_words_has_no_columns_of_percent(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast, tracking="qualitative")
    freeze(task, "on_pace", code="2022-06")
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "各期情况填报期状态说明6月正常推进示例判定。" in text


def test_before_anything_is_finalized_the_page_says_so(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast)
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "暂无数据" in text
    assert "还没有定稿，暂无数据。" in text
    assert "改造道路300公里" in text


def test_counties_stand_side_by_side_and_add_up_or_not(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    indicator = task.indicators.get()
    indicator.tracks_start = True
    indicator.save()
    other = make_unit("阳新县政府", "county_government")
    for unit in (cast.county, other):
        make_share(indicator, unit, 150)
    report, now = report_of(task, cast.lead, JUNE), at("2022-07-04")
    posted = {
        f"reading:{indicator.pk}:{place}:{key}": Decimal(figure)
        for place, value, started in (("", 90, 150), (cast.county.pk, 60, 75), (other.pk, 30, 75))
        for key, figure in (("value", value), ("started", started))
    }
    fill(report, cast.reporter, now, **posted)
    workflow.submit(report=report, actor=cast.reporter, now=now)
    workflow.sign(report=report, actor=cast.signer, now=now)
    workflow.accept(report=report, actor=cast.office, now=now)
    freeze(task, percent=30)
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "大冶市60/15050%·40%" in text
    assert "阳新县30/15050%·20%" in text
    assert "合计90/30050%·30%与全市数一致" in text
    version = report_of(task, cast.lead, JUNE).accepted_version
    assert version is not None
    version.readings.filter(unit=None).update(verified=100, verified_reason="示例核定")
    assert "与全市数100不一致" in text_of(page_of(cast.leader, ADDRESS))
    version.readings.filter(unit=other).delete()
    assert "合计60/30025%·20%缺阳新县" in text_of(page_of(cast.leader, ADDRESS))


def test_the_next_milestone_and_those_that_are_late_are_told_apart(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast, tracking="milestone")
    primary = task.responsibilities.get(is_primary=True)
    days = (date(2022, 3, 25), date(2022, 6, 20), date(2022, 9, 10), date(2022, 12, 20))
    steps = [make_milestone(task, primary, day) for day in days]
    steps[0].done_on = date(2022, 3, 20)
    steps[0].save()
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "3月25日开工3月20日完成6月20日开工逾期44天9月10日开工下一节点12月20日开工未到期" in text


def test_returns_and_drafts_are_for_the_unit_that_wrote_them_and_for_the_office(
    cast: Cast, plan: Plan
) -> None:
    task = frozen_june(plan, cast)
    make_responsibility(task, cast.co_lead, "lead", ordinal=2)
    sent = file_report(cast, report_of(task, cast.lead), at("2022-08-01"), 200)
    workflow.return_to_unit(
        report=sent, actor=cast.office, now=at("2022-08-02"), reason="请补充现场照片。"
    )
    report = ProgressReport.objects.get(pk=sent.pk)
    mine = ("督查室退回市住建局7月进展", "请补充现场照片。")
    for actor in (cast.office, cast.reporter, cast.signer):
        text = text_of(page_of(actor, ADDRESS))
        assert all(words in text for words in mine)
        assert "市住建局7月进展草稿" not in text  # nobody typed since
    fill(report, cast.reporter, at("2022-08-03"), progress="示例：重写的进展。")
    for actor in (cast.office, cast.reporter):
        text = text_of(page_of(actor, ADDRESS))
        assert "市住建局7月进展草稿8月3日10:00示例：重写的进展。" in text
    for actor in (cast.leader, cast.observer, cast.supporter, cast.co_reporter):
        text = text_of(page_of(actor, ADDRESS))
        assert not any(words in text for words in (*mine, "重写的进展"))
        assert "市住建局6月进展已通过" in text


def test_an_accepted_filing_names_who_filed_signed_and_accepted(cast: Cast, plan: Plan) -> None:
    frozen_june(plan, cast)
    text = text_of(page_of(cast.supporter, ADDRESS))
    assert "市住建局联络员填报，市住建局单位负责人7月4日10:00线上审签" in text
    assert "；督查室7月4日10:00审核通过" in text
    assert "示例采用稿。" in text
    assert "审核员（督查室）7月4日10:00审核通过" in text_of(page_of(cast.office, ADDRESS))
    assert "督查室审核员" not in text


def test_the_filings_of_counties_are_one_line_of_the_history(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    make_responsibility(task, cast.county, "support", ordinal=3)
    indicator = task.indicators.get()
    make_share(indicator, cast.county, 100)
    report, now = report_of(task, cast.county, JUNE), at("2022-07-04")
    fill(
        report,
        cast.county_reporter,
        now,
        progress="",
        light_reason="",
        **{f"reading:{indicator.pk}:{cast.county.pk}:value": Decimal(40)},
    )
    workflow.submit(report=report, actor=cast.county_reporter, now=now)
    workflow.sign(report=report, actor=cast.county_signer, now=now)
    workflow.accept(report=report, actor=cast.office, now=now)
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "1个单位6月分县数据已通过" in text
    assert "大冶市：大冶市政府联络员填报" in text


def test_contacts_are_for_the_units_on_the_item_and_for_the_office(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    held = task.responsibilities.get(is_primary=True)
    held.leader_name, held.section, held.telephone = "分管副局长", "村镇建设科", "0714-0000000"
    held.save()
    make_post("分管城建副市长", cast.lead)
    for actor in (cast.office, cast.reporter, cast.supporter):
        text = text_of(page_of(actor, ADDRESS))
        assert "责任领导分管副局长责任科室村镇建设科联络员市住建局联络员" in text
        assert "0714-0000000" in text
        assert "分管市领导分管城建副市长" in text
    for actor in (cast.leader, cast.observer):
        text = text_of(page_of(actor, ADDRESS))
        assert "0714-0000000" not in text
        assert "市住建局联络员" not in text
        assert "分管市领导分管城建副市长" in text


def test_responsibilities_stand_as_the_notice_prints_them(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    every = UnitGroup.objects.create(name="各县（市、区）政府", mode="all")
    some = UnitGroup.objects.create(name="相关市政府部门", mode="relevant")
    printed = [
        ("lead", "市住房城乡建设局", cast.lead, None),
        ("support", "各县(市、区)政府", None, every),
        ("support", "相关市政府部门", None, some),
    ]
    for place, (role, words, unit, group) in enumerate(printed, start=1):
        named = Designation.objects.create(
            task=task, role=role, ordinal=place, printed=words, unit=unit, group=group
        )
        if group == every:
            make_responsibility(task, cast.county, "support", designation=named)
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "牵头单位市住房城乡建设局配合单位各县（市、区）政府1相关市政府部门" in text


def decide(task: Task, cast: Cast, kind: str, detail: dict[str, object]) -> None:
    now = at("2022-05-20")
    asked = request_adjustment(
        task=task,
        kind=kind,
        reason="示例：上级规划变化。",
        starts_on=date(2022, 5, 20),
        detail=detail,
        actor=cast.reporter,
        now=now,
    )
    approval = new_approval(
        decided_by="市政府常务会议",
        decided_on=date(2022, 5, 18),
        authority="示例会议纪要",
        actor=cast.office,
        now=now,
    )
    register_adjustment(adjustment=asked, approval=approval, actor=cast.office, now=now)


def test_decisions_say_from_what_to_what_and_by_whom(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    decide(task, cast, "extension", {"due_on": "2023-06-30"})
    indicator = task.indicators.get()
    decide(task, cast, "target", {"indicator": indicator.pk, "value": "280", "upper": None})
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "完成时限2023年6月30日" in text
    assert "完成时限由2022年12月31日改为2023年6月30日，自2022年5月20日起" in text
    assert "改造道路由300公里改为280公里" in text
    assert "市政府常务会议2022年5月18日，示例会议纪要" in text


def test_what_is_only_asked_for_is_not_for_readers(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    request_adjustment(
        task=task,
        kind="extension",
        reason="示例：申请延期。",
        starts_on=date(2022, 8, 1),
        detail={"due_on": "不是日期"},
        actor=cast.reporter,
        now=at("2022-08-01"),
    )
    now = at("2022-08-01")
    Closure.objects.create(
        task=task,
        claimed_on=now.date(),
        claimed_at=now,
        claimed_by=cast.reporter.user,
        claimed_by_name="市住建局 联络员",
        statement="示例：申请销号。",
    )
    for actor in (cast.office, cast.reporter):
        text = text_of(page_of(actor, ADDRESS))
        assert "延期已申请自2022年8月1日起示例：申请延期。" in text
        assert "示例：申请销号。" in text
    for actor in (cast.leader, cast.observer):
        assert "申请" not in text_of(page_of(actor, ADDRESS))


def test_the_button_is_the_one_for_the_person_who_reads(cast: Cast, plan: Plan) -> None:
    task = frozen_june(plan, cast)
    report = report_of(task, cast.lead)
    form, review = f"/2022/reports/{report.pk}/", f"/2022/review/{report.pk}/"
    assert button(page_of(cast.reporter, ADDRESS)) == ("填报7月进展", form)
    assert button(page_of(cast.signer, ADDRESS)) is None
    assert button(page_of(cast.office, ADDRESS)) is None
    fill(report, cast.reporter, at("2022-08-02"), 200)
    workflow.submit(report=report, actor=cast.reporter, now=at("2022-08-02"))
    assert button(page_of(cast.signer, ADDRESS)) == ("审签7月进展", form)
    assert button(page_of(cast.reporter, ADDRESS)) is None
    workflow.sign(report=report, actor=cast.signer, now=at("2022-08-02"))
    assert button(page_of(cast.office, ADDRESS)) == ("审核7月进展", review)
    assert button(page_of(cast.signer, ADDRESS)) is None
    for actor in (cast.leader, cast.observer, cast.supporter):
        page = page_of(actor, ADDRESS)
        assert button(page) is None
        assert form not in page


def button(page: str) -> tuple[str, str] | None:
    """Word and address of the main button in the head of the page."""
    found = re.search(r'<a class="btn btn-pri" href="([^"]+)">([^<]+)</a>', page)
    return (found.group(2), found.group(1)) if found else None


def test_no_button_leads_into_a_closed_window_or_a_suspended_item(cast: Cast, plan: Plan) -> None:
    task = frozen_june(plan, cast)
    report_of(task, cast.lead)
    clock.configure(date(2022, 8, 15))
    assert button(page_of(cast.reporter, ADDRESS)) is None
    clock.configure(date(2022, 8, 3))
    suspend(cast, task, date(2022, 7, 1))
    page = page_of(cast.reporter, ADDRESS)
    assert button(page) is None
    assert "本期报送" not in text_of(page)


def test_what_is_owed_is_made_when_the_page_is_first_read(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast)
    assert button(page_of(cast.reporter, ADDRESS)) is not None
    assert ProgressReport.objects.filter(period=period_of(plan, JULY)).count() == 1


def test_files_of_filings_under_way_are_not_for_others(cast: Cast, plan: Plan) -> None:
    task = frozen_june(plan, cast)
    report = report_of(task, cast.lead)
    fill(report, cast.reporter, at("2022-08-02"), 200)
    attach(report, cast.reporter, at("2022-08-02"), EvidenceKind.EVIDENCE)
    for actor, sees in ((cast.reporter, True), (cast.office, True), (cast.leader, False)):
        assert ("示例.pdf" in page_of(actor, ADDRESS)) is sees


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("office", 200),
        ("reporter", 200),
        ("supporter", 404),
        ("stranger_reporter", 404),
        ("leader", 404),
        ("observer", 404),
        ("admin", 404),
        ("auditor", 404),
    ],
)
def test_a_restricted_item_is_unknown_to_others(
    who: str, status: int, cast: Cast, plan: Plan
) -> None:
    task = make_item(plan, cast, visibility="restricted")
    assert client_of(getattr(cast, who)).get(ADDRESS).status_code == status
    task.named_readers.add(cast.leader.user)
    assert client_of(cast.leader).get(ADDRESS).status_code == 200


def make_heavy(plan: Plan, cast: Cast) -> Task:
    """An item with everything, and half a year of it."""
    task = make_item(plan, cast)
    primary = task.responsibilities.get(is_primary=True)
    make_indicator(task, primary, name="新建桥梁")
    make_milestone(task, primary, date(2022, 9, 1))
    make_responsibility(task, cast.co_lead, "lead", ordinal=2)
    make_responsibility(task, cast.county, "support", ordinal=3)
    make_post("分管城建副市长", cast.lead)
    for indicator in task.indicators.all():
        make_share(indicator, cast.county, 150)
    decide(task, cast, "extension", {"due_on": "2023-06-30"})
    for month in range(2, 7):
        report_of(task, cast.lead, f"2022-0{month}")
        freeze(task, code=f"2022-0{month}", percent=40)
    report = report_of(task, cast.lead, JULY)
    fill(report, cast.reporter, at("2022-08-02"), 200)
    attach(report, cast.reporter, at("2022-08-02"), EvidenceKind.EVIDENCE)
    finalize_before_july(plan)
    return task


@pytest.mark.parametrize("who", ["reporter", "signer", "supporter", "office", "leader"])
def test_an_item_with_everything_costs_no_more_than_25_queries(
    who: str, cast: Cast, plan: Plan
) -> None:
    make_heavy(plan, cast)
    client = client_of(getattr(cast, who))
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(ADDRESS).status_code == 200
    assert len(queries) <= 25
