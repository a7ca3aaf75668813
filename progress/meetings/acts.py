"""Open a 调度会, write down and take back what it decides, hand it all out."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from progress.matters.files import keep_file
from progress.matters.instructions import register
from progress.matters.permissions import can_handle
from progress.models import (
    Instruction,
    InstructionSource,
    MatterFileKind,
    Meeting,
    MeetingBasis,
    MeetingDecision,
)
from tasks.models import Area, Plan, Task, Visibility
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.files.uploads import Checked
from units.models import Post, Unit
from units.permissions import require

TITLE_LENGTH = 60  # of 交办事项
SENT = "本次会议的议定事项已交办，不能再改；需要补充的请登记交办事项。"
EMPTY = "还没有议定事项，请先在事项页记录。"


def open_meeting(
    *,
    plan: Plan,
    title: str,
    held_on: date,
    post: Post | None,
    area: Area | None,
    actor: Actor,
    now: datetime,
) -> Meeting:
    """A new one; it opens with the list of the last on the same post and area."""
    require(can_handle(actor))
    before = Meeting.objects.filter(plan=plan, post=post, area=area, held_on__lte=held_on).first()
    with transaction.atomic():
        meeting = Meeting.objects.create(
            plan=plan,
            title=title,
            held_on=held_on,
            post=post,
            area=area,
            previous=before,
            added_by=actor.user,
            added_by_name=actor.name,
            added_at=now,
        )
        log.record(
            actor=actor,
            action="meeting.add",
            subject=meeting,
            summary=f"登记调度会：{meeting}",
            now=now,
        )
    return meeting


def decide(
    *,
    meeting: Meeting,
    task: Task | None,
    text: str,
    unit: Unit,
    due_on: date,
    actor: Actor,
    now: datetime,
) -> MeetingDecision:
    """Write down what was decided: a draft until the meeting is sent."""
    require(can_handle(actor))
    with transaction.atomic():
        decision = MeetingDecision.objects.create(
            meeting=_open(meeting),
            task=task,
            text=text,
            unit=unit,
            due_on=due_on,
            written_by_name=actor.name,
            written_at=now,
        )
        log.record(
            actor=actor,
            action="meeting.decide",
            subject=decision,
            summary=f"记录议定事项：{text}",
            changes={"unit": unit.name, "due_on": due_on},
            now=now,
        )
    return decision


def take_back(*, decision: MeetingDecision, actor: Actor, now: datetime) -> None:
    """Drop a draft; what it said stays in the log."""
    require(can_handle(actor))
    with transaction.atomic():
        _open(decision.meeting)
        log.record(
            actor=actor,
            action="meeting.take_back",
            subject=decision,
            summary=f"撤下议定事项：{decision.text}",
            changes={"unit": decision.unit.name, "due_on": decision.due_on},
            now=now,
        )
        decision.delete()


def send(
    *,
    meeting: Meeting,
    basis: str,
    authority: str,
    scan: Checked | None,
    actor: Actor,
    now: datetime,
) -> list[Instruction]:
    """Hand out every draft as 交办, with 依据 and scan; all of them, or none."""
    require(can_handle(actor))
    with transaction.atomic():
        held = _open(meeting)
        drafts = list(held.decisions.select_related("task", "unit"))
        if not drafts:
            raise NotNow(EMPTY)
        held.basis, held.authority = basis, authority
        held.sent_by_name, held.sent_at = actor.name, now
        held.save(update_fields=["basis", "authority", "sent_by_name", "sent_at"])
        sent = [_hand_out(held, each, scan, actor, now) for each in drafts]
        log.record(
            actor=actor,
            action="meeting.send",
            subject=held,
            summary=f"交办议定事项{len(sent)}件：{held}",
            changes={"basis": str(MeetingBasis(basis).label), "authority": authority},
            now=now,
        )
    return sent


def _hand_out(
    meeting: Meeting, decision: MeetingDecision, scan: Checked | None, actor: Actor, now: datetime
) -> Instruction:
    task = decision.task
    made = register(
        plan=meeting.plan,
        source=InstructionSource.MEETING,
        title=_title(decision.text),
        text=decision.text,
        decided_by=meeting.title,
        decided_on=meeting.held_on,
        lead=decision.unit,
        due_on=max(decision.due_on, now.date()),
        post=meeting.post,
        paper=f"{MeetingBasis(meeting.basis).label}：{meeting.authority}"[:120],
        visibility=task.visibility if task is not None else Visibility.NORMAL,
        tasks=[task] if task is not None else [],
        actor=actor,
        now=now,
    )
    if scan is not None:
        scan.upload.seek(0)
        keep_file(checked=scan, kind=MatterFileKind.SCAN, matter=made, actor=actor, now=now)
    decision.instruction = made
    decision.save(update_fields=["instruction"])
    return made


def _title(text: str) -> str:
    """The first sentence, cut to fit."""
    first = text.strip().split("。")[0].split("\n")[0]
    return first if len(first) <= TITLE_LENGTH else f"{first[: TITLE_LENGTH - 1]}…"


def _open(meeting: Meeting) -> Meeting:
    """The meeting, locked; refused when it has been sent."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("plan", "post")
    held = locked.get(pk=meeting.pk)
    if held.is_sent:
        raise NotNow(SENT)
    return held
