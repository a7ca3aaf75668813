"""A small notice on its way to a plan, for the units of the cast."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from progress.starting.acts import start
from progress.starting.page import page_of_start
from tasks.desk.acts import begin, correct
from tasks.desk.changes import FIELD, Change
from tasks.desk.content import content_of
from tasks.models import NoticeDraft, Plan
from tasks.reader.sources.text import from_text
from tests.cast import at
from units.actors import Actor

NOTICE = """关于印发2023年重点工作责任分解的通知
甲政办发〔2023〕1号
一、产业
1.新增规上企业100家，开工项目20个。(牵头单位：市财政局；配合单位：市体育局)
2.建成污水处理厂1座。(牵头单位：市住建局、市城管委)
3.出台培育方案。(牵头单位：市城管委；配合单位：市财政局)
2023年1月20日
"""
# a unit that nobody knows; a sentence that is read as nothing
UNKNOWN = NOTICE.replace("市住建局、市城管委", "市住建局、市河湖保护中心")
UNKNOWN_FIRST = NOTICE.replace("市住建局、市城管委", "市河湖保护中心、市城管委")
UNREAD = NOTICE.replace("2023年1月20日", "以上事项请抓紧办理。\n2023年1月20日")
JANUARY, MARCH = at("2023-01-28"), at("2023-03-29")


def make_draft(actor: Actor, text: str = NOTICE, now: datetime = JANUARY) -> NoticeDraft:
    return begin(source=from_text(text), checked=None, actor=actor, now=now)


def say(draft: NoticeDraft, actor: Actor, *changes: Change, now: datetime = JANUARY) -> None:
    correct(draft=draft, changes=changes, words="更正", actor=actor, now=now)


def without_owner(draft: NoticeDraft, actor: Actor) -> str:
    """Its third item belongs to nobody; returns its key."""
    key = content_of(draft).items[2].key
    say(draft, actor, Change(FIELD, f"{key}:lead", []))
    return key


def switch_on(
    draft: NoticeDraft, actor: Actor, now: datetime = JANUARY, beginning: str = "skip", **given: Any
) -> Plan:
    """启用 by somebody who saw the page as it is."""
    due_on: date | None = given.get("due_on")
    seen = page_of_start(content_of(draft), now.date()).seen
    return start(draft=draft, seen=seen, beginning=beginning, due_on=due_on, actor=actor, now=now)
