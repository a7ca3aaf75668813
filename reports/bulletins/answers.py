"""A unit that a bulletin names may answer once to each line, within its day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from huangshi_tasks.lib.text import deadline
from progress.due_days.affected import Calendars, Moving, changed
from reports.bulletins.lines import lines_of
from reports.bulletins.notices import tell_office, tell_office_of_all, tell_postponed
from reports.models import Bulletin, BulletinLine, BulletinState
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import ALLOWED, Verdict, denied, require

AGREED = "无异议。"


def can_answer(actor: Actor, line: BulletinLine) -> Verdict:
    """The people of the unit named."""
    if actor.is_of_a_unit and actor.unit_id == line.unit_id:
        return ALLOWED
    return denied(f"此条由{line.unit}核对。")


@transaction.atomic
def answer(*, line: BulletinLine, text: str, actor: Actor, now: datetime) -> BulletinLine:
    """One sentence, once; after that and after the day the line is only read."""
    locked = _answered(line, text, actor, now)
    tell_office(locked, now)
    return locked


@transaction.atomic
def answer_all(
    *, lines: Sequence[BulletinLine], texts: Mapping[int, str], actor: Actor, now: datetime
) -> list[BulletinLine]:
    """Every line of a unit in one act: what was written (`texts` by line), else 无异议. The office
    hears of it once.
    """
    done = [_answered(line, texts.get(line.pk) or AGREED, actor, now) for line in lines]
    tell_office_of_all(done, sum(bool(texts.get(line.pk)) for line in done), now)
    return done


def mark_read(lines: Iterable[BulletinLine], *, now: datetime) -> None:
    """Somebody of the unit has seen them."""
    unread = [line.pk for line in lines if line.read_at is None]
    if unread:
        BulletinLine.objects.filter(pk__in=unread, read_at=None).update(read_at=now)


def _answered(line: BulletinLine, text: str, actor: Actor, now: datetime) -> BulletinLine:
    locked = (
        BulletinLine.objects.select_for_update(of=("self",))
        .select_related("bulletin__plan", "bulletin__period", "unit")
        .get(pk=line.pk)
    )
    require(can_answer(actor, locked))
    if locked.answered_at is not None:
        raise NotNow("此条已经答复过，如需补充，请电话联系督查室。")
    if locked.is_dropped or not locked.bulletin.takes_answers(now.date()):
        until = locked.bulletin.check_until
        ended = f"，核对已于{deadline(until)}截止" if until is not None else ""
        raise NotNow(f"此条现在不能答复{ended}。如有意见，请电话联系督查室。")
    locked.answer, locked.answered_by_name, locked.answered_at = text, actor.name, now
    locked.save(update_fields=["answer", "answered_by_name", "answered_at"])
    log.record(
        actor=actor,
        action="bulletinline.answer",
        subject=locked,
        summary=f"核对通报：{locked.bulletin} {locked.unit}",
        changes={"answer": text},
        now=now,
    )
    return locked


def days_to_check(calendars: Calendars) -> Iterator[Moving]:
    """The last day to answer, of every bulletin that units are checking, when the working days
    change under it: a day off is none on which they can.
    """
    checked = Bulletin.objects.filter(state=BulletinState.CHECKING)
    for each in checked.select_related("plan", "period"):
        if (stored := each.check_until) is not None:
            days = changed(check_until=("核对截止", stored, calendars.typed(stored)))
            yield Moving(
                each, "通报", each.get_absolute_url(), days, partial(_tell_postponed, each)
            )


def _tell_postponed(bulletin: Bulletin, rung: str, sentence: str, now: datetime) -> None:
    tell_postponed(bulletin, lines_of(bulletin), rung, sentence, now)
