"""空报 marked after the fact, and taken back: it costs the punctuality of the first filing only."""

from __future__ import annotations

import pytest

from progress.lifecycle.empty_filing import judge_empty
from progress.models import ProgressReport
from progress.periods.owed import is_on_time
from tests.cast import Cast, accept_report, at
from tests.pages import browser, text_of, url
from units.errors import NotNow, Refused
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-03")


def test_it_is_marked_and_taken_back_on_the_page(cast: Cast, report: ProgressReport) -> None:
    accept_report(cast, report, at("2022-08-02"), 180)
    office = browser(cast.office)
    assert "认定首次报送为空报" in text_of(office.get(url(report)))
    refused = office.post(url(report, "judge_empty"), {"reason": ""})
    assert refused.status_code == 409
    for expected in (False, True):
        page = office.post(url(report, "judge_empty"), {"reason": "示例：无内容。"}, follow=True)
        report.refresh_from_db()
        assert is_on_time(report) is expected
        assert ("已取消空报认定" if expected else "不计按时报送") in text_of(page)
    assert LogEntry.objects.filter(action="progressreport.judge_empty").count() == 2


def test_only_the_office_judges_and_only_what_was_filed(cast: Cast, report: ProgressReport) -> None:
    with pytest.raises(NotNow, match="还没有报送"):
        judge_empty(report=report, reason="x", actor=cast.office, now=NOW)
    for actor in (cast.reporter, cast.signer, cast.leader):
        with pytest.raises(Refused):
            judge_empty(report=report, reason="x", actor=actor, now=NOW)
