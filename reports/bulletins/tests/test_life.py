"""Draft, checking, signature, issue, correction: what each step keeps and what it refuses."""

from __future__ import annotations

import hashlib

import pytest

from progress.models import Period, Reminder
from reports.bulletins import acts, drafting
from reports.bulletins.answers import AGREED, answer
from reports.bulletins.changes import fingerprint
from reports.bulletins.lines import lines_of
from reports.bulletins.signing import sign_with
from reports.bulletins.tests.papers import NOW, VALUES, draft_of, issue, june_with_one_behind
from reports.models import Bulletin, BulletinKind, BulletinState
from tasks.models import Plan
from tests.cast import Cast, at
from units.errors import NotNow, Refused
from units.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def june(plan: Plan, cast: Cast) -> Period:
    return june_with_one_behind(plan, cast)


@pytest.fixture
def draft(june: Period, cast: Cast) -> Bulletin:
    return draft_of(june, cast)


def read(bulletin: Bulletin) -> bytes:
    with bulletin.file.open("rb") as stored:
        return bytes(stored.read())


def test_only_a_finalized_period_can_be_told_of(plan: Plan, cast: Cast) -> None:
    with pytest.raises(NotNow, match="尚未定稿"):
        draft_of(Period.objects.get(plan=plan, code="2022-07"), cast)


def test_only_the_office_drafts(june: Period, cast: Cast) -> None:
    for actor in (cast.reporter, cast.signer, cast.leader, cast.observer):
        with pytest.raises(Refused):
            drafting.draft(period=june, kind="bulletin", actor=actor, now=NOW)


def test_one_draft_of_a_kind_at_a_time(draft: Bulletin, june: Period, cast: Cast) -> None:
    with pytest.raises(NotNow, match="正在办理"):
        draft_of(june, cast)
    acts.drop(bulletin=draft, reason="重来", actor=cast.office, now=NOW)
    assert draft_of(june, cast).pk != draft.pk


def test_who_is_named_has_a_working_day(draft: Bulletin, cast: Cast) -> None:
    friday = at("2022-08-05")
    with pytest.raises(NotNow, match="请先送点名单位核对"):
        sign_with(bulletin=draft, values=VALUES, actor=cast.office, now=friday)
    sent = acts.ask(bulletin=draft, actor=cast.office, now=friday)
    assert sent.check_until is not None
    assert sent.check_until.isoformat() == "2022-08-08"  # Monday
    with pytest.raises(NotNow, match="还有1条未答复"):
        sign_with(bulletin=sent, values=VALUES, actor=cast.office, now=at("2022-08-08", "23:59:59"))
    after = at("2022-08-09", "00:00:00")
    signed = sign_with(bulletin=sent, values=VALUES, actor=cast.office, now=after)
    assert signed.state == BulletinState.SIGNED


def test_a_unit_is_told_and_answers_once(draft: Bulletin, cast: Cast) -> None:
    acts.ask(bulletin=draft, actor=cast.office, now=NOW)
    told = Reminder.objects.filter(recipient=cast.reporter.user, subject__startswith="bulletin:")
    assert "拟点名本单位1条" in told.get().text
    assert not Reminder.objects.filter(recipient=cast.leader.user).exists()
    line = lines_of(draft)[0]
    with pytest.raises(Refused):
        answer(line=line, text=AGREED, actor=cast.stranger_reporter, now=NOW)
    answer(line=line, text="应为25%，见报送单。", actor=cast.reporter, now=NOW)
    with pytest.raises(NotNow, match="已经答复过"):
        answer(line=line, text="再说一句", actor=cast.signer, now=NOW)
    assert Reminder.objects.filter(recipient=cast.office.user, text__contains="应为25%").exists()


def test_an_answer_after_the_day_is_refused_with_the_date(draft: Bulletin, cast: Cast) -> None:
    acts.ask(bulletin=draft, actor=cast.office, now=NOW)
    line, late = lines_of(draft)[0], at("2022-08-05", "00:00:00")
    with pytest.raises(NotNow, match="8月4日（星期四）24时截止"):
        answer(line=line, text="晚了", actor=cast.reporter, now=late)


