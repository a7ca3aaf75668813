"""核查 told to the units that lead the item: what to mend at once, the result when it is closed."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from progress.models import Evidence, EvidenceKind, Message, Reminder, SiteVisit
from progress.reminding.messages import make_notices
from progress.visits.acts import close_visit, mend, plan_visit, record_visit
from tests.cast import Cast, at, make_item, make_plan, make_responsibility
from tests.pages import browser, text_of
from units.actors import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]
NOW = at("2022-08-03")


@pytest.fixture
def visit(cast: Cast) -> SiteVisit:
    """Of an item that 市住建局 and 市城管委 lead and 市财政局 supports."""
    task = make_item(make_plan(), cast)
    make_responsibility(task, cast.co_lead, ordinal=2)
    return plan_visit(task=task, actor=cast.office, now=NOW, because="示例：进度过快")


def record(cast: Cast, visit: SiteVisit, finding: str, mend_by: date | None = None) -> SiteVisit:
    return record_visit(
        visit=visit,
        kind="on_site",
        visited_on=date(2022, 8, 2),
        people="督查室（示例）",
        finding=finding,
        text="示例：3条道路尚未验收。",
        mend_by=mend_by,
        actor=cast.office,
        now=NOW,
    )


def told() -> dict[str, list[str]]:
    """Rung → who was told, with the one sentence checked to be the same for all."""
    found: dict[str, list[str]] = {}
    for row in Reminder.objects.filter(subject__startswith="visit:").select_related("recipient"):
        found.setdefault(row.rung, []).append(str(row.recipient))
    return {rung: sorted(names) for rung, names in found.items()}


def leads(cast: Cast) -> list[str]:
    people = (cast.reporter, cast.signer, cast.co_reporter, cast.co_signer)
    return sorted(str(actor.user) for actor in people)


def test_what_is_to_be_mended_is_told_at_once_with_finding_and_day(
    cast: Cast, visit: SiteVisit
) -> None:
    record(cast, visit, "partly", date(2022, 8, 20))
    assert told() == {"mend": leads(cast)}
    row = Reminder.objects.filter(recipient=cast.reporter.user).get(rung="mend")
    sentence = "现场核查结论为部分属实，请于8月20日前完成整改。示例：3条道路尚未验收。"
    assert sentence in row.text
    assert row.is_immediate
    page = reverse("progress:visit", args=["2022", visit.pk])
    assert row.link == page
    assert "示例：3条道路尚未验收。" in text_of(browser(cast.signer).get(page))
    assert "8月20日前" in text_of(
        browser(cast.co_reporter).get(reverse("progress:visits", args=["2022"]))
    )
    for actor in (cast.supporter, cast.leader, cast.observer, cast.stranger_reporter):
        assert browser(actor).get(page).status_code == 404


def test_it_leaves_as_a_message_too(cast: Cast, visit: SiteVisit) -> None:
    record(cast, visit, "false", date(2022, 8, 20))
    make_notices(now=NOW, at=NOW)
    messages = Message.objects.filter(recipient=cast.reporter.user)
    assert any("不实" in row.text for each in messages for row in each.reminders.all())


def test_the_result_is_told_when_the_visit_is_closed(cast: Cast, visit: SiteVisit) -> None:
    record(cast, visit, "true")
    assert told() == {}
    close_visit(visit=visit, actor=cast.office, now=NOW)
    assert told() == {"closed": leads(cast)}
    text = Reminder.objects.filter(rung="closed")[0].text
    assert "核查已完成，现场核查结论为属实。" in text


def test_after_mending_the_end_is_told_again(cast: Cast, visit: SiteVisit) -> None:
    record(cast, visit, "partly", date(2022, 8, 20))
    mend(visit=visit, mended_on=date(2022, 8, 3), note="示例", actor=cast.office, now=NOW)
    close_visit(visit=visit, actor=cast.office, now=NOW)
    assert told() == {"mend": leads(cast), "closed": leads(cast)}
    assert "整改情况已登记" in Reminder.objects.filter(rung="closed")[0].text


def test_photos_of_what_is_to_be_mended_are_for_those_who_mend(
    cast: Cast, visit: SiteVisit
) -> None:
    photo = Evidence.objects.create(
        task=visit.task,
        visit=visit,
        kind=EvidenceKind.EVIDENCE,
        name="示例.jpg",
        file="evidence/x.jpg",
        content_type="image/jpeg",
        size=1,
        sha256="0" * 64,
        uploaded_by=cast.office.user,
        uploaded_by_name="示例",
        uploaded_at=NOW,
    )

    def sees(actor: Actor) -> bool:
        return Evidence.objects.visible_to(actor).filter(pk=photo.pk).exists()

    assert not sees(cast.reporter)
    record(cast, visit, "partly", date(2022, 8, 20))
    assert sees(cast.reporter)
    assert not sees(cast.supporter)
    assert not sees(cast.leader)
