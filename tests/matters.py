"""Rows of 交办事项 and 督办单 for the tests, made as the office would."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from progress.matters.answers import sign_answer, submit_answer
from progress.matters.files import keep_file
from progress.matters.instructions import register
from progress.matters.orders import draft_order, send_order, sign_order
from progress.matters.requests import object_to
from progress.meetings.acts import decide, open_meeting
from progress.models import Instruction, MatterFileKind, ReportVersion, SupervisionOrder
from tasks.models import Plan, Task
from tests.cast import Cast, at
from tests.office_files import PDF
from units.files.approvals import new_approval
from units.files.uploads import check
from units.models import Approval, Post

MONDAY, TUESDAY = at("2022-08-01"), at("2022-08-02")
WORDS = "示例：请抓紧拿出化解清单，月底前报我。"


def make_post(title: str = "副市长（示例）") -> Post:
    return Post.objects.get_or_create(title=title, defaults={"kind": "city_leader"})[0]


def make_instruction(cast: Cast, plan: Plan, now: datetime = MONDAY, **fields: Any) -> Instruction:
    """A 批示 to 市住建局, with 市财政局 as co-unit."""
    given: dict[str, Any] = {
        "source": "written",
        "title": "问题楼盘化解",
        "text": WORDS,
        "decided_by": "副市长（示例）",
        "decided_on": date(2022, 7, 31),
        "lead": cast.lead,
        "co_units": [cast.support],
        **fields,
    }
    return register(plan=plan, actor=cast.office, now=now, **given)


def answered(cast: Cast, matter: Any, now: datetime = TUESDAY) -> Any:
    """Written by the liaison, signed by the head."""
    sent = submit_answer(matter=matter, actor=cast.reporter, now=now, text="示例：清单已报。")
    return sign_answer(matter=sent, actor=cast.signer, now=now)


def approval_of(cast: Cast, now: datetime = MONDAY) -> Approval:
    return new_approval(
        decided_by="副市长（示例）",
        decided_on=now.date(),
        authority="签批件",
        actor=cast.office,
        now=now,
    )


def make_order(cast: Cast, item: Task, now: datetime = MONDAY, **fields: Any) -> SupervisionOrder:
    """A draft to 市住建局 on an item."""
    given: dict[str, Any] = {
        "title": "道路改造滞后",
        "unit": cast.lead,
        "text": "示例：至7月底未达序时进度。",
        "requirement": "示例：列出倒排计划。",
        "due_on": date(2022, 8, 5),
        "task": item,
        **fields,
    }
    return draft_order(plan=item.plan, actor=cast.office, now=now, **given)


def sent_order(cast: Cast, item: Task, now: datetime = MONDAY, **fields: Any) -> SupervisionOrder:
    order = make_order(cast, item, now, **fields)
    sign_order(order=order, approval=approval_of(cast), actor=cast.office, now=now)
    return send_order(order=order, actor=cast.office, now=now)


def make_matters(cast: Cast, task: Task) -> dict[str, int]:
    """An instruction answered by 市住建局 with a file, one it objects to, a sheet just signed, and
    what June's report asked of the city.
    """
    closing = answered(cast, make_instruction(cast, task.plan))
    objected = make_instruction(cast, task.plan)
    asked = object_to(
        instruction=objected, actor=cast.reporter, now=at("2022-08-02"), reason="示例"
    )
    order = make_order(cast, task)
    sign_order(order=order, approval=approval_of(cast), actor=cast.office, now=at("2022-08-02"))
    now = at("2022-08-02")
    upload = SimpleUploadedFile("示例.pdf", PDF)
    file = keep_file(
        checked=check(upload, actor=cast.office, now=now),
        kind=MatterFileKind.SCAN,
        matter=closing,
        actor=cast.office,
        now=at("2022-08-02"),
    )
    june = ReportVersion.objects.filter(report__period__code="2022-06").latest("pk")
    june.coordination, june.coordination_lead = "示例：征地协调。", cast.support.name
    june.save(update_fields=["coordination", "coordination_lead"])
    meeting = open_meeting(
        plan=task.plan,
        title="示例调度会",
        held_on=date(2022, 8, 2),
        post=None,
        area=None,
        actor=cast.office,
        now=now,
    )
    decision = decide(
        meeting=meeting,
        task=task,
        text="示例：倒排工期。",
        unit=cast.lead,
        due_on=date(2022, 8, 31),
        actor=cast.office,
        now=now,
    )
    held = ("progress:meeting", "progress:meeting_item", "progress:meeting_send")
    of_matter = dict.fromkeys(("progress:matter", "progress:matter_do"), closing.pk)
    sheets = ("progress:order", "progress:order_edit", "progress:order_do", "progress:order_print")
    return {
        **of_matter,
        **dict.fromkeys(sheets, order.pk),
        "reports:order_word": order.pk,
        "progress:matter_request": asked.pk,
        "progress:matter_file": file.pk,
        **dict.fromkeys((*held, "reports:meeting_word"), meeting.pk),
        "progress:meeting_drop": decision.pk,
        "progress:coordination_hand_on": june.pk,
    }
