"""总览: who reads it, that its numbers are the ledger's, and that it looks right in every state."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from progress.lifecycle import by_office, by_unit
from progress.models import HeadlineReading, Period, TaskPeriod
from progress.states import Light
from reports.tests.factories import freeze, make_area, make_post
from reports.tests.reading import OVERVIEW, numbers_with_links, page_of, text_of
from tasks.models import Indicator, IndicatorTarget, Plan, Responsibility
from tests.cast import STARTS_ON, Cast, accept_report, at, fill, make_item, make_share, report_of
from tests.pages import browser

pytestmark = pytest.mark.django_db


def make_year(plan: Plan, cast: Cast) -> None:
    """Twenty items in two areas and two projects, in every light, of two leaders."""
    areas = [make_area(plan, 1), make_area(plan, 2)]
    make_post("分管城建副市长", cast.lead)
    for number in range(1, 21):
        area = areas[number % 2]
        task = make_item(plan, cast, number, area=area, theme=area.themes.get())
        if number % 3 == 0:
            Responsibility.objects.filter(task=task, is_primary=True).update(unit=cast.co_lead)
        light = list(Light)[number % len(list(Light))]
        if light != Light.NO_DATA:
            freeze(task, light, percent=40 + number)
    for number in (1, 2):
        task = make_item(plan, cast, number, kind="practical_project")
        freeze(task, "slow" if number == 1 else "ahead", percent=30)
    Period.objects.filter(plan=plan, code="2022-06").update(
        state="finalized", finalized_at=at("2022-07-13")
    )


@pytest.mark.parametrize("who", ["office", "leader", "observer"])
@pytest.mark.parametrize("whose", ["", "?leader={post}", "?behind=all"])
def test_every_number_leads_to_exactly_the_rows_it_counts(
    who: str, whose: str, cast: Cast, plan: Plan
) -> None:
    make_year(plan, cast)
    post = make_post("分管文教副市长", cast.co_lead)
    client = browser(getattr(cast, who))
    page = client.get(OVERVIEW + whose.format(post=post.pk)).content.decode()
    links = numbers_with_links(page)
    assert len(links) > 20
    for address, count in links:
        assert client.get(address).context["page"].paginator.count == count, address


def test_the_counts_sentence_is_in_the_words_of_the_bulletin(cast: Cast, plan: Plan) -> None:
    for number, light in enumerate(["done", "ahead", "on_pace", "slow", "late"], start=1):
        freeze(make_item(plan, cast, number), light, percent=40)
    sentence = "截至6月30日，5项：已完成1项，达到序时进度2项，未达序时进度2项，未启动0项"
    assert sentence in text_of(page_of(cast.leader))


def test_what_is_behind_says_whose_how_far_why_and_what_next(cast: Cast, plan: Plan) -> None:
    make_post("分管城建副市长", cast.lead)
    freeze(
        make_item(plan, cast, 17),
        "late",
        percent=28,
        unit_reason="用地手续未批。",
        next_digest="8月底前开工。",
        is_missing=True,
    )
    text = text_of(page_of(cast.leader))
    said = "重点17道路改造17市住建局分管城建副市长滞后未报送50%28%−22.0用地手续未批。8月底前开工。"
    assert said in text


def test_an_older_finalization_stands_beside_its_item(cast: Cast, plan: Plan) -> None:
    freeze(make_item(plan, cast, 1), "late", code="2022-05", percent=10)
    freeze(make_item(plan, cast, 2), "late", percent=10)
    text = text_of(page_of(cast.leader))
    assert "道路改造1截至5月31日" in text
    assert "道路改造2截至" not in text


def test_a_light_set_by_the_office_says_so(cast: Cast, plan: Plan) -> None:
    freeze(make_item(plan, cast), "slow", percent=50, override_reason="现场核查未开工。")
    assert "督查室认定：现场核查未开工。" in text_of(page_of(cast.leader))


def test_a_problem_of_a_county_is_shown_with_the_county(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    indicator = task.indicators.get()
    held = {"role": "support", "starts_on": STARTS_ON}
    Responsibility.objects.create(task=task, unit=cast.county, **held)
    make_share(indicator, cast.county, 300)
    report, now = report_of(task, cast.county, "2022-06"), at("2022-07-04")
    key = f"reading:{indicator.pk}:{cast.county.pk}:value"
    wanted = {key: Decimal(0), "coordination": "请协调用地指标。", "coordination_lead": "市资规局"}
    fill(report, cast.county_reporter, now, **wanted, coordination_by=date(2022, 8, 15))
    by_unit.submit(report=report, actor=cast.county_reporter, now=now)
    sent = by_unit.sign(report=report, actor=cast.county_signer, now=now)
    freeze(task, "late", percent=0)
    assert "请协调用地指标。" not in text_of(page_of(cast.leader))
    by_office.accept(report=sent, actor=cast.office, now=now)
    TaskPeriod.objects.update(frozen_at=now + timedelta(days=30))  # 定稿 after it
    asked = "道路改造1请协调用地指标。大冶市政府市资规局8月15日前"
    assert asked in text_of(page_of(cast.leader))


def test_a_problem_solved_before_the_finalization_is_not_shown(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    report = report_of(task, cast.lead, "2022-05")
    accept_report(cast, report, at("2022-06-04"), 100, coordination="请协调用地指标。")
    freeze(task, "late", code="2022-05", percent=0, version=report.latest())
    assert "请协调用地指标。" in text_of(page_of(cast.leader))
    june = report_of(task, cast.lead, "2022-06")
    accept_report(cast, june, at("2022-07-04"), 150, coordination="")
    freeze(task, "late", percent=0, version=june.latest())
    assert "请协调用地指标。" not in text_of(page_of(cast.leader))


def test_a_restricted_item_counts_only_for_those_named(cast: Cast, plan: Plan) -> None:
    secret = make_item(plan, cast, 1, visibility="restricted", short_title="限定事项")
    secret.named_readers.add(cast.leader.user)
    freeze(secret, "late", percent=10)
    freeze(make_item(plan, cast, 2), "on_pace", percent=50)
    assert "限定事项" in page_of(cast.leader)
    assert "2项：" in text_of(page_of(cast.leader))
    assert "限定事项" not in page_of(cast.observer)
    assert "1项：已完成0项，达到序时进度1项" in text_of(page_of(cast.observer))


@pytest.mark.parametrize("who", ["reporter", "signer"])
def test_the_people_of_a_unit_are_told_where_their_items_are(
    who: str, cast: Cast, plan: Plan
) -> None:
    make_item(plan, cast)
    response = browser(getattr(cast, who)).get(OVERVIEW)
    assert response.status_code == 403
    assert "本单位事项请见我的工作台" in response.content.decode()


@pytest.mark.parametrize("who", ["admin", "auditor"])
def test_admin_and_auditor_see_no_business(who: str, cast: Cast, plan: Plan) -> None:
    assert browser(getattr(cast, who)).get(OVERVIEW).status_code == 404


def test_a_leader_starts_in_the_own_portfolio_and_finds_the_whole_city(
    cast: Cast, plan: Plan
) -> None:
    post = make_post("分管城建副市长", cast.lead)
    cast.leader.appointment.post = post
    cast.leader.appointment.save()
    freeze(make_item(plan, cast, 1), "on_pace", percent=50)
    other = make_item(plan, cast, 2)
    Responsibility.objects.filter(task=other, is_primary=True).update(unit=cast.stranger)
    assert "本人分管：分管城建副市长1未明确分管1截至" in text_of(page_of(cast.leader))
    assert "，1项：" in text_of(page_of(cast.leader))
    assert "，2项：" in text_of(page_of(cast.leader, f"{OVERVIEW}?leader="))
    assert "，1项：" in text_of(page_of(cast.leader, f"{OVERVIEW}?leader={post.pk}"))


@pytest.mark.parametrize("value", ["0", "x", "999999999999999999999", "%00", "😀"])
def test_an_unknown_portfolio_leads_back_to_the_whole_city(
    value: str, cast: Cast, plan: Plan
) -> None:
    make_item(plan, cast)
    response = browser(cast.leader).get(OVERVIEW, {"leader": value}, follow=True)
    assert response.redirect_chain == [(f"{OVERVIEW}?leader=", 302)]
    assert "现显示全市" in response.content.decode()


def test_before_the_first_finalization_it_says_so(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast, 1, area=make_area(plan))
    make_item(plan, cast, 1, kind="practical_project", short_title="示例实事")
    text = text_of(page_of(cast.leader))
    assert "尚无定稿数据" in text
    assert "2项：暂无数据2项" in text
    assert "示例实事" in text
    assert "未达序时进度和未启动事项" not in text
    assert "0%" not in text


def test_without_any_item_it_says_so(cast: Cast, plan: Plan) -> None:
    assert "暂无可查看的事项" in text_of(page_of(cast.leader))


def test_when_all_is_done_nothing_is_behind(cast: Cast, plan: Plan) -> None:
    freeze(make_item(plan, cast), "done", percent=100)
    text = text_of(page_of(cast.office))
    assert "1项：已完成1项，达到序时进度0项，未达序时进度0项，未启动0项" in text
    assert "没有未达序时进度和未启动的事项" in text
    assert "没有需市政府协调解决的问题" in text


def make_headline(
    plan: Plan, name: str, target: str, comparator: str = "eq", ordinal: int = 1
) -> Indicator:
    indicator = Indicator.objects.create(
        plan=plan,
        ordinal=ordinal,
        name=name,
        unit_of_measure="%",
        comparator=comparator,
        kind="rate",
        source_text=target,
    )
    IndicatorTarget.objects.create(indicator=indicator, value=Decimal(target), starts_on=STARTS_ON)
    return indicator


def publish(indicator: Indicator, value: str, published_on: str, rank: int | None = None) -> None:
    HeadlineReading.objects.create(
        indicator=indicator,
        label="上半年",
        as_of=date(2022, 6, 30),
        value=Decimal(value),
        rank=rank,
        source="示例日报",
        published_on=date.fromisoformat(published_on),
    )


def test_headline_figures_carry_period_rank_source_and_how_they_stand(
    cast: Cast, plan: Plan
) -> None:
    publish(make_headline(plan, "地区生产总值", "8.5", "about"), "5.2", "2022-08-02", 3)
    publish(make_headline(plan, "财政收入", "8.5", ordinal=2), "16", "2022-08-02")
    publish(make_headline(plan, "物价指数", "3", "le", ordinal=3), "2.1", "2022-08-02")
    text = text_of(page_of(cast.leader))
    gdp = "地区生产总值5.2%全省第3位上半年·目标8.5%左右低于年度目标3.3个百分点"
    assert gdp + "来源：示例日报，2022-08-02" in text
    assert "高于年度目标7.5个百分点" in text
    assert "目标控制在3%以内控制在目标以内" in text


def test_a_figure_not_published_yet_is_awaited(cast: Cast, plan: Plan) -> None:
    make_headline(plan, "外贸出口", "12")
    publish(make_headline(plan, "失业率", "4.5", "le", ordinal=2), "4.1", "2022-08-20")
    text = text_of(page_of(cast.leader))
    assert "外贸出口待统计部门发布年度目标12%" in text
    assert "失业率待统计部门发布年度目标控制在4.5%以内" in text


@pytest.mark.parametrize("who", ["office", "leader", "observer"])
def test_a_full_year_costs_no_more_than_25_queries(
    who: str, cast: Cast, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    areas = [make_area(plan, ordinal) for ordinal in range(1, 10)]
    for number in range(1, 135):
        area = areas[number % 9]
        task = make_item(plan, cast, number, area=area, tracking="qualitative")
        freeze(task, list(Light)[number % 6])
    for number in range(1, 11):
        task = make_item(plan, cast, number, kind="practical_project")
        make_share(task.indicators.get(), cast.county, 300)
        freeze(task, "slow", code=f"2022-0{2 + number % 5}", percent=40)
    make_headline(plan, "地区生产总值", "8.5")
    client = browser(getattr(cast, who))
    client.get(OVERVIEW)
    with django_assert_max_num_queries(25):
        assert client.get(OVERVIEW).status_code == 200
