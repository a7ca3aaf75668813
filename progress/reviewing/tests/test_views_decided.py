"""审核: accepted and returned, what is kept, and who comes second."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from progress.contents.versions import last_return
from progress.lifecycle import by_unit
from progress.models import ProgressReport, Reading, ReportState, ReportVersion
from progress.reviewing.form import ASK_REASON, UNCLEAR
from progress.reviewing.tests.reviewing import (
    DIGEST,
    VERIFIED,
    WHY,
    accepted_by_the_head,
    another,
    figure,
    posted,
    returned_by_the_head,
    seen,
    url,
)
from tasks.models import Plan, Task
from tests.cast import Cast, at, file_report, fill, make_responsibility, report_of
from tests.held import let_the_seconds_pass
from tests.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]


def test_accepting_keeps_the_text_and_the_verified_figure_and_opens_the_next(
    cast: Cast, plan: Plan, july: ProgressReport
) -> None:
    behind = another(cast, plan, 2, at("2022-08-03", "09:00:00"))
    another(cast, plan, 3, at("2022-07-28"))
    more = {f"verified:{figure(july)}": "178.5", f"why:{figure(july)}": "示例：统计口径。"}
    response = browser(cast.office).post(url(july, "accept"), posted(july, digest=VERIFIED, **more))
    assert response["Location"] == url(behind)
    let_the_seconds_pass()
    july.refresh_from_db()
    version = july.accepted_version
    assert version is not None
    assert (july.state, version.digest) == (ReportState.ACCEPTED, VERIFIED)
    reading = Reading.objects.get(version=version)
    assert (reading.value, reading.verified) == (Decimal(180), Decimal("178.5"))
    assert reading.verified_reason == "示例：统计口径。"


def test_after_a_return_the_next_in_the_queue_opens(
    cast: Cast, plan: Plan, july: ProgressReport
) -> None:
    another(cast, plan, 2, at("2022-07-28"))
    behind = another(cast, plan, 3, at("2022-08-03", "09:00:00"))
    response = browser(cast.office).post(
        url(july, "return_to_unit"),
        posted(july, standard=["缺少佐证材料", "进展笼统，无量化"], reason=WHY),
    )
    assert response["Location"] == url(behind)
    july.refresh_from_db()
    assert july.state == ReportState.RETURNED
    returned = last_return(july)
    assert returned is not None
    assert returned.return_reason == f"缺少佐证材料；进展笼统，无量化；{WHY}"
    assert july.return_due_on == date(2022, 8, 5)
    assert not july.first_was_empty


def test_an_empty_first_filing_is_marked(cast: Cast, july: ProgressReport) -> None:
    data = posted(july, standard=["进展笼统，无量化"], first_was_empty="on")
    browser(cast.office).post(url(july, "return_to_unit"), data)
    july.refresh_from_db()
    assert july.first_was_empty


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"digest": "长" * 501}, "不超过500字，现在501字"),
        ({"verified:": "约180"}, "请填写数字"),
        ({"verified:": "178"}, "请写明核定依据。"),
        ({"why:": "示例：统计口径。"}, "请填写核定数"),
        ({"override_light": "late"}, "更改状态须说明原因。"),
        ({"override_reason": "示例：现场未见施工。"}, "请选择状态"),
        ({"override_light": "violet"}, "请从列出的状态中选择"),
        ({"reason": WHY}, UNCLEAR),
    ],
)
def test_an_acceptance_that_is_not_complete_keeps_every_word(
    cast: Cast, july: ProgressReport, typed: dict[str, str], sentence: str
) -> None:
    named = {k + figure(july) if k.endswith(":") else k: v for k, v in typed.items()}
    data = posted(july, next_digest="示例：八月招标。") | named
    response = browser(cast.office).post(url(july, "accept"), data)
    page = text_of(response)
    assert response.status_code == 409
    assert sentence in page
    for word in {**data, "version": "", "override_light": ""}.values():
        assert word in page
    july.refresh_from_db()
    assert july.state == ReportState.REVIEWING


def test_a_return_without_a_reason_keeps_the_text_for_print(
    cast: Cast, july: ProgressReport
) -> None:
    response = browser(cast.office).post(url(july, "return_to_unit"), posted(july))
    page = text_of(response)
    assert response.status_code == 409
    assert ASK_REASON in page
    assert DIGEST in page
    assert 'class="rv-rs open"' in page  # with scripts the panel would hide the sentence


def test_a_reason_that_is_too_long_comes_back_whole(cast: Cast, july: ProgressReport) -> None:
    long = "因" * 301
    data = posted(july, standard=["缺少佐证材料"], reason=long)
    page = text_of(browser(cast.office).post(url(july, "return_to_unit"), data))
    assert long in page
    assert "不超过300字，现在301字" in page
    assert page.count("checked") == 1


def test_an_unfinished_text_for_print_does_not_stand_in_the_way_of_a_return(
    cast: Cast, july: ProgressReport
) -> None:
    unfinished = {"digest": "长" * 501, f"verified:{figure(july)}": "约180"}
    data = posted(july, reason=WHY) | unfinished
    browser(cast.office).post(url(july, "return_to_unit"), data)
    july.refresh_from_db()
    assert july.state == ReportState.RETURNED


@pytest.mark.parametrize("decide", [accepted_by_the_head, returned_by_the_head])
@pytest.mark.parametrize("verb", ["accept", "return_to_unit"])
def test_who_comes_second_is_told_by_whom_and_loses_nothing(
    cast: Cast,
    july: ProgressReport,
    decide: Callable[[Cast, ProgressReport], None],
    verb: str,
) -> None:
    why = {"reason": WHY} if verb == "return_to_unit" else {}
    typed = {f"verified:{figure(july)}": "178.5", f"why:{figure(july)}": "示例：统计口径。"}
    data = posted(july, **why, **typed)
    decide(cast, july)
    response = browser(cast.office).post(url(july, verb), data)
    page = text_of(response)
    assert response.status_code == 409
    assert "督查室 负责人（督查室）已于8月3日09:30" in page
    assert "已由他人审核，本次没有办理" in page  # though the figures do not bear the text out
    for word in (DIGEST, "178.5", "示例：统计口径。", *why.values()):
        assert word in page
    assert "通过，审下一项" not in page
    july.refresh_from_db()
    decided = july.versions.exclude(decision="").get()
    assert decided.decided_by == cast.office_head.user


@pytest.mark.parametrize("verb", ["accept", "return_to_unit"])
def test_a_version_filed_meanwhile_is_not_decided_unread(
    cast: Cast, july: ProgressReport, verb: str
) -> None:
    why = {"reason": WHY} if verb == "return_to_unit" else {}
    typed = {f"verified:{figure(july)}": "178.5", f"why:{figure(july)}": WHY}
    data = posted(july, digest=VERIFIED, **why, **typed)
    returned_by_the_head(cast, july)
    july.refresh_from_db()
    file_report(cast, july, at("2022-08-03", "10:00:00"), 190, progress="示例：重报的进展。")
    client = browser(cast.office)
    response = client.post(url(july, verb), data)
    page = text_of(response)
    assert response.status_code == 409
    for word in ("已重报", "示例：重报的进展。", VERIFIED, 'value="178.5"', *why.values()):
        assert word in page
    july.refresh_from_db()
    assert july.state == ReportState.REVIEWING
    assert f'name="version" value="{seen(july)}"' in page
    asked = re.findall(r'name="doubt" value="([^"]*)"', page)  # of 采用稿, as the page has them
    client.post(url(july, verb), data | {"version": seen(july), "doubt": asked})
    let_the_seconds_pass()
    july.refresh_from_db()
    assert july.state != ReportState.REVIEWING


@pytest.mark.parametrize("digest", ["示例：改造道路210公里。", "长" * 501])
def test_it_is_said_first_that_a_version_was_filed_meanwhile(
    cast: Cast, july: ProgressReport, digest: str
) -> None:
    """Else the next press, after what is asked about the text, would accept what nobody read."""
    data = posted(july, digest=digest)
    returned_by_the_head(cast, july)
    july.refresh_from_db()
    file_report(cast, july, at("2022-08-03", "10:00:00"), 190, progress="示例：重报的进展。")
    response = browser(cast.office).post(url(july, "accept"), data)
    page = text_of(response)
    assert response.status_code == 409
    for word in ("已重报，本页已换成新稿", digest, f'name="version" value="{seen(july)}"'):
        assert word in page


def test_who_opens_what_was_decided_is_told(cast: Cast, july: ProgressReport) -> None:
    accepted_by_the_head(cast, july)
    response = browser(cast.office).get(url(july), follow=True)
    assert "当前为“已通过”，不再待审核" in text_of(response)


def test_nobody_reviews_what_they_filed_and_the_page_says_so(
    cast: Cast, july: ProgressReport
) -> None:
    ReportVersion.objects.filter(report=july).update(submitted_by=cast.office.user)
    client = browser(cast.office)
    page = text_of(client.get(url(july)))
    assert "须由督查室其他人员审核" in page
    assert "确认退回" not in page
    assert client.post(url(july, "accept"), posted(july)).status_code == 403
    assert "确认退回" in text_of(browser(cast.office_head).get(url(july)))


def test_the_offices_own_light_is_kept_with_its_reason(cast: Cast, july: ProgressReport) -> None:
    more = {"override_light": "late", "override_reason": "示例：现场未见施工。"}
    browser(cast.office).post(url(july, "accept"), posted(july, **more))
    let_the_seconds_pass()
    july.refresh_from_db()
    version = july.accepted_version
    assert version is not None
    assert (version.override_light, version.override_reason) == ("late", "示例：现场未见施工。")


def test_a_co_leads_part_carries_no_light(cast: Cast, task: Task) -> None:
    make_responsibility(task, cast.co_lead)
    part = report_of(task, cast.co_lead)
    fill(part, cast.co_reporter, at("2022-08-02"), progress="示例：配套路段完工。")
    by_unit.submit(report=part, actor=cast.co_reporter, now=at("2022-08-02"))
    by_unit.sign(report=part, actor=cast.co_signer, now=at("2022-08-02"))
    client = browser(cast.office)
    assert "更改（须说明）" not in text_of(client.get(url(part)))
    client.post(url(part, "accept"), posted(part, override_light="late", override_reason="示例。"))
    let_the_seconds_pass()
    part.refresh_from_db()
    assert part.accepted_version is not None
    assert part.accepted_version.override_light == ""
