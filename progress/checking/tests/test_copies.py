"""A text that another item filed is asked about when it is sent, and for signer and reviewer."""

from __future__ import annotations

import pytest

from progress.lifecycle import by_unit
from progress.models import ProgressReport, ReportState
from progress.reviewing.tests.reviewing import url as review_url
from tasks.models import Plan
from tests.cast import BESIDE, Cast, at, file_report, fill, make_item, report_of
from tests.pages import base_of, browser, km_key, text_of, url
from units.errors import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

WORDS = "示例：大冶段路基已成形，阳新段桥梁桩基施工过半，交安设施完成招标。"
ANOTHER = "示例：两处收费站房主体封顶，机电设备到货，绿化完成验收。"


@pytest.fixture
def second(cast: Cast, plan: Plan, report: ProgressReport) -> ProgressReport:
    """The report of a second item; the first has left the unit with `WORDS`."""
    file_report(cast, report, at("2022-08-02"), 180, progress=WORDS)
    return report_of(make_item(plan, cast, 2), cast.lead)


def test_the_same_words_do_not_leave_without_a_sentence_and_then_the_reviewer_reads_it(
    cast: Cast, second: ProgressReport
) -> None:
    client = browser(cast.reporter)
    typed = {"base": base_of(text_of(client.get(url(second)))), "progress": WORDS, **BESIDE}
    typed |= {km_key(second): "180"}
    page = client.post(url(second, "submit"), typed).content.decode()
    assert "进展情况与市住建局填报的重点工作第1项文字相同" in page
    [name] = {part.split('"')[0] for part in page.split('name="explanation:copied.')[1:]}
    answer = {"base": base_of(page), f"explanation:copied.{name}": "示例：同一工程。"}
    client.post(url(second, "submit"), answer)
    second.refresh_from_db()
    assert second.state == ReportState.SIGNING
    by_unit.sign(report=second, actor=cast.signer, now=at("2022-08-03"))
    shown = text_of(browser(cast.office).get(review_url(second)))
    assert "文字相同" in shown
    assert "示例：同一工程。" in shown


def test_own_words_leave(cast: Cast, second: ProgressReport) -> None:
    fill(second, cast.reporter, at("2022-08-03"), 180, progress=ANOTHER)
    by_unit.submit(report=second, actor=cast.reporter, now=at("2022-08-03"))


def test_a_unit_is_not_told_of_whom_it_does_not_see(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    """What 市住建局 sends is another unit's text."""
    theirs = report_of(make_item(plan, cast, 2), cast.lead)
    file_report(cast, theirs, at("2022-08-02"), 180, progress=WORDS)
    held = theirs.responsibility
    held.unit = cast.co_lead
    held.save(update_fields=["unit"])
    fill(report, cast.reporter, at("2022-08-03"), 180, progress=WORDS)
    with pytest.raises(NotNow, match="与本期另一份填报文字相同"):
        by_unit.submit(report=report, actor=cast.reporter, now=at("2022-08-03"))