def test_issued_is_numbered_dated_and_the_same_bytes_for_ever(draft: Bulletin, cast: Cast) -> None:
    issued = issue(draft, cast)
    first = read(issued)
    assert (issued.number, issued.issued_on, issued.state) == (1, NOW.date(), "frozen")
    assert issued.sha256 == hashlib.sha256(first).hexdigest()
    plan = issued.plan
    plan.title = "改了名的通知"
    plan.save()
    plan.tasks.get().judgements.all().delete()
    assert read(Bulletin.objects.get(pk=issued.pk)) == first
    entry = LogEntry.objects.get(action="bulletin.issue")
    assert issued.sha256 in entry.payload


@pytest.mark.parametrize("act", ["ask", "take_back", "issue"])
def test_nothing_is_done_to_what_is_issued(act: str, draft: Bulletin, cast: Cast) -> None:
    issued = issue(draft, cast)
    with pytest.raises(NotNow):
        getattr(acts, act)(bulletin=issued, actor=cast.office, now=NOW)
    with pytest.raises(NotNow):
        acts.save_sections(
            bulletin=issued, values={"title": "新"}, words={}, actor=cast.office, now=NOW
        )
    with pytest.raises(NotNow):
        drafting.refresh(bulletin=issued, shown="", actor=cast.office, now=NOW)


def test_numbers_run_by_kind(june: Period, cast: Cast) -> None:
    kinds = (BulletinKind.BULLETIN, BulletinKind.SPECIAL, BulletinKind.BULLETIN)
    issued = [issue(draft_of(june, cast, kind), cast) for kind in kinds]
    assert [each.number for each in issued] == [1, 1, 2]


def test_a_correction_is_a_new_marked_edition(draft: Bulletin, cast: Cast) -> None:
    issued = issue(draft, cast)
    before = read(issued)
    edition = drafting.correct(bulletin=issued, reason="单位名称有误", actor=cast.office, now=NOW)
    with pytest.raises(NotNow, match="已有更正"):
        drafting.correct(bulletin=issued, reason="又一次", actor=cast.office, now=NOW)
    later = issue(edition, cast, at("2022-08-04"))
    assert str(later) == "督查通报2022年第1期（更正）"
    assert read(issued) == before != read(later)


def test_newer_figures_come_only_as_shown(draft: Bulletin, cast: Cast) -> None:
    acts.save_sections(
        bulletin=draft,
        values={},
        words={lines_of(draft)[0].pk: "督查室改写的原因。"},
        actor=cast.office,
        now=NOW,
    )
    frozen = draft.plan.tasks.get().judgements.get()
    frozen.unit_reason, frozen.reason = "新的原因。", "新的判定"
    frozen.save()
    with pytest.raises(NotNow, match="又有变化"):
        drafting.refresh(bulletin=draft, shown="old", actor=cast.office, now=NOW)
    new, changes = drafting.newer_figures(draft, cast.office, NOW.date())
    assert changes
    drafting.refresh(bulletin=draft, shown=fingerprint(new), actor=cast.office, now=NOW)
    line = lines_of(draft)[0]
    assert (line.facts, line.words) == ("新的判定", "督查室改写的原因。")
    fresh = Bulletin.objects.get(pk=draft.pk)
    assert drafting.newer_figures(fresh, cast.office, NOW.date())[1] == []


def test_a_signature_can_be_withdrawn_until_it_is_issued(draft: Bulletin, cast: Cast) -> None:
    line = lines_of(draft)[0]
    sent = acts.ask(bulletin=draft, actor=cast.office, now=NOW)
    answer(line=line, text=AGREED, actor=cast.reporter, now=NOW)
    signed = sign_with(bulletin=sent, values=VALUES, actor=cast.office, now=NOW)
    assert signed.approval is not None
    back = acts.withdraw(bulletin=signed, reason="领导有修改", actor=cast.office, now=NOW)
    assert (back.state, back.approval) == ("draft", None)
