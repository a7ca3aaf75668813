"""The pages of bulletins: what is shown to whom, what is typed and kept, the files."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huangshi_tasks.lib import clock
from progress.models import Period
from progress.periods.opening import open_due_periods
from reports.bulletins import acts
from reports.bulletins.lines import lines_of
from reports.bulletins.tests.papers import NOW, draft_of, issue, june_with_one_behind
from reports.models import Bulletin, BulletinKind, BulletinLine
from tasks.models import Plan
from tests.cast import Cast
from tests.pages import text_of
from units.actors import Actor
from units.models import LogEntry

pytestmark = pytest.mark.django_db
CEILING = 25


@pytest.fixture
def june(plan: Plan, cast: Cast) -> Period:
    return june_with_one_behind(plan, cast)


def get(actor: Actor, name: str, *args: Any) -> Any:
    client = Client()
    client.force_login(actor.user)
    return client.get(reverse(f"reports:{name}", args=["2022", *args]))


def post(actor: Actor, name: str, *args: Any, **posted: Any) -> Any:
    client = Client()
    client.force_login(actor.user)
    return client.post(reverse(f"reports:{name}", args=["2022", *args]), posted, follow=True)


def body(response: Any) -> str:
    return text_of(response)


def test_one_click_drafts_and_opens_the_texts(june: Period, cast: Cast) -> None:
    page = post(cast.office, "bulletin_draft", kind="bulletin", period=june.pk)
    made = Bulletin.objects.get()
    assert page.redirect_chain[-1][0] == reverse("reports:bulletin_edit", args=["2022", made.pk])
    for words in ("示例〔2022〕1号", "征地滞后。", "负责人审签后按时报送", "市住建局"):
        assert words in body(page)


def test_only_a_finalized_period_is_offered(june: Period, cast: Cast) -> None:
    july = Period.objects.get(plan=june.plan, code="2022-07")
    page = post(cast.office, "bulletin_draft", kind="bulletin", period=july.pk)
    assert "请选择一个已定稿的填报期。" in body(page)
    assert not Bulletin.objects.exists()


def test_units_and_leaders_read_only_what_was_issued(june: Period, cast: Cast) -> None:
    bulletin = draft_of(june, cast)
    for actor in (cast.reporter, cast.leader, cast.observer):
        assert bulletin.title not in body(get(actor, "bulletins"))
        assert get(actor, "bulletin", bulletin.pk).status_code == 404
    issue(bulletin, cast)
    for actor in (cast.reporter, cast.stranger_reporter, cast.leader, cast.observer):
        assert bulletin.title in body(get(actor, "bulletins"))
        assert get(actor, "bulletin", bulletin.pk).status_code == 200


def test_a_paper_to_leaders_is_not_for_units(june: Period, cast: Cast) -> None:
    special = issue(draft_of(june, cast, BulletinKind.SPECIAL), cast)
    assert get(cast.reporter, "bulletin_word", special.pk).status_code == 404
    assert get(cast.leader, "bulletin_word", special.pk).status_code == 200


def test_what_is_issued_downloads_byte_for_byte_and_is_logged(june: Period, cast: Cast) -> None:
    issued = issue(draft_of(june, cast), cast)
    for _ in range(2):
        content = b"".join(get(cast.leader, "bulletin_word", issued.pk).streaming_content)
        assert hashlib.sha256(content).hexdigest() == issued.sha256
    assert LogEntry.objects.filter(action="bulletin.download").count() == 2


def test_the_texts_are_saved_and_the_figures_are_not_touched(june: Period, cast: Cast) -> None:
    bulletin = draft_of(june, cast)
    line = lines_of(bulletin)[0]
    posted = {"title": "新标题", "problems": "新问题。", f"line_{line.pk}": "新原因。"}
    assert "已保存。" in body(post(cast.office, "bulletin_edit", bulletin.pk, **posted))
    saved = Bulletin.objects.get(pk=bulletin.pk)
    assert (saved.title, saved.problems, saved.figures) == ("新标题", "新问题。", bulletin.figures)
    assert saved.basis == bulletin.basis  # was not in the request
    assert BulletinLine.objects.get(pk=line.pk).words == "新原因。"


def test_a_text_that_is_too_long_comes_back_with_what_was_typed(june: Period, cast: Cast) -> None:
    bulletin = draft_of(june, cast)
    page = post(cast.office, "bulletin_edit", bulletin.pk, title="", problems="长" * 3001)
    assert page.status_code == 409
    assert "请填写标题。" in body(page)
    assert "不超过3000字，请删减。" in body(page)
    assert "长" * 3001 in body(page)


def test_two_who_edit_are_told_before_anything_is_overwritten(june: Period, cast: Cast) -> None:
    bulletin = draft_of(june, cast)
    base = get(cast.office, "bulletin_edit", bulletin.pk).context["form"].initial["base"]
    post(cast.office_head, "bulletin_edit", bulletin.pk, title="先存的", base=base)
    page = post(cast.office, "bulletin_edit", bulletin.pk, title="后存的", base=base)
    assert page.status_code == 409
    assert "有人保存过这一份" in body(page)
    assert "后存的" in body(page)
    again = page.context["form"].data["base"]
    post(cast.office, "bulletin_edit", bulletin.pk, title="后存的", base=again)
    assert Bulletin.objects.get(pk=bulletin.pk).title == "后存的"


def test_what_is_typed_too_late_comes_back_with_the_reason(june: Period, cast: Cast) -> None:
    issued = issue(draft_of(june, cast), cast)
    page = post(cast.office, "bulletin_edit", issued.pk, title="太晚的字")
    assert page.status_code == 409
    assert "太晚的字" in body(page)
    assert "当前为“已印发”" in body(page)


def test_a_unit_checks_its_own_line_and_the_office_reads_the_answer(
    june: Period, cast: Cast
) -> None:
    bulletin = draft_of(june, cast)
    acts.ask(bulletin=bulletin, actor=cast.office, now=NOW)
    assert "拟点名本单位1条" in body(get(cast.reporter, "bulletins"))
    assert "征地滞后。" in body(get(cast.signer, "bulletin_check", bulletin.pk))
    assert get(cast.supporter, "bulletin_check", bulletin.pk).status_code == 404
    line = lines_of(bulletin)[0]
    page = post(cast.reporter, "bulletin_answer", line.pk, answer="")
    assert page.status_code == 409
    post(cast.reporter, "bulletin_answer", line.pk, answer="应为25%。")
    assert "应为25%。" in body(get(cast.office, "bulletin_edit", bulletin.pk))
    assert "应为25%。" in body(get(cast.office, "bulletin", bulletin.pk))


def test_the_newer_figures_are_shown_before_they_are_taken(june: Period, cast: Cast) -> None:
    bulletin = draft_of(june, cast)
    frozen = june.plan.tasks.get().judgements.get()
    frozen.light = "done"
    frozen.save()
    page = get(cast.office, "bulletin_refresh", bulletin.pk)
    assert "未达序时进度：1项改为0项。" in body(page)
    assert Bulletin.objects.get(pk=bulletin.pk).figures == bulletin.figures
    post(cast.office, "bulletin_refresh", bulletin.pk, shown=page.context["shown"])
    assert Bulletin.objects.get(pk=bulletin.pk).figures["behind"] == []


def test_a_signature_in_the_future_or_of_nobody_is_refused(june: Period, cast: Cast) -> None:
    special = draft_of(june, cast, BulletinKind.SPECIAL)
    posted = {"decided_on": "2022-08-04", "authority": "签批件"}
    page = post(cast.office, "bulletin_sign", special.pk, **posted)
    assert page.status_code == 409
    assert "签发日期不能晚于今天。" in body(page)
    assert "请选择签发职务，或写明签发人、会议名称。" in body(page)


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_costs_the_same_for_one_and_for_many(count: int, june: Period, cast: Cast) -> None:
    for _ in range(count):
        issue(draft_of(june, cast), cast)
    open_due_periods(june.plan, clock.today())  # what the schedule does, before anybody looks
    for actor in (cast.reporter, cast.leader, cast.office):
        with CaptureQueriesContext(connection) as queries:
            assert get(actor, "bulletins").status_code == 200
        assert len(queries) - 8 <= CEILING  # logging in for the test costs eight
