"""What is said of a draft is kept apart from what was read, and found again in another source."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huangshi_tasks.lib import clock
from tasks.desk import changes as said
from tasks.desk.acts import add_source, begin, correct, undo
from tasks.desk.changes import Change
from tasks.desk.content import Content, content_of
from tasks.models import DraftAct, NoticeDraft
from tasks.reader.decisions import LINE, NAME, UNUSED
from tasks.reader.sources.text import from_text
from tests.cast import Cast
from units.actors import Actor
from units.errors import NotNow

NOTICE = """关于印发2023年重点工作责任分解的通知
甲政办发〔2023〕1号
一、产业
1.新增规上企业100家，开工项目20个。(牵头单位：市财政局；配合单位：市体育局)
2.建成污水处理厂1座。(牵头单位：市住建局)
3.出台培育方案。(牵头单位：市城管委)
2023年1月20日
"""


def _draft(actor: Actor, text: str = NOTICE) -> NoticeDraft:
    return begin(source=from_text(text), checked=None, actor=actor, now=clock.now())


def _say(draft: NoticeDraft, actor: Actor, *changes: Change) -> DraftAct:
    return correct(draft=draft, changes=changes, words="更正", actor=actor, now=clock.now())


def _texts(content: Content) -> list[str]:
    return [each.item.text for each in content.items]


@pytest.mark.django_db
def test_what_is_read_stands_until_somebody_says_otherwise(cast: Cast) -> None:
    draft = _draft(cast.office)
    content = content_of(draft)
    assert [each.item.number for each in content.items] == [1, 2, 3]
    second = content.items[1]
    _say(draft, cast.office, Change(said.FIELD, f"{second.key}:short_title", "污水处理厂"))
    _say(draft, cast.office, Change(said.FIELD, f"{second.key}:lead", ["市城管委", "市住建局"]))
    changed = content_of(draft).items[1]
    assert changed.item.short_title == "污水处理厂"
    assert changed.item.names("lead") == ["市城管委", "市住建局"]
    assert changed.stamp != second.stamp
    undo(draft=draft, actor=cast.office, now=clock.now())
    assert content_of(draft).items[1].item.names("lead") == ["市住建局"]


@pytest.mark.django_db
def test_an_item_is_cut_where_the_cursor_stands_and_joined_again(cast: Cast) -> None:
    draft = _draft(cast.office)
    first = content_of(draft).items[0]
    _say(draft, cast.office, Change(said.SPLIT, first.key, first.item.text.index("开工")))
    content = content_of(draft)
    assert _texts(content)[:2] == ["新增规上企业100家，", "开工项目20个。"]
    assert [len(each.item.indicators) for each in content.items[:2]] == [1, 1]
    assert content.items[1].item.names("lead") == ["市财政局"]
    assert len({each.key for each in content.items}) == 4
    _say(draft, cast.office, Change(said.MERGE, first.key, content.items[1].key))
    assert _texts(content_of(draft)) == _texts(content_of(draft))
    assert _texts(content_of(draft))[0] == "新增规上企业100家，开工项目20个。"


@pytest.mark.django_db
def test_another_source_keeps_what_was_said_of_the_same_sentences(cast: Cast) -> None:
    draft = _draft(cast.office)
    content = content_of(draft)
    _say(
        draft, cast.office, Change(said.FIELD, f"{content.items[1].key}:short_title", "污水处理厂")
    )
    _say(draft, cast.office, Change(said.FIELD, f"{content.items[2].key}:short_title", "培育方案"))
    line = next(each.number for each in content.reading.source.lines if "出台" in each.text)
    _say(draft, cast.office, Change(LINE, str(line), UNUSED))
    assert len(content_of(draft).items) == 2
    newer = NOTICE.replace("2.建成", "2.新增公园3座。(牵头单位：市城管委)\n3.建成").replace(
        "3.出台", "4.出台"
    )
    newer = newer.replace("出台培育方案", "出台企业培育方案")
    add_source(
        draft=draft, source=from_text(newer), checked=None, actor=cast.office, now=clock.now()
    )
    content = content_of(draft)
    by_text = {each.item.text: each.item for each in content.items}
    assert by_text["建成污水处理厂1座。"].short_title == "污水处理厂"
    assert "出台企业培育方案。" in by_text  # its line is another one: nobody said that of it
    assert [each.key.partition(":")[2] for each in content.corrected.lost] == ["short_title"]


@pytest.mark.django_db
def test_there_is_nothing_to_take_back_of_a_new_draft(cast: Cast) -> None:
    with pytest.raises(NotNow):
        undo(draft=_draft(cast.office), actor=cast.office, now=clock.now())


@pytest.mark.django_db
def test_typing_on_in_one_field_is_one_step(cast: Cast) -> None:
    draft = _draft(cast.office)
    key = content_of(draft).items[1].key
    for words in ("污水", "污水处理", "污水处理厂"):
        _say(draft, cast.office, Change(said.FIELD, f"{key}:short_title", words))
    _say(draft, cast.office, Change(said.FIELD, f"{key}:leaders", ["市长"]))
    assert len(undo(draft=draft, actor=cast.office, now=clock.now())) == 1
    assert content_of(draft).items[1].item.short_title == "污水处理厂"
    with pytest.raises(NotNow):
        undo(draft=draft, actor=cast.office, now=clock.now(), seen=4)
    assert len(undo(draft=draft, actor=cast.office, now=clock.now(), seen=3)) == 3
    assert not content_of(draft).items[1].changed


@pytest.mark.django_db
def test_what_was_typed_long_before_is_a_step_of_its_own(cast: Cast) -> None:
    draft = _draft(cast.office)
    change = Change(said.FIELD, f"{content_of(draft).items[1].key}:short_title", "污水处理厂")
    earlier = clock.now() - timedelta(minutes=11)
    correct(draft=draft, changes=[change], words="更正", actor=cast.office, now=earlier)
    _say(draft, cast.office, change)
    assert len(undo(draft=draft, actor=cast.office, now=clock.now())) == 1


@pytest.mark.django_db
def test_a_name_that_is_no_unit_goes_from_what_a_person_listed(cast: Cast) -> None:
    draft = _draft(cast.office)
    key = content_of(draft).items[1].key
    _say(draft, cast.office, Change(said.FIELD, f"{key}:lead", ["市甲乙局", "市住建局"]))
    assert content_of(draft).items[1].item.names("lead") == ["市甲乙局", "市住建局"]
    _say(draft, cast.office, Change(NAME, "市甲乙局", ""))
    assert content_of(draft).items[1].item.names("lead") == ["市住建局"]


@pytest.mark.django_db
def test_what_is_no_item_is_kept_as_what_it_is(cast: Cast) -> None:
    draft = _draft(cast.office)
    first, second, _ = content_of(draft).items
    _say(draft, cast.office, Change(said.DROP, first.key, "requirement"))
    _say(draft, cast.office, Change(said.DROP, second.key, "unused"))
    notice = content_of(draft).notice()
    kept = [each.text for each in notice.paragraphs if each.kind == "requirement"]
    assert first.item.text in kept
    assert second.item.text not in kept


@pytest.mark.django_db
def test_a_key_is_never_given_twice(cast: Cast) -> None:
    draft = _draft(cast.office)
    first, second, _ = content_of(draft).items
    _say(draft, cast.office, Change(said.SPLIT, first.key, first.item.text.index("开工")))
    _say(draft, cast.office, Change(said.SPLIT, first.key, first.item.text.index("规上")))
    _say(draft, cast.office, Change(said.PART, f"{first.key}/2", second.key))
    _say(draft, cast.office, Change(said.SPLIT, f"{first.key}/3", len("规上企业")))
    items = content_of(draft).items
    assert [each.item.text for each in items][:3] == ["新增", "规上企业", "100家，"]
    assert len({each.key for each in items}) == len(items) == 5


@pytest.mark.django_db
def test_what_becomes_a_part_brings_its_units_and_its_numbers(cast: Cast) -> None:
    draft = _draft(cast.office)
    first, second, _ = content_of(draft).items
    _say(draft, cast.office, Change(said.PART, first.key, second.key))
    whole = content_of(draft).items[0]
    assert whole.item.names("lead") == ["市住建局", "市财政局"]
    assert whole.item.names("support") == ["市体育局"]
    assert sorted(int(each.value) for each in whole.item.indicators) == [1, 20, 100]
    _say(draft, cast.office, Change(said.FIELD, f"{second.key}:text", "建成污水处理厂。"))
    assert len(content_of(draft).items[0].item.indicators) == 3  # other words do not lose them
    _say(draft, cast.office, Change(said.APART, second.key, 0))
    whole, alone = content_of(draft).items[:2]
    assert sorted(int(each.value) for each in alone.item.indicators) == [20, 100]
    assert [int(each.value) for each in whole.item.indicators] == [1]
