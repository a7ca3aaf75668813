"""列入通报: what was chosen in a list becomes a line of the draft, once, if it may stand there."""

from __future__ import annotations

import pytest
from django.test import Client

from progress.models import Period
from reports.bulletins import acts
from reports.bulletins.changes import fingerprint
from reports.bulletins.drafting import newer_figures, refresh
from reports.bulletins.lines import lines_of, list_items
from reports.bulletins.paper.document import paper_of
from reports.bulletins.tests.papers import NOW, draft_of, finalize
from reports.models import Bulletin, BulletinLine
from reports.tests.factories import freeze
from reports.word.blocks import Heading, Paragraph
from tasks.models import Plan, Task, Visibility
from tests.cast import Cast, make_item, period_of
from units.errors import NotNow, Refused
from units.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(plan: Plan, cast: Cast) -> dict[str, Task]:
    made = {}
    for number, (name, light) in enumerate(
        {"behind": "late", "ahead": "ahead", "secret": "ahead", "waiting": "in_review"}.items(), 1
    ):
        made[name] = make_item(plan, cast, number=number)
        freeze(made[name], light, percent=70)
    Task.objects.filter(pk=made["secret"].pk).update(visibility=Visibility.RESTRICTED)
    made["secret"].refresh_from_db()
    return made


@pytest.fixture
def june(items: dict[str, Task], plan: Plan) -> Period:
    return finalize(period_of(plan, "2022-06"))


@pytest.fixture
def draft(june: Period, cast: Cast) -> Bulletin:
    return draft_of(june, cast)


def texts(bulletin: Bulletin) -> list[str]:
    blocks = paper_of(bulletin, lines_of(bulletin)).blocks
    return [each.text for each in blocks if isinstance(each, (Heading, Paragraph))]


def test_only_what_may_stand_is_listed_and_once(
    draft: Bulletin, items: dict[str, Task], cast: Cast
) -> None:
    every = list(items.values())
    made = list_items(bulletin=draft, tasks=every, actor=cast.office, now=NOW)
    assert [line.task_id for line in made] == [items["ahead"].pk]
    assert list_items(bulletin=draft, tasks=every, actor=cast.office, now=NOW) == []
    assert BulletinLine.objects.filter(bulletin=draft, kind="listed").count() == 1
    assert LogEntry.objects.filter(action="bulletin.list").count() == 1
    said = texts(draft)
    assert "四、其他通报事项" in said
    assert any(each.startswith("1.") and items["ahead"].code in each for each in said)


def test_what_was_listed_stays_when_figures_are_renewed_and_goes_when_taken_out(
    draft: Bulletin, items: dict[str, Task], cast: Cast
) -> None:
    (line,) = list_items(bulletin=draft, tasks=[items["ahead"]], actor=cast.office, now=NOW)
    acts.save_sections(
        bulletin=draft, values={}, words={line.pk: "经验可供借鉴。"}, actor=cast.office, now=NOW
    )
    shown = fingerprint(newer_figures(draft, cast.office, NOW.date())[0])
    refresh(bulletin=draft, shown=shown, actor=cast.office, now=NOW)
    draft.refresh_from_db()
    assert any(each.endswith("经验可供借鉴。") for each in texts(draft))
    acts.save_sections(
        bulletin=draft, values={}, words={}, taken_out=[line.pk], actor=cast.office, now=NOW
    )
    assert "四、其他通报事项" not in texts(draft)


def test_nobody_else_lists_and_nothing_is_listed_in_what_units_check(
    draft: Bulletin, items: dict[str, Task], cast: Cast
) -> None:
    with pytest.raises(Refused):
        list_items(bulletin=draft, tasks=[items["ahead"]], actor=cast.reporter, now=NOW)
    acts.ask(bulletin=draft, actor=cast.office, now=NOW)
    with pytest.raises(NotNow, match="只能列入通报草稿"):
        list_items(bulletin=draft, tasks=[items["ahead"]], actor=cast.office, now=NOW)


def test_the_page_says_what_cannot_stand_and_why(
    client: Client, draft: Bulletin, items: dict[str, Task], cast: Cast
) -> None:
    client.force_login(cast.office.user)
    address = f"/{draft.plan.slug}/bulletins/list/"
    only = ",".join(str(each.pk) for each in items.values())
    page = client.get(address, {"only": only}).content.decode()
    for reason in ("已在通报中", "限定知悉范围", "待审核"):
        assert reason in page
    refused = client.post(address, {"only": str(items["behind"].pk), "bulletin": draft.pk})
    assert refused.status_code == 409
    sent = client.post(address, {"only": only, "bulletin": draft.pk})
    assert sent.status_code == 302
    edit = client.get(sent["Location"]).content.decode()
    assert "不再列入" in edit
    (line,) = draft.lines.filter(kind="listed")
    client.post(sent["Location"], {"title": draft.title, f"out_{line.pk}": "on"})
    assert lines_of(draft)[0].kind == "behind"
    assert len(lines_of(draft)) == 1


def test_without_a_draft_the_page_offers_one(
    client: Client, june: Period, items: dict[str, Task], cast: Cast
) -> None:
    client.force_login(cast.office.user)
    page = client.get(f"/{june.plan.slug}/bulletins/list/", {"only": items["ahead"].pk})
    assert "起草督查通报" in page.content.decode()
