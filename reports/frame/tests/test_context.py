"""The frame of every page: menu, 当前身份, the bell, the 年度标尺, and where each role starts."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils.html import strip_tags

from huangshi_tasks.lib import clock
from progress.finalizing.finalize import finalize
from progress.lifecycle.by_unit import submit
from progress.models import Period, PeriodState, Reminder, ReminderState
from progress.periods.opening import ensure_reports
from reports.frame.context import current_plan, shell
from reports.frame.nav import NavEntry, nav_of
from tasks.models import Plan
from tests.cast import Cast, accept_report, at, file_report, fill, make_item, make_plan, report_of
from units.actors import Actor, appointments_of
from units.models import Appointment, Role
from units.pages.personal import personal

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(cast: Cast, plan: Plan) -> Plan:
    """June is finalized; in July one report waits for the office and one for the signer."""
    first, second = make_item(plan, cast), make_item(plan, cast, 2)
    for task in (first, second):
        accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    for period in Period.objects.filter(plan=plan, cycle="monthly", data_as_of__lt="2022-07-01"):
        ensure_reports(period, period.opens_on)
        finalize(period=period, actor=cast.office_head, now=at("2022-07-13"))
    file_report(cast, report_of(first, cast.lead), at("2022-08-01"), 180)
    waiting = report_of(second, cast.lead)
    fill(waiting, cast.reporter, at("2022-08-01"), 170)
    submit(report=waiting, actor=cast.reporter, now=at("2022-08-01"))
    return plan


def shown(actor: Actor, path: str = "/notices/", day: date = date(2022, 8, 3)) -> dict[str, Any]:
    """What the frame gets for `actor` at `path` on `day`."""
    request: Any = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    request.actor, request.user, request.today = actor, actor.user, day
    request.appointments = appointments_of(actor.user, day)
    return shell(request)


def asked(actor: Actor, path: str = "/notices/") -> Any:
    """A request of `actor` for `path`, as the parts of the frame get it."""
    request: Any = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    request.actor, request.user, request.today = actor, actor.user, date(2022, 8, 3)
    request.appointments = appointments_of(actor.user, request.today)
    return request


def menu(actor: Actor, path: str = "/notices/") -> dict[str, NavEntry]:
    request = asked(actor, path)
    return {each.label: each for each in nav_of(request, actor, current_plan(request, actor))}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("reporter", "我的工作台 责任清单 任务台账 交办督办 十件实事 督查通报"),
        ("signer", "我的工作台 审签 责任清单 任务台账 交办督办 十件实事 督查通报"),
        ("office", "督查室 总览 任务台账 审核 十件实事 督查通报 台账报表"),
        ("leader", "总览 十件实事 任务台账 交办督办 督查通报 台账报表"),
        ("observer", "总览 十件实事 任务台账 督查通报 台账报表"),
        ("admin", "人员 单位 职务 联络员交接 待确认 名称和称谓 接口令牌 系统状态"),
        ("auditor", "操作日志 待确认"),
    ],
)
def test_each_role_has_its_menu(cast: Cast, plan: Plan, who: str, expected: str) -> None:
    assert " ".join(menu(getattr(cast, who))) == expected


@pytest.mark.parametrize(
    ("who", "start"),
    [
        ("reporter", "/2022/desk/"),
        ("signer", "/2022/desk/"),
        ("office", "/2022/office/"),
        ("leader", "/2022/overview/"),
        ("observer", "/2022/overview/"),
        ("admin", "/people/"),
        ("auditor", "/audit/"),
    ],
)
def test_each_role_starts_where_its_work_is(
    client: Client, cast: Cast, plan: Plan, who: str, start: str
) -> None:
    client.force_login(getattr(cast, who).user)
    response = client.get("/")
    assert response["Location"] == start
    assert client.get(start).status_code == 200


def test_without_a_plan_the_start_page_says_so(client: Client, cast: Cast) -> None:
    client.force_login(cast.reporter.user)
    response = client.get("/")
    assert response.status_code == 200
    assert "还没有执行中的年度责任分解" in response.content.decode()


def test_a_draft_plan_is_no_start_for_a_unit(client: Client, cast: Cast) -> None:
    make_plan("draft")
    client.force_login(cast.reporter.user)
    assert "还没有执行中的" in client.get("/").content.decode()


def test_the_menu_counts_what_waits_and_marks_the_page(cast: Cast, year: Plan) -> None:
    office = menu(cast.office, "/2022/review/")
    assert office["审核"].count == 1
    assert office["审核"].is_current
    assert not office["总览"].is_current
    signer = menu(cast.signer)
    assert signer["审签"].count == 1
    stranger = menu(cast.stranger_signer)
    assert stranger["审签"].count == 0


def test_a_unit_sees_the_month_being_reported(cast: Cast, year: Plan) -> None:
    strip = shown(cast.reporter)["strip"]
    assert (strip.period_label, strip.data_as_of) == ("7月", date(2022, 7, 31))
    assert (strip.opens_on, strip.due_on) == (date(2022, 7, 25), date(2022, 8, 5))
    assert (strip.days_left, round(strip.elapsed_percent)) == (2, 58)
    assert strip.finalized_label == ""
    states = {month.label: month.state for month in strip.months}
    assert [*states][:2] == ["1—2月", "3月"]
    assert [*states][-1] == "12月"
    assert [label for label, state in states.items() if state == "current"] == ["7月"]
    assert states["6月"] == "past"
    assert states["8月"] == "future"


@pytest.mark.parametrize("who", ["leader", "observer"])
def test_a_reader_sees_the_last_finalized_month(cast: Cast, year: Plan, who: str) -> None:
    strip = shown(getattr(cast, who))["strip"]
    assert (strip.finalized_label, strip.open_label) == ("6月定稿", "7月")
    assert (strip.data_as_of, strip.elapsed_percent) == (date(2022, 6, 30), 50)
    assert (strip.opens_on, strip.days_left) == (None, None)
    assert [month.label for month in strip.months if month.state == "current"] == ["6月"]


@pytest.mark.parametrize(
    ("day", "left"), [("2022-07-25", 11), ("2022-08-05", 0), ("2022-08-06", -1)]
)
def test_days_left_count_to_the_end_of_the_last_day(
    cast: Cast, year: Plan, day: str, left: int
) -> None:
    assert shown(cast.reporter, day=date.fromisoformat(day))["strip"].days_left == left


def test_a_finalized_month_has_no_window_any_more(cast: Cast, year: Plan) -> None:
    Period.objects.filter(plan=year, code="2022-07").update(state=PeriodState.FINALIZED)
    strip = shown(cast.reporter, day=date(2022, 8, 20))["strip"]
    assert (strip.period_label, strip.due_on, strip.days_left) == ("7月", None, None)


def test_before_the_first_month_opens_there_is_only_the_year(cast: Cast, plan: Plan) -> None:
    for actor in (cast.reporter, cast.leader):
        strip = shown(actor, day=date(2022, 2, 1))["strip"]
        assert strip.period_label == ""
        assert {month.state for month in strip.months} == {"future"}


def test_the_names_of_the_office_come_from_the_settings(client: Client, settings: Any) -> None:
    settings.OFFICE_NAMES = {
        "organisation": "示例市政府办",
        "bureau": "政务督查室",
        "phone": "6501",
    }
    page = client.get("/login/").content.decode()
    assert "示例市政府办<small>政务督查室</small>" in page
    assert "重置（电话6501）" in page


@pytest.fixture
def moved(settings: Any) -> None:
    settings.BUSINESS_DATE = date(2022, 8, 3)


@pytest.mark.parametrize("who", ["reporter", "leader", "admin", "auditor"])
def test_a_moved_clock_is_said_to_everybody(
    client: Client, cast: Cast, plan: Plan, moved: None, who: str
) -> None:
    client.force_login(getattr(cast, who).user)
    page = client.get("/", follow=True).content.decode()
    assert "业务日期2022年8月3日" in strip_tags(page)
    assert clock.today() == date(2022, 8, 3)


@pytest.mark.parametrize("who", ["admin", "auditor"])
def test_no_business_data_is_in_the_frame_of_those_without_any(
    cast: Cast, year: Plan, who: str
) -> None:
    context = shown(getattr(cast, who))
    assert context.keys().isdisjoint({"plan", "plan_source", "search_url"})
    assert context["strip"] is None


def test_the_corner_offers_the_other_current_appointments(cast: Cast, plan: Plan) -> None:
    held = cast.reporter.appointment
    for unit, ends_on in ((cast.co_lead, None), (cast.county, date(2022, 7, 31))):
        Appointment.objects.create(
            user=held.user, role=Role.REPORTER, unit=unit, starts_on=held.starts_on, ends_on=ends_on
        )
    corner = personal(asked(cast.reporter), "tools")
    assert re.findall("切换为([^<]+)", corner) == ["市城管委 联络员"]


def test_the_bell_counts_what_stands_in_it_unread(cast: Cast, plan: Plan) -> None:
    for number, (state, read_at) in enumerate(
        [
            (ReminderState.SENT, None),
            (ReminderState.SENT, at("2022-08-02")),
            (ReminderState.CANCELLED, None),
        ]
    ):
        Reminder.objects.create(
            subject=f"report:{number}",
            rung="d-2",
            recipient=cast.reporter.user,
            due_on=date(2022, 8, 3),
            text="示例",
            state=state,
            sent_at=at("2022-08-03"),
            read_at=read_at,
        )
    assert "，1条未读" in personal(asked(cast.reporter), "tools")
    assert "条未读" not in personal(asked(cast.signer), "tools")


@pytest.mark.parametrize("who", ["reporter", "signer", "office", "leader", "admin", "auditor"])
def test_the_frame_costs_six_queries_at_most(cast: Cast, year: Plan, who: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as spent:
        shown(getattr(cast, who))
    assert len(spent) <= 6, [query["sql"] for query in spent]


def test_the_login_page_names_the_notice_and_counts_it(client: Client, year: Plan) -> None:
    page = client.get("/login/").content.decode()
    assert "示例〔2022〕1号" in page
    assert "<dd>2<i>项</i></dd>" in page


def test_the_login_page_stands_without_a_plan(client: Client) -> None:
    page = client.get("/login/").content.decode()
    assert "用户登录" in page
    assert "lg-doc" not in page


def test_an_error_page_stands_in_the_frame_with_its_number(
    client: Client, cast: Cast, plan: Plan
) -> None:
    client.force_login(cast.reporter.user)
    for path, status in (("/audit/", 403), ("/2022/tasks/999/", 404), ("/2031/desk/", 404)):
        response = client.get(path)
        page = response.content.decode()
        assert response.status_code == status
        assert "错误编号" in page
        assert "切换" in page
