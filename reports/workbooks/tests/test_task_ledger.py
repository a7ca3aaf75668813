"""任务台账 as a workbook: what its cells say of one item."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from progress.finalizing.finalize import finalize
from progress.lifecycle import by_office
from reports.excel.book import Block, Group, Sheet
from reports.excel.cells import PERCENT, POINTS, Cell
from reports.tests.factories import freeze, make_area
from reports.tests.random_year import designate
from reports.workbooks.asked import Asked
from reports.workbooks.books.task_ledger import COLUMNS, build
from tasks.models import IndicatorPlan, Plan, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    file_report,
    make_indicator,
    make_item,
    make_milestone,
    make_responsibility,
    make_task,
    period_of,
    report_of,
)
from units.actors import Actor

pytestmark = pytest.mark.django_db
TODAY = date(2022, 8, 3)
TITLES = [column.title for column in COLUMNS]


def asked_of(plan: Plan, actor: Actor, query: str = "") -> Asked:
    return Asked(plan, actor, TODAY, QueryDict(query))


def ledger(plan: Plan, actor: Actor, query: str = "") -> Sheet:
    return build(asked_of(plan, actor, query))[1]


def cells_of(plan: Plan, actor: Actor, number: int = 1) -> dict[str, Any]:
    """The cells of one item by column; what a `Cell` holds, not its look."""
    for row in ledger(plan, actor).rows:
        if not isinstance(row, Group | Block) and row[0] == number:
            plain = [value.value if isinstance(value, Cell) else value for value in row]
            return dict(zip(TITLES, plain, strict=True))
    raise AssertionError(f"no row {number}")


def looks_of(plan: Plan, actor: Actor) -> dict[str, Cell]:
    row = next(row for row in ledger(plan, actor).rows if not isinstance(row, Group | Block))
    pairs = zip(TITLES, row, strict=True)
    return {title: value for title, value in pairs if isinstance(value, Cell)}


@pytest.fixture
def item(plan: Plan, cast: Cast) -> Task:
    """300 km, 150 planned by June, 120 done and finalized; supported by 市财政局."""
    task = make_item(plan, cast, text="改造道路300公里(含桥梁),年底完成。")
    designate(task, cast.lead, "lead")
    designate(task, cast.support, "support")
    report = report_of(task, cast.lead, "2022-06")
    sent = file_report(cast, report, at("2022-07-02"), 120, problems="示例问题。")
    by_office.accept(
        report=sent,
        actor=cast.office,
        now=at("2022-07-03"),
        digest="示例采用稿。",
        next_digest="示例下一步。",
    )
    return task


def finalize_to_june(plan: Plan, cast: Cast) -> None:
    for code in ("2022-02", "2022-03", "2022-04", "2022-05", "2022-06"):
        period = period_of(plan, code)
        finalize(period=period, actor=cast.office_head, now=at("2022-07-13"))


def test_an_item_with_one_number_shows_figures_that_are_figures(
    plan: Plan, cast: Cast, item: Task
) -> None:
    IndicatorPlan.objects.create(
        indicator=item.indicators.get(), as_of=date(2022, 6, 30), value=Decimal(135)
    )
    finalize_to_june(plan, cast)
    cells = cells_of(plan, cast.office)
    shown = [cells[title] for title in ("年度目标", "本期计划", "实际完成")]
    assert shown == [300, 135, 120]
    assert cells["序时差\n（百分点）"] == Decimal("-5.0")
    assert looks_of(plan, cast.office)["年度目标"].number_format == '#,##0"公里以上"'
    assert looks_of(plan, cast.office)["序时差\n（百分点）"].number_format == POINTS


def test_texts_are_those_of_the_latest_frozen_period(plan: Plan, cast: Cast, item: Task) -> None:
    finalize_to_june(plan, cast)
    cells = cells_of(plan, cast.leader)
    assert cells["进展情况（采用稿）"] == "示例采用稿。"
    assert cells["下一步工作安排"] == "示例下一步。"
    assert cells["存在问题"] == "示例问题。"
    assert cells["数据截至"] == date(2022, 6, 30)
    assert cells["状态"] == "滞后"
    assert looks_of(plan, cast.leader)["状态"].tone == "late"


def test_the_notice_is_printed_with_full_width_punctuation(
    plan: Plan, cast: Cast, item: Task
) -> None:
    cells = cells_of(plan, cast.office)
    assert cells["任务内容"] == "改造道路300公里（含桥梁），年底完成。"
    assert (cells["牵头单位"], cells["配合单位"]) == ("市住建局", "市财政局")


def test_a_plan_by_time_is_said_in_the_remarks(plan: Plan, cast: Cast, item: Task) -> None:
    finalize_to_june(plan, cast)
    cells = cells_of(plan, cast.office)
    assert cells["本期计划"] == 150
    assert "本期计划按时间折算" in cells["备注"]
    assert "原因：示例：征地滞后。" in cells["备注"]


def test_a_correction_after_the_freeze_does_not_change_the_frozen_figure(
    plan: Plan, cast: Cast, item: Task
) -> None:
    finalize_to_june(plan, cast)
    report = report_of(item, cast.lead, "2022-06")
    by_office.correct(report=report, actor=cast.reporter, now=at("2022-07-20"), reason="示例更正")
    report.refresh_from_db()
    accept_report(cast, report, at("2022-07-21"), 140)
    assert cells_of(plan, cast.office)["实际完成"] == 120


def test_several_numbers_stand_one_below_the_other(plan: Plan, cast: Cast, item: Task) -> None:
    lead = item.responsibilities.get(is_primary=True)
    make_indicator(item, lead, 20, name="加固危桥", unit_of_measure="座", comparator="eq")
    freeze(item, percent=20)
    assert cells_of(plan, cast.office)["年度目标"] == "改造道路300公里以上\n加固危桥20座"


def test_an_item_by_milestones_shows_parts_of_their_weight(plan: Plan, cast: Cast) -> None:
    task = make_task(plan, tracking="milestone")
    lead = make_responsibility(task, cast.lead, is_primary=True)
    make_milestone(task, lead, date(2022, 6, 1))
    freeze(task, percent=25, expected=50)
    cells = cells_of(plan, cast.office)
    shown = [cells[title] for title in ("年度目标", "本期计划", "实际完成")]
    assert shown == ["节点1个", Decimal("0.5"), Decimal("0.25")]
    assert looks_of(plan, cast.office)["实际完成"].number_format == PERCENT


def test_an_item_in_words_has_no_figures(plan: Plan, cast: Cast) -> None:
    freeze(make_task(plan, tracking="qualitative"))
    cells = cells_of(plan, cast.office)
    assert cells["年度目标"] == "定性"
    assert cells["本期计划"] is cells["实际完成"] is cells["序时差\n（百分点）"] is None


def test_an_item_never_finalized_has_no_data(plan: Plan, cast: Cast, item: Task) -> None:
    cells = cells_of(plan, cast.office)
    assert cells["状态"] == "暂无数据"
    assert cells["数据截至"] is None
    assert not cells["实际完成"]
    assert ledger(plan, cast.office).facts[1] == "数据截至：尚无定稿数据"


def test_the_remarks_name_a_primary_that_the_notice_does_not(plan: Plan, cast: Cast) -> None:
    task = make_task(plan)
    designate(task, cast.co_lead, "lead")
    make_responsibility(task, cast.lead, is_primary=True)
    assert cells_of(plan, cast.office)["备注"] == "现汇总牵头单位：市住建局"


def test_the_office_s_own_light_says_why(plan: Plan, cast: Cast) -> None:
    freeze(make_task(plan), "late", override_reason="示例认定", is_missing=True)
    assert cells_of(plan, cast.office)["备注"] == "未报送；状态由督查室认定：示例认定"


def test_groups_are_headed_by_area_and_theme(plan: Plan, cast: Cast) -> None:
    area = make_area(plan, 4)
    for number in (1, 2):
        make_task(plan, number, area=area, theme=area.themes.get())
    make_task(plan, 1, kind="practical_project")
    groups = [row.text for row in ledger(plan, cast.office).rows if isinstance(row, Group)]
    assert groups == ["四、示例方面四 / 示例小标题（2项）", "十件实事（1项）"]


def test_sample_data_says_so_in_title_and_remarks(plan: Plan, cast: Cast, item: Task) -> None:
    assert "示例" not in ledger(plan, cast.office).title
    plan.is_sample = True
    plan.save()
    assert ledger(plan, cast.office).title == "2022年市政府重点工作任务台账（示例）".replace(
        "市政府重点工作", plan.series
    )
    assert cells_of(plan, cast.office)["备注"] == "示例"


def test_the_line_under_the_title_says_whose_and_what_was_chosen(
    plan: Plan, cast: Cast, item: Task
) -> None:
    assert ledger(plan, cast.office).facts[0] == "填报单位：各责任单位"
    assert ledger(plan, cast.reporter).facts[0] == "填报单位：市住建局"
    chosen = ledger(plan, cast.office, f"unit={cast.support.pk}&role=support").facts
    assert chosen[0] == "填报单位：市财政局"
    assert chosen[2] == "筛选：单位“市财政局”，责任类别“配合”　共1项　导出日期：2022年8月3日"


def test_the_file_is_named_after_month_choice_and_day(plan: Plan, cast: Cast, item: Task) -> None:
    freeze(item)
    name = asked_of(plan, cast.office, f"unit={cast.support.pk}").file_name("台账")
    assert name == "台账_2022年6月_市财政局_20220803.xlsx"


def test_a_file_name_holds_nothing_that_a_disk_refuses(plan: Plan, cast: Cast, item: Task) -> None:
    asked = asked_of(plan, cast.office, 'q=a/b\\c:*?"<>| d')
    assert asked.file_name("台账") == "台账_2022年_abcd_20220803.xlsx"
