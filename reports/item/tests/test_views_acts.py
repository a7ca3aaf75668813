"""事项详情: what was decided, and the button of who reads."""

from __future__ import annotations

import re
from datetime import date

import pytest

from huangshi_tasks.lib import clock
from progress.adjustments.acts import request_adjustment
from progress.lifecycle import by_unit
from progress.models import (
    Closure,
    ProgressReport,
)
from reports.item.tests.items import ADDRESS, JULY, decide, frozen_june
from reports.tests.reading import page_of, text_of
from tasks.models import Plan
from tests.cast import Cast, at, fill, make_item, period_of, report_of
from tests.decisions import adjusted

pytestmark = pytest.mark.django_db


def test_decisions_say_from_what_to_what_and_by_whom(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    decide(task, cast, "extension", {"due_on": "2023-06-30"})
    indicator = task.indicators.get()
    decide(task, cast, "target", {"indicator": indicator.pk, "value": "280", "upper": None})
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "完成时限2023年6月30日" in text
    assert "完成时限由2022年12月31日改为2023年6月30日，自2022年5月20日起" in text
    assert "改造道路由300公里改为280公里" in text
    assert "市政府常务会议2022年5月18日，示例纪要第8号" in text


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
    by_unit.submit(report=report, actor=cast.reporter, now=at("2022-08-02"))
    assert button(page_of(cast.signer, ADDRESS)) == ("审签7月进展", form)
    assert button(page_of(cast.reporter, ADDRESS)) is None
    by_unit.sign(report=report, actor=cast.signer, now=at("2022-08-02"))
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
    adjusted(cast, task, "suspension", date(2022, 7, 1))
    page = page_of(cast.reporter, ADDRESS)
    assert button(page) is None
    assert "本期报送" not in text_of(page)


def test_what_is_owed_is_made_when_the_page_is_first_read(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast)
    assert button(page_of(cast.reporter, ADDRESS)) is not None
    assert ProgressReport.objects.filter(period=period_of(plan, JULY)).count() == 1
