"""十件实事: parts, counties, the generated sentence, as the latest 定稿 had them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from progress.board.numbers import IndicatorLine, Number
from progress.lifecycle import by_office, by_unit
from progress.models import Reading, ReportVersion
from reports.numbers.sentences import joined, months_of, next_month, said_of
from reports.tests.factories import freeze
from reports.tests.reading import numbers_with_links, page_of, text_of
from tasks.models import Plan, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    fill,
    make_indicator,
    make_item,
    make_share,
    report_of,
)
from tests.pages import browser

ADDRESS = "/2022/projects/"
db = pytest.mark.django_db


def line_of(name: str, unit: str, **figures: object) -> IndicatorLine:
    indicator = Number(name=name, unit_of_measure=unit, kind="cumulative")
    values = {key: Decimal(str(value)) for key, value in figures.items() if key != "source"}
    return IndicatorLine(
        indicator=indicator,
        target=values.get("target"),
        upper=values.get("upper"),
        planned=values.get("planned"),
        actual=values.get("actual"),
        started=values.get("started"),
        step=values.get("step"),
        source=str(figures.get("source", "")),
    )


@pytest.mark.parametrize(
    ("name", "unit", "figures", "said"),
    [
        (
            "改造老旧小区",
            "个",
            {"target": 131, "started": 131, "actual": 62},
            "131个老旧小区已开工131个、开工率100%，已完工62个、完工率47.3%",
        ),
        (
            "惠及居民",
            "户",
            {"target": 52630, "actual": 25890},
            "52630户居民已完成25890户、完成率49.2%",
        ),
        (
            "幼儿园增加学位",
            "个",
            {"target": 5100, "actual": 2400},
            "幼儿园增加学位5100个，已完成2400个、完成率47.1%",
        ),
        ("村级基础设施项目", "个", {"target": 200}, ""),
    ],
)
def test_a_part_reads_as_the_city_publishes_it(
    name: str, unit: str, figures: dict[str, object], said: str
) -> None:
    assert said_of(line_of(name, unit, **figures)) == said


def test_a_source_stands_once_behind_what_it_holds_for() -> None:
    published = {"target": 10, "actual": 5, "source": "示例日报"}
    lines = [line_of("甲", "个", **published), line_of("乙", "个", **published)]
    lines.append(line_of("丙", "个", target=10, actual=4))
    words = joined(lines, is_sample=True)
    assert words.count("示例日报") == 1
    assert words.endswith("（示例日报）；10个丙已完成4个、完成率40%（示例）")
    assert "（示例）" not in joined(lines, is_sample=False)


def test_the_months_are_named_as_the_city_does() -> None:
    assert months_of(date(2022, 1, 31)) == "1月份"
    assert months_of(date(2022, 6, 30)) == "1—6月份"
    assert next_month(date(2022, 6, 30)) == "7月份计划"
    assert next_month(date(2022, 12, 31)) == "下一步安排"


def make_project(plan: Plan, cast: Cast, number: int = 1, **fields: object) -> Task:
    return make_item(
        plan, cast, number, kind="practical_project", short_title=f"示例实事{number}", **fields
    )


def accepted(task: Task, cast: Cast, km: int, code: str = "2022-06") -> ReportVersion:
    report = report_of(task, cast.lead, code)
    now = {"2022-06": at("2022-07-04"), "2022-07": at("2022-08-02")}[code]
    accept_report(cast, report, now, km)
    version = report.latest()
    assert version is not None
    return version


@db
def test_a_card_shows_percent_expected_parts_and_sentence(cast: Cast, plan: Plan) -> None:
    task = make_project(plan, cast)
    version = accepted(task, cast, 150)
    freeze(
        task,
        percent=50,
        version=version,
        digest="全线推进。",
        next_digest="完成30公里。",
        expected_basis="按时间折算",
    )
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "数据截至6月30日（6月定稿）" in text
    assert "示例实事1改造道路300公里。50%正常推进0.0计划50%（折算）" in text
    assert "改造道路300公里——15050%" in text
    sentence = "1—6月份进展：300公里道路已完成150公里、完成率50%。全线推进。"
    assert f"{sentence}7月份计划：完成30公里。" in text
    assert 'aria-label="完成50%，计划50%"' in page_of(cast.leader, ADDRESS)


@db
def test_beginning_and_finishing_stand_side_by_side_in_city_and_county(
    cast: Cast, plan: Plan
) -> None:
    task = make_project(plan, cast)
    indicator = task.indicators.get()
    indicator.tracks_start = True
    indicator.save()
    make_share(indicator, cast.county, 300)
    version = accept_county(task, cast, value=60, started=90)
    freeze(task, percent=20, version=version)
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "改造道路300公里9030%6020%" in text
    assert "大冶市60/30030%·20%" in text
    assert "已开工90公里、开工率30%，已完工60公里、完工率20%" in text
    overview = text_of(page_of(cast.leader, "/2022/overview/"))
    assert "改造道路300公里9030%6020%60/30030%·20%" in overview


def accept_county(task: Task, cast: Cast, *, value: int, started: int) -> ReportVersion:
    """City and county figures in the main report of June, as the primary may fill them in."""
    indicator = task.indicators.get()
    report = report_of(task, cast.lead, "2022-06")
    now = at("2022-07-04")
    posted = {
        f"reading:{indicator.pk}:{place}:{key}": Decimal(figure)
        for place in ("", cast.county.pk)
        for key, figure in (("value", value), ("started", started))
    }
    fill(report, cast.reporter, now, **posted)
    by_unit.submit(report=report, actor=cast.reporter, now=now)
    sent = by_unit.sign(report=report, actor=cast.signer, now=now)
    by_office.accept(report=sent, actor=cast.office, now=now)
    version = report.latest()
    assert version is not None
    return version


@db
def test_a_correction_after_the_finalization_waits_for_the_next_one(cast: Cast, plan: Plan) -> None:
    task = make_project(plan, cast)
    version = accepted(task, cast, 150)
    freeze(task, percent=50, version=version)
    report = report_of(task, cast.lead, "2022-06")
    now = at("2022-08-02")
    by_office.correct(report=report, actor=cast.office, now=now, reason="核对后更正。")
    accept_report(cast, report_of(task, cast.lead, "2022-06"), now, 200)
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "已完成150公里" in text
    assert "200公里" not in text


@db
def test_what_is_accepted_for_the_open_period_is_not_shown_yet(cast: Cast, plan: Plan) -> None:
    task = make_project(plan, cast)
    freeze(task, percent=50, version=accepted(task, cast, 150))
    accepted(task, cast, 210, code="2022-07")
    for actor in (cast.leader, cast.office):
        assert "210" not in text_of(page_of(actor, ADDRESS))


@db
def test_a_published_figure_names_its_source(cast: Cast, plan: Plan) -> None:
    task = make_project(plan, cast)
    freeze(task, percent=50, version=accepted(task, cast, 150))
    Reading.objects.filter(indicator__task=task).update(source="示例日报 2022-07-20")
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "*为已公布数。改造道路：示例日报2022-07-20。" in text
    assert "改造道路\u2060*" in text


@db
@pytest.mark.parametrize("who", ["leader", "observer"])
def test_readers_see_nothing_of_how_a_filing_stands(who: str, cast: Cast, plan: Plan) -> None:
    task = make_project(plan, cast)
    freeze(task, percent=50, version=accepted(task, cast, 150))
    now = at("2022-08-02")
    fill(report_of(task, cast.lead, "2022-07"), cast.reporter, now, 210)
    text = text_of(page_of(getattr(cast, who), ADDRESS))
    for word in ("草稿", "待审签", "已退回", "待填报"):
        assert word not in text


@db
def test_a_unit_sees_its_own_projects_only(cast: Cast, plan: Plan) -> None:
    freeze(make_project(plan, cast), percent=50)
    assert "示例实事1" in page_of(cast.reporter, ADDRESS)
    stranger = page_of(cast.stranger_reporter, ADDRESS)
    assert "示例实事1" not in stranger
    assert "本单位没有承担本年度十件实事" in text_of(stranger)


@db
def test_a_project_without_a_number_has_its_card_and_its_row(cast: Cast, plan: Plan) -> None:
    task = make_project(plan, cast, tracking="milestone")
    freeze(task, "on_pace", digest="主体封顶。")
    assert "1—6月份进展：主体封顶。" in text_of(page_of(cast.leader, ADDRESS))
    assert "示例实事1市住建局无量化指标" in text_of(page_of(cast.leader, "/2022/overview/"))


@db
def test_before_the_first_finalization_targets_stand_without_figures(
    cast: Cast, plan: Plan
) -> None:
    make_project(plan, cast)
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "尚无定稿数据" in text
    assert "改造道路300公里————" in text
    assert "首期进展定稿后显示。" in text


@db
@pytest.mark.parametrize("who", ["office", "leader", "observer", "reporter"])
def test_the_numbers_on_top_lead_to_the_rows_they_count(who: str, cast: Cast, plan: Plan) -> None:
    for number, light in enumerate(("done", "ahead", "slow", "slow", "late"), start=1):
        freeze(make_project(plan, cast, number), light, percent=50)
    client = browser(getattr(cast, who))
    links = numbers_with_links(client.get(ADDRESS).content.decode())
    assert [count for _, count in links] == [1, 1, 2, 1]
    for address, count in links:
        assert client.get(address).context["page"].paginator.count == count, address


@db
@pytest.mark.parametrize("who", ["office", "leader", "observer", "reporter", "signer"])
def test_a_full_year_costs_no_more_than_25_queries(
    who: str, cast: Cast, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 135):
        freeze(make_item(plan, cast, number, tracking="qualitative"))
    for number in range(1, 11):
        task = make_project(plan, cast, number)
        make_indicator(task, task.responsibilities.get(is_primary=True), name="新建桥梁")
        make_share(task.indicators.all()[0], cast.county, 300)
        freeze(task, "slow", code=f"2022-0{2 + number % 5}", percent=40)
    client = browser(getattr(cast, who))
    client.get(ADDRESS)
    with django_assert_max_num_queries(25):
        assert client.get(ADDRESS).status_code == 200
