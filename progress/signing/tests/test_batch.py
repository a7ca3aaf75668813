"""待审签清单: rows without findings are signed together, each by the one transition of signing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from progress.lifecycle import by_unit
from progress.models import ProgressReport
from tasks.models import Plan
from tests.cast import STARTS_ON, Cast, accept_report, at, fill, make_item, report_of
from tests.pages import browser
from units.models import Appointment, LogEntry, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

PAGE = "/2022/signing/batch/"
NOW = at("2022-08-02")


@pytest.fixture
def waiting(cast: Cast, plan: Plan) -> list[ProgressReport]:
    """Three reports wait; the third carries a warning that was answered."""
    tasks = [make_item(plan, cast, number) for number in (1, 2, 3)]
    accept_report(cast, report_of(tasks[2], cast.lead, "2022-06"), at("2022-07-04"), 150)
    reports = [report_of(task, cast.lead) for task in tasks]
    for report, km in zip(reports, (100, 120, None), strict=True):
        key = f"reading:{report.task.indicators.get().pk}::"
        said = {f"explanation:no_number:{key}value": "示例：未结算。"} if km is None else {}
        fill(report, cast.reporter, NOW, km, **said)
        by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    return reports


def sign(client: Client, reports: list[ProgressReport], **stamps: str) -> str:
    fields: dict[str, Any] = {"picked": [report.pk for report in reports]}
    for report in reports:
        latest = report.latest()
        assert latest is not None
        fields[f"seen-{report.pk}"] = stamps.get("stamp", latest.stamp)
    html: str = client.post(PAGE, fields, follow=True).content.decode()
    return html


def states(reports: list[ProgressReport]) -> list[str]:
    return [ProgressReport.objects.get(pk=report.pk).state for report in reports]


def test_the_list_offers_a_box_only_where_there_are_no_findings(
    cast: Cast, waiting: list[ProgressReport]
) -> None:
    html = browser(cast.signer).get(PAGE).content.decode()
    assert [f'name="picked" value="{report.pk}"' in html for report in waiting] == [
        True,
        True,
        False,
    ]
    assert "说明1处，请打开审签" in html


def test_each_picked_report_is_signed_with_an_entry_of_its_own(
    cast: Cast, waiting: list[ProgressReport]
) -> None:
    html = sign(browser(cast.signer), waiting[:2])
    assert "已审签并报送督查室2份" in html
    assert states(waiting) == ["reviewing", "reviewing", "signing"]
    entries = LogEntry.objects.filter(
        action="progressreport.sign", subject_id__in=[report.pk for report in waiting]
    )
    assert entries.count() == 2


def test_one_that_has_findings_says_why_and_keeps_no_other_back(
    cast: Cast, waiting: list[ProgressReport]
) -> None:
    html = sign(browser(cast.signer), waiting)
    assert "已审签并报送督查室2份" in html
    assert f"{waiting[2]}未审签：有1条提示，请打开后逐项审签。" in html
    assert states(waiting)[2] == "signing"


def test_what_changed_after_it_was_read_is_not_signed(
    cast: Cast, waiting: list[ProgressReport]
) -> None:
    html = sign(browser(cast.signer), waiting[:1], stamp="1.0")
    assert "在您打开后有改动" in html
    assert states(waiting)[0] == "signing"


def test_nothing_of_another_unit_is_signed(cast: Cast, waiting: list[ProgressReport]) -> None:
    html = sign(browser(cast.stranger_signer), waiting[:1])
    assert "已不在待审签之列" in html
    assert "道路改造" not in html
    assert states(waiting)[0] == "signing"


def test_a_deputy_signs_for_the_head_and_it_says_so(
    cast: Cast, waiting: list[ProgressReport]
) -> None:
    deputy = Appointment.objects.create(
        user=cast.stranger_reporter.user,
        role=Role.SIGNER,
        unit=cast.lead,
        starts_on=STARTS_ON,
        stands_in_for=cast.signer.appointment,
    )
    client = browser(cast.stranger_reporter)
    client.post("/switch/", {"appointment": deputy.pk})
    sign(client, waiting[:1])
    version = waiting[0].latest()
    assert version is not None
    assert version.signed_by_name == "市体育局联络员（代市住建局 单位负责人）"
    page = browser(cast.reporter).get(f"/2022/reports/{waiting[0].pk}/").content.decode()
    assert "（代市住建局 单位负责人）" in page
