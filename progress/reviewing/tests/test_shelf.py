"""The queue as one reviewer sees it: chips, order, own items, and what may be accepted together."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from progress.lifecycle import by_office
from progress.models import ProgressReport
from tasks.models import Plan, Portfolio
from tests.cast import Cast, at, file_report, make_actor, make_item, report_of
from tests.pages import browser, text_of
from units.models import Post, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]


@pytest.fixture
def three(cast: Cast, plan: Plan) -> list[ProgressReport]:
    """Items 1 to 3; 3 waits longest, 2 was returned and came back, none has findings but 2."""
    found = []
    for number, day in ((1, "2022-08-02"), (2, "2022-08-01"), (3, "2022-07-29")):
        report = report_of(make_item(plan, cast, number), cast.lead)
        found.append(file_report(cast, report, at(day), 180))
    back = by_office.return_to_unit(
        report=found[1], actor=cast.office, now=at("2022-08-02"), reason="请补充。"
    )
    found[1] = file_report(cast, back, at("2022-08-02", "11:00:00"), 185)
    return found


def order(page: str) -> list[int]:
    return sorted(range(1, 4), key=lambda n: page.index(f'<b class="l1c">道路改造{n}</b>'))


def listed(page: str) -> set[int]:
    return {n for n in range(1, 4) if f'<b class="l1c">道路改造{n}</b>' in page}


def read(client: Client, query: str = "") -> str:
    return text_of(client.get(f"/2022/review/{query}", follow=True))


def test_the_queue_is_ordered_and_filtered_and_says_its_age(
    cast: Cast, three: list[ProgressReport]
) -> None:
    office = browser(cast.office)
    assert order(read(office)) == [3, 1, 2]
    assert order(read(office, "?sort=number")) == [1, 2, 3]
    assert listed(read(office, "?show=again")) == {2}
    assert listed(read(office, "?show=old")) == {3}
    assert "超期1份" in read(office)
    assert listed(read(office, "?show=nonsense&sort=nonsense")) == {1, 2, 3}


def test_a_decision_leads_to_the_next_in_the_chosen_order(
    cast: Cast, three: list[ProgressReport]
) -> None:
    office = browser(cast.office)
    answer = office.post(f"/2022/review/{three[0].pk}/accept/?sort=number", {})
    assert answer["Location"] == f"/2022/review/{three[1].pk}/?sort=number"


def test_only_what_was_opened_is_accepted_together(cast: Cast, three: list[ProgressReport]) -> None:
    office = browser(cast.office)
    for report in three[:2]:
        office.get(f"/2022/review/{report.pk}/")
    chosen = {"report": [str(report.pk) for report in three]}
    page = text_of(office.post("/2022/review/accept/", chosen, follow=True))
    assert "已通过2份" in page
    assert "重点工作第3项7月进展：还没有打开查看" in page
    states = [ProgressReport.objects.get(pk=report.pk).state for report in three]
    assert states == ["accepted", "accepted", "reviewing"]


def test_what_has_findings_or_is_refiled_is_not_accepted_unread(
    cast: Cast, three: list[ProgressReport]
) -> None:
    office = browser(cast.office)
    for report in three[:2]:
        office.get(f"/2022/review/{report.pk}/")
    back = by_office.return_to_unit(
        report=three[0], actor=cast.office_head, now=at("2022-08-03"), reason="请补充。"
    )
    file_report(cast, back, at("2022-08-03", "11:00:00"), 190)
    version = three[1].latest()
    assert version is not None
    version.explanations = {"jump": "示例：集中完工。"}
    version.save()
    chosen = {"report": [str(report.pk) for report in three[:2]]}
    page = text_of(office.post("/2022/review/accept/", chosen, follow=True))
    assert "已通过" not in page
    assert "又有新稿" in page
    assert "有提示，须逐项审核" in page


def test_nobody_accepts_a_batch_that_they_filed(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, at("2022-08-02"), 180)
    version = sent.latest()
    assert version is not None
    version.submitted_by = cast.office.user
    version.save()
    office = browser(cast.office)
    office.get(f"/2022/review/{sent.pk}/")
    page = text_of(office.post("/2022/review/accept/", {"report": str(sent.pk)}, follow=True))
    assert "须由督查室其他人员审核" in page
    sent.refresh_from_db()
    assert sent.state == "reviewing"


def test_an_officer_finds_the_items_in_own_charge(cast: Cast, three: list[ProgressReport]) -> None:
    post = Post.objects.create(title="示例督查员", kind="supervisor")
    officer = make_actor(Role.OFFICE, name="示例督查员", post=post)
    Portfolio.objects.create(
        post=post, kind="supervising", task=three[2].task, starts_on=date(2022, 1, 21)
    )
    page = read(browser(officer), "?show=mine")
    assert listed(page) == {3}
    assert "我负责的" not in read(browser(cast.office))
