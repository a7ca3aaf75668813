"""定稿: the periods, what is missing and whom to telephone, what would be frozen, and the deed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from huangshi_tasks.lib import clock
from progress.finalizing.finalize import finalize, override_light
from progress.models import Period, PeriodState, ProgressReport, TaskPeriod
from progress.periods.opening import ensure_reports
from tasks.models import Plan, Responsibility, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    file_report,
    make_indicator,
    make_item,
    make_responsibility,
    make_task,
    period_of,
    report_of,
)
from tests.pages import browser, text_of
from units.calendar import workdays
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]


@pytest.fixture
def july(plan: Plan, task: Task, cast: Cast) -> Period:
    """July; everything before it is finalized."""
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    for before in Period.objects.filter(plan=plan, cycle="monthly", data_as_of__lt="2022-07-01"):
        ensure_reports(before, before.opens_on)
        finalize(period=before, actor=cast.office_head, now=at("2022-07-13"))
    return period_of(plan, "2022-07")


def url(period: Period, name: str = "period") -> str:
    return reverse(f"progress:{name}", args=[period.plan.slug, period.pk])


def shown(cast: Cast, period: Period) -> str:
    return text_of(browser(cast.office).get(url(period)))


def test_the_periods_stand_by_what_can_be_done_with_them(cast: Cast, july: Period) -> None:
    response = browser(cast.office).get(reverse("progress:periods", args=["2022"]))
    page = response.content.decode().split("<h1>", 1)[1]
    words = ("报送中", ">7月<", "已定稿", ">6月<", "未开始", ">8月<")
    places = [page.index(word) for word in words]
    assert places == sorted(places)
    assert "8月12日起可以定稿" in page
    assert "督查室 负责人（督查室）" in page


def test_the_first_look_makes_the_reports(cast: Cast, july: Period) -> None:
    assert not ProgressReport.objects.filter(period=july).exists()
    assert "应报1份" in shown(cast, july)
    assert ProgressReport.objects.filter(period=july).count() == 1


def test_what_is_missing_stands_by_unit_with_its_telephones(cast: Cast, july: Period) -> None:
    cast.reporter.user.telephone = "0714-0000001"
    cast.reporter.user.save()
    cast.lead.telephone = "0714-0000002"
    cast.lead.save()
    Responsibility.objects.filter(unit=cast.lead).update(
        contact_name="示例科室", telephone="0714-0000003"
    )
    missing = shown(cast, july).split("未报送<small>1份，1个单位", 1)[1]
    places = [missing.index(f"0714-000000{each}") for each in (1, 3, 2)]
    assert places == sorted(places)
    assert "示例科室 0714-0000003" in missing
    assert "待填报" in missing


def test_a_former_liaison_is_not_telephoned(cast: Cast, july: Period) -> None:
    cast.reporter.user.telephone = "0714-0000001"
    cast.reporter.user.save()
    cast.reporter.appointment.ends_on = date(2022, 8, 2)
    cast.reporter.appointment.save()
    page = shown(cast, july)
    assert "0714-0000001" not in page
    assert "未登记" in page


def test_what_was_sent_and_is_not_through_stands_apart(
    cast: Cast, july: Period, task: Task
) -> None:
    file_report(cast, report_of(task, cast.lead), at("2022-08-02"), 180)
    page = shown(cast, july)
    assert "各单位均已报送。" in page
    assert "道路改造1" in page.split("已报送、尚未通过<small>1份", 1)[1]


def test_before_the_closing_day_the_page_says_why_not(cast: Cast, july: Period) -> None:
    page = shown(cast, july)
    assert "8月12日关闭，自当日起可以定稿" in page
    assert reverse("progress:finalize", args=["2022", july.pk]) not in page
    response = browser(cast.office).post(
        url(july, "finalize"), HTTP_REFERER=f"http://testserver{url(july)}", follow=True
    )
    assert response.redirect_chain[0][0].endswith(url(july))
    assert "自当日起可以定稿" in response.content.decode()
    july.refresh_from_db()
    assert july.state == PeriodState.COLLECTING


def test_an_earlier_period_comes_first(cast: Cast, july: Period) -> None:
    clock.configure(date(2022, 9, 13))
    assert "请先对7月定稿" in shown(cast, period_of(july.plan, "2022-08"))


def test_a_period_that_has_not_begun_judges_nothing(cast: Cast, july: Period) -> None:
    page = shown(cast, period_of(july.plan, "2022-09"))
    assert "本期尚未开始" in page
    assert "逐项查看" not in page


def test_the_page_shows_what_would_be_frozen(cast: Cast, july: Period, task: Task) -> None:
    clock.configure(date(2022, 8, 12))
    page = shown(cast, july)
    assert "按现有数据定稿的结果<small>1项" in page
    assert "没有本期进展的1项将按最近一次通过的数据判定" in page
    assert "完成率50%，低于序时进度8.3个百分点" in page
    assert not TaskPeriod.objects.filter(period=july).exists()


def test_what_waits_in_the_office_stands_first_and_wants_a_reason(
    cast: Cast, july: Period, task: Task
) -> None:
    clock.configure(date(2022, 8, 12))
    file_report(cast, report_of(task, cast.lead), at("2022-08-02"), 180)
    page = shown(cast, july)
    assert "督查室还没有审的" in page
    assert "8个工作日" in page
    assert "按6月50%（报送60%）" in page
    assert ">去审核</a>" in page
    assert page.count(url(july, "finalize")) == 1  # behind the reason
    client = browser(cast.office)
    with_four = client.post(url(july, "finalize"), {"reason": "急用数据"[:4]})
    assert with_four.status_code == 409
    assert "急用数据</textarea>" in with_four.content.decode()
    client.post(url(july, "finalize"))  # the button of a page that is older than the report
    assert not TaskPeriod.objects.filter(period=july).exists()
    client.post(url(july, "finalize"), {"reason": "市政府常务会议用数"})
    after = shown(cast, july)
    assert "理由：市政府常务会议用数" in after
    assert "待审核1项" in after


def test_finalizing_freezes_and_says_who_and_when(cast: Cast, july: Period, task: Task) -> None:
    report = accept_report(cast, report_of(task, cast.lead), at("2022-08-02"), 180)
    override_light(
        report=report,
        light="slow",
        reason="示例：现场未见施工。",
        actor=cast.office_head,
        now=at("2022-08-03"),
    )
    clock.configure(date(2022, 8, 12))
    response = browser(cast.office).post(url(july, "finalize"), follow=True)
    page = text_of(response)
    assert "督查室 审核员（督查室）于8月12日" in page
    for words in ("定稿结果<small>1项", "进度偏慢", "示例：现场未见施工。", "示例采用稿。"):
        assert words in page
    frozen = TaskPeriod.objects.get(period=july)
    assert (frozen.light, frozen.computed_light) == ("slow", "on_pace")
    assert LogEntry.objects.filter(action="period.finalize", subject_id=july.pk).count() == 1


def test_a_second_click_changes_nothing(cast: Cast, july: Period) -> None:
    clock.configure(date(2022, 8, 12))
    client = browser(cast.office)
    client.post(url(july, "finalize"))
    response = client.post(url(july, "finalize"), HTTP_REFERER=f"http://testserver{url(july)}")
    assert response.status_code == 302
    assert TaskPeriod.objects.filter(period=july).count() == 1
    assert LogEntry.objects.filter(action="period.finalize", subject_id=july.pk).count() == 1


def test_what_is_frozen_does_not_follow_later_changes(cast: Cast, july: Period, task: Task) -> None:
    june = period_of(july.plan, "2022-06")
    assert "完成率50%" in shown(cast, june)
    task.indicators.get().targets.update(value=600)
    assert "完成率50%" in shown(cast, june)


def test_another_years_period_is_not_found_here(cast: Cast, july: Period) -> None:
    address = reverse("progress:period", args=["2022", july.pk + 9999])
    assert browser(cast.office).get(address).status_code == 404


@pytest.mark.parametrize("who", ["reporter", "signer", "leader", "observer", "admin", "auditor"])
def test_only_the_office_finalizes(cast: Cast, july: Period, who: str) -> None:
    clock.configure(date(2022, 8, 12))
    client = browser(getattr(cast, who))
    assert client.get(url(july)).status_code == 403
    assert client.post(url(july, "finalize")).status_code == 403


def test_a_page_of_144_items_costs_as_much_as_one(
    cast: Cast, july: Period, django_assert_max_num_queries: Any
) -> None:
    for number in range(2, 145):
        task = make_task(july.plan, number)
        unit = (cast.lead, cast.co_lead, cast.county)[number % 3]
        make_indicator(task, make_responsibility(task, unit, is_primary=True))
    sent = report_of(make_item(july.plan, cast, 200), cast.lead)
    file_report(cast, sent, at("2022-08-02"), 180)
    clock.configure(date(2022, 8, 12))
    workdays.remember(date(2022, 8, 12))  # as the schedule does in its first hour
    client = browser(cast.office)
    client.get(url(july))  # the session is written once, the reports made
    for address in (url(july), reverse("progress:periods", args=["2022"])):
        with django_assert_max_num_queries(27):
            assert client.get(address).status_code == 200
    client.post(url(july, "finalize"), {"reason": "市政府常务会议用数"})
    with django_assert_max_num_queries(27):
        assert "定稿结果<small>145项" in text_of(client.get(url(july)))


def test_after_it_the_review_says_what_accepting_does(cast: Cast, july: Period, task: Task) -> None:
    sent = file_report(cast, report_of(task, cast.lead), at("2022-08-02"), 180)
    clock.configure(date(2022, 8, 12))
    client = browser(cast.office)
    review = reverse("progress:review_report", args=["2022", sent.pk])
    assert "补充定稿" not in client.get(review).content.decode()
    client.post(url(july, "finalize"), {"reason": "市政府常务会议用数"})
    page = client.get(review).content.decode()
    assert "计入7月补充定稿" in page
    assert "7月（已定稿）" in page
