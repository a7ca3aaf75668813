"""One 方面, 责任矩阵, 时间轴, and one project in full."""

from __future__ import annotations

from datetime import date

import pytest

from progress.models import SubItemReading
from reports.tests.factories import freeze, make_area
from tasks.models import Milestone, Plan, Responsibility, SubItem
from tests.cast import Cast, accept_report, at, make_item, report_of
from tests.named_numbers import printed_on
from tests.pages import browser

pytestmark = pytest.mark.django_db


def test_an_area_counts_its_own_items(cast: Cast, plan: Plan) -> None:
    first, second = make_area(plan, 1), make_area(plan, 2)
    freeze(make_item(plan, cast, 1, area=first, theme=first.themes.get()), "late", percent=10)
    make_item(plan, cast, 2, area=second, theme=second.themes.get())
    page = browser(cast.leader).get("/2022/areas/1/").context
    assert (page["tally"].total, page["tally"].behind.count) == (1, 1)
    assert browser(cast.leader).get("/2022/areas/9/").status_code == 404
    assert browser(cast.stranger_reporter).get("/2022/areas/1/").status_code == 404


def test_the_matrix_has_a_sign_where_a_unit_answers(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    Responsibility.objects.create(
        task=task, unit=cast.county, role="support", starts_on="2022-01-21"
    )
    matrix = browser(cast.office).get("/2022/matrix/").context["matrix"]
    signs = dict(
        zip(
            [each.unit.name for each in matrix.units],
            [sign for sign, _ in matrix.groups[0][1][0].cells],
            strict=True,
        )
    )
    assert signs["市住建局"] == "主"
    assert signs["大冶市政府"] == "配"
    assert browser(cast.stranger_reporter).get("/2022/matrix/").context["matrix"].units == []


def test_the_time_line_says_what_is_done_late_and_to_come(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    held = task.responsibilities.get(is_primary=True)
    days = [("2022-03-01", date(2022, 2, 27)), ("2022-05-01", None), ("2022-09-01", None)]
    for ordinal, (due_on, done_on) in enumerate(days, start=1):
        Milestone.objects.create(
            task=task,
            ordinal=ordinal,
            title=f"示例节点{ordinal}",
            due_on=due_on,
            done_on=done_on,
            responsibility=held,
        )
    months = browser(cast.leader).get("/2022/timeline/").context["months"]
    assert [(month.first.month, month.counts) for month in months] == [
        (3, [("done", "已完成", 1)]),
        (5, [("late", "已逾期", 1)]),
        (9, [("coming", "未到期", 1)]),
    ]
    assert "还没有节点" in browser(cast.stranger_reporter).get("/2022/timeline/").content.decode()


def test_a_project_shows_what_was_accepted_of_its_parts(cast: Cast, plan: Plan) -> None:
    project = make_item(plan, cast, 1, kind="practical_project")
    indicator = project.indicators.get()
    report = report_of(project, cast.lead, "2022-06")
    accept_report(cast, report, at("2022-07-04"), 100)
    report.refresh_from_db()
    assert report.accepted_version is not None
    held = {"changed_at": at("2022-07-01"), "changed_by": cast.reporter.user}
    listed = SubItem.objects.create(indicator=indicator, unit=cast.lead, name="示例小区甲", **held)
    SubItem.objects.create(indicator=indicator, unit=cast.lead, name="示例小区乙", **held)
    SubItemReading.objects.create(
        version=report.accepted_version, sub_item=listed, stage="preparing"
    )
    page = browser(cast.leader).get("/2022/projects/1/parts/")
    assert [part.said.name for part in page.context["page"].lists[0].parts] == ["示例小区甲"]
    assert page.context["page"].lists[0].stages[0] == ("preparing", "前期", 1)
    assert browser(cast.stranger_reporter).get("/2022/projects/1/parts/").status_code == 404


def test_last_years_promise_stands_beside_this_years(cast: Cast, plan: Plan) -> None:
    before = Plan.objects.create(
        series=plan.series,
        year=2021,
        slug="2021",
        title="2021年重点工作（示例）",
        document_number="示例〔2021〕1号",
        issued_on="2021-01-21",
        source_text="示例",
        state="archived",
    )
    last = make_item(before, cast, 4, kind="practical_project", text="改造小区100个。")
    make_item(plan, cast, 1, kind="practical_project", carried_from=last)
    page = browser(cast.office).get("/2022/projects/1/parts/").content.decode()
    assert "2021年承诺" in page
    assert "改造小区100个。" in page


def test_the_year_of_an_area_stands_on_one_page(plan: Plan, cast: Cast) -> None:
    area = make_area(plan, 3)
    task = make_item(plan, cast, 1, area=area, short_title="示例事项")
    freeze(task, "slow", code="2022-05", percent=30)
    freeze(task, "late", code="2022-06", percent=30)
    other = make_item(plan, cast, 2, short_title="别的方面")
    freeze(other, "on_pace", code="2022-06", percent=60)
    page = browser(cast.leader).get("/2022/year/?area=3").content.decode()
    body = page[page.index("<tbody") :]
    assert "别的方面" not in body
    assert body.index('title="进度偏慢"') < body.index('title="滞后"')
    found = {(each.name, each.scope): each.value for each in printed_on(page, "/2022/year/")}
    assert found["late", "2022@latest?area=3&period=2022-06-30"] == "1"
    assert found["slow", "2022@latest?area=3&period=2022-05-31"] == "1"
    assert browser(cast.leader).get("/2022/year/?area=9").status_code == 404
