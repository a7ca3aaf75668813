"""The open month: the July reports of the 41 monthly items, left in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from demo import texts
from demo.acts import Acts
from demo.goals import JULY, RETURNED_BY_SIGNER
from demo.times import LAST_DAY, afternoon, chance, evening, moment, morning, soon
from progress.lifecycle import by_unit
from progress.models import Duty

At = Callable[[datetime, Callable[[datetime], object]], None]
PARTS_DAY, FIRST_DAY = date(2022, 7, 29), date(2022, 8, 1)
# What the liaison of 市住建局 has not typed yet, as the desk shows it.
LEFT_OUT = {"k55": ("next_steps",), "p6": ("reading:", "next_steps")}
UNFILED = ("none", "draft")
PARTS_OF_UNFILED = ("none", "none", "draft", "reviewing")
NEVER_FILED = ("p10",)  # whose co-leads wait as well
REASONS = {"p3": "（示例）请补充中窑湾片区未达计划的原因，并附现场照片。"}
RETURNED_AT = (16, 20)


def lay_out(acts: Acts, at: At) -> None:
    """Put what happens to one July report into the walk."""
    if acts.report.duty == Duty.MAIN:
        _lay_out_main(acts, JULY[acts.item], at)
    else:
        _lay_out_part(acts, at)


def _lay_out_main(acts: Acts, state: str, at: At) -> None:
    dice = chance("july", acts.item)
    if state == "none":
        return
    day = LAST_DAY if state in ("draft", "signing") else FIRST_DAY
    typed = morning(day, dice)
    at(typed, partial(acts.type_in, without=LEFT_OUT.get(acts.item, ())))
    if state == "draft":
        return
    at(soon(typed, dice), acts.submit)
    if state == "signing":
        return
    if acts.item == RETURNED_BY_SIGNER:
        at(moment(LAST_DAY, 11, 20), partial(_refuse_to_sign, acts))
        return
    at(afternoon(FIRST_DAY, dice), acts.sign)
    if state == "accepted":
        at(morning(LAST_DAY, dice), acts.accept)
    elif state == "returned":
        reason = REASONS.get(acts.item, "")
        at(moment(LAST_DAY, *RETURNED_AT), partial(acts.send_back, reason=reason))


def _lay_out_part(acts: Acts, at: At) -> None:
    """Co-leads and counties file before a primary that has sent off its own; else some do."""
    dice = chance("july part", acts.item, acts.report.responsibility.unit.name)
    state = "accepted"
    if JULY[acts.item] in UNFILED:
        state = "none" if acts.item in NEVER_FILED else dice.choice(PARTS_OF_UNFILED)
    if state == "none":
        return
    typed = morning(PARTS_DAY, dice)
    at(typed, acts.type_in)
    if state == "draft":
        return
    at(soon(typed, dice), acts.submit)
    at(afternoon(PARTS_DAY, dice), acts.sign)
    if state == "accepted":
        at(evening(PARTS_DAY, dice), acts.accept)


def _refuse_to_sign(acts: Acts, now: datetime) -> None:
    signer = acts.book.signer(acts.report.responsibility.unit)
    assert signer is not None
    reason = texts.return_reason(acts.story)
    by_unit.return_to_liaison(report=acts.report, actor=signer, now=now, reason=reason)
