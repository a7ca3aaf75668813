"""换一个文件: what was put right holds where the sentence is the same; what does not is told."""

from __future__ import annotations

import pytest

from huangshi_tasks.lib import clock
from tasks.desk import changes as said
from tasks.desk.acts import correct
from tasks.desk.changes import Change
from tasks.desk.content import content_of
from tasks.desk.originals.comparing import compared
from tasks.desk.originals.tests.bringing import (
    NOTICE,
    address,
    bring,
    client_of,
    paste,
    replace,
    upload,
)
from tasks.models import NoticeDraft
from tasks.reader.decisions import LINE, UNUSED
from tests.cast import Cast
from tests.month import cast
from units.actors import Actor

__all__ = ["cast"]
pytestmark = pytest.mark.django_db

NEWER = NOTICE.replace(
    "2.建成污水处理厂1座。(牵头单位：市住建局)",
    "2.新增公园3座，绿道20公里。(牵头单位：市城管委)\n3.建成污水处理厂1座。(牵头单位：市体育局)",
).replace("3.出台培育方案", "4.出台企业培育方案")


def _say(draft: NoticeDraft, actor: Actor, words: str, change: Change) -> None:
    correct(draft=draft, changes=[change], words=words, actor=actor, now=clock.now())


def test_corrections_are_found_again_or_named(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, paste())
    items = content_of(draft).items
    _say(
        draft,
        cast.office,
        "短名：污水厂",
        Change(said.FIELD, f"{items[1].key}:short_title", "污水厂"),
    )
    _say(
        draft, cast.office, "短名：培育", Change(said.FIELD, f"{items[2].key}:short_title", "培育")
    )
    _say(draft, cast.office, "标题不采用", Change(LINE, "3", UNUSED))
    assert compared(content_of(draft)) is None
    shown = client.get(address(draft)).content.decode()
    assert "已做的3处更正中，能对上的保留" in shown
    assert (
        replace(client, draft, paste(NEWER.replace("一、产业", "一、产业发展"))).status_code == 302
    )
    found = compared(content_of(draft))
    assert found is not None
    assert (found.kept, [each.words for each in found.lost]) == (1, ["短名：培育", "标题不采用"])
    assert [(each.change, each.code) for each in found.rows] == [
        ("增加", "重点工作第2项"),
        ("有变化", "重点工作第3项"),
        ("有变化", "重点工作第4项"),
    ]
    moved = {label: (old, new) for label, old, new in found.rows[1].facts}
    assert moved["牵头"] == ("市住建局", "市体育局")
    shown = client.get(address(draft)).content.decode()
    assert "没有对上" in shown
    assert "短名：培育" in shown
    assert "已更换" in shown


def test_the_same_file_is_not_taken_twice(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("c1_table.docx"))
    answer = replace(client, draft, upload("c1_table.docx"))
    assert answer.status_code == 409
    assert "没有更换" in answer.content.decode()
    assert draft.sources.count() == 1


def test_a_file_that_cannot_be_read_leaves_the_draft_as_it_is(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, paste())
    answer = replace(client, draft, upload("c10_scan.pdf"))
    assert answer.status_code == 409
    assert "c10_scan.pdf" in answer.content.decode()
    assert draft.sources.count() == 1
