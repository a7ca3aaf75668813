"""事项详情: one item as its 定稿 had it and as it stands now."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.lifecycle import by_office, by_unit
from progress.models import (
    TaskPeriod,
)
from reports.item.tests.items import ADDRESS, JULY, JUNE, accepted, frozen_june, make_heavy, part
from reports.tests.factories import freeze, make_area
from reports.tests.reading import page_of, text_of
from tasks.models import Plan
from tests.cast import (
    Cast,
    accept_report,
    at,
    fill,
    make_item,
    make_milestone,
    make_share,
    make_unit,
    report_of,
)
from tests.pages import browser

pytestmark = pytest.mark.django_db


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
    assert browser(cast.leader).get(ADDRESS).status_code == 404


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
    by_office.correct(report=report, actor=cast.office, now=now, reason="核对后更正。")
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
    for words in ("单位说明征地未完成。", "存在问题资金未到位。", "时限已过的安排下月完成30公里"):
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
    by_unit.submit(report=report, actor=cast.reporter, now=now)
    by_unit.sign(report=report, actor=cast.signer, now=now)
    by_office.accept(report=report, actor=cast.office, now=now)
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
    cache.clear()  # an accepted figure never goes; nothing watches for it
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


@pytest.mark.parametrize("who", ["reporter", "signer", "supporter", "office", "leader"])
def test_an_item_with_everything_costs_no_more_than_25_queries(
    who: str, cast: Cast, plan: Plan
) -> None:
    make_heavy(plan, cast)
    client = browser(getattr(cast, who))
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(ADDRESS).status_code == 200
    assert len(queries) <= 25
