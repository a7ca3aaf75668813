"""What 核对 shows, and to whom."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huangshi_tasks.lib import clock
from tasks.desk.acts import begin, discard
from tasks.desk.content import content_of
from tasks.desk.editing.source_pane import legend_of
from tasks.desk.editing.tests.desk import NOTICE, item, page, save
from tasks.models import NoticeDraft
from tasks.reader.sources.text import from_text
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_page_shows_both_sides_and_one_number(office: Client, draft: NoticeDraft) -> None:
    shown = page(office, draft)
    assert "核对2023年责任分解" in shown
    assert re.search(r'还有<b class="num c-warn">3</b>处待处理', shown)  # a name twice, no owner
    assert 'class="sp-u bad">市财政局局' in shown
    assert re.search(r"单位未识别 <span class=\"num\">2</span>", shown)


def test_unused_text_is_counted_by_lines(cast: Cast) -> None:
    text = NOTICE.replace(
        "2023年1月20日", "以上事项请抓紧办理，实行台账管理，按月调度。\n2023年1月20日"
    )
    made = begin(source=from_text(text), checked=None, actor=cast.office, now=clock.now())
    counted = {each.words: each.total for each in legend_of(content_of(made))}
    assert counted["未采用"] == 1


def test_nothing_of_the_source_is_left_out(office: Client, draft: NoticeDraft) -> None:
    shown = page(office, draft)
    source = shown[shown.index('id="desk-source"') : shown.index('class="panel ni-s2"')]
    plain = re.sub(r'<b class="no[^>]*>\d+</b>|<[^>]+>|^[^>]*>', "", source)
    for line in NOTICE.splitlines():
        assert line.replace("(", "（").replace(")", "）") in plain.replace("(", "（").replace(
            ")", "）"
        )


def test_chips_and_words_choose_the_items(office: Client, draft: NoticeDraft) -> None:
    def listed(query: str) -> list[str]:
        return re.findall(r'data-open="([^"]+)"', page(office, draft, query))

    assert len(listed("")) == 5
    assert listed("?show=doubts") == [item(draft, at).key for at in (0, 1, 4)]
    assert listed("?show=area:2") == [item(draft, at).key for at in (3, 4)]
    assert listed("?q=污水") == [item(draft, 1).key]
    assert listed("?q=市体育局") == [item(draft, 0).key]
    assert "没有符合条件的事项" in page(office, draft, "?q=没有的")


def test_the_page_asks_little_whatever_it_shows(office: Client, draft: NoticeDraft) -> None:
    page(office, draft)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(office, draft)
    assert len(asked) <= 13, [each["sql"][:80] for each in asked]


def test_what_was_moved_stands_where_it_is_now(office: Client, draft: NoticeDraft) -> None:
    key = item(draft, 0).key
    save(office, draft, 0, lead="市财政局", place="2|")
    shown = page(office, draft)
    assert re.findall(r'data-open="([^"]+)"', shown) == [
        item(draft, at).key for at in (1, 2, 0, 3, 4)
    ]
    assert shown.count('class="il-g"') == 2
    save(office, draft, 0, number="40")
    assert "原文编号1" in page(office, draft)
    assert item(draft, 0).key == key


def test_a_draft_that_has_ended_is_only_read(
    cast: Cast, office: Client, draft: NoticeDraft
) -> None:
    discard(draft=draft, actor=cast.office, now=clock.now())
    shown = page(office, draft)
    assert "只能查看" in shown
    assert "撤销上一步" not in shown
    assert save(office, draft, 0, short_title="一").status_code == 403
    draft.sources.update(content=b"")
    assert office.get(f"/plans/drafts/{draft.pk}/items/").status_code == 404
