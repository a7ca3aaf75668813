"""A doubt stays open until it is answered or what it is about was put right."""

from __future__ import annotations

import pytest

from huangshi_tasks.lib import clock
from tasks.desk import changes as said
from tasks.desk.acts import begin, correct
from tasks.desk.changes import Change
from tasks.desk.content import content_of
from tasks.desk.open_doubts import left_to_do, open_doubts, places_in
from tasks.models import NoticeDraft
from tasks.reader.decisions import ANSWERED, NAME
from tasks.reader.reading import Doubt
from tasks.reader.sources.text import from_text
from tests.cast import Cast

NOTICE = """关于印发2023年重点工作责任分解的通知
甲政办发〔2023〕1号
一、产业
1.新增规上企业100家。(牵头单位：市财政局；配合单位：市甲乙局)
2.建成污水处理厂1座。(牵头单位：市甲乙局)
4.出台培育方案。
5.修建公路3条。(牵头单位：市住建局)
6.新建公园5个。(牵头单位：市城管委)
2023年1月20日
"""


@pytest.fixture
def draft(cast: Cast) -> NoticeDraft:
    return read(cast, NOTICE)


def read(cast: Cast, text: str) -> NoticeDraft:
    return begin(source=from_text(text), checked=None, actor=cast.office, now=clock.now())


def say(draft: NoticeDraft, cast: Cast, *changes: Change) -> None:
    correct(draft=draft, changes=changes, words="更正", actor=cast.office, now=clock.now())


def of(draft: NoticeDraft, kind: str) -> list[Doubt]:
    return [each for each in open_doubts(content_of(draft)) if each.kind == kind]


def key(draft: NoticeDraft, at: int) -> str:
    return content_of(draft).items[at].key


@pytest.mark.django_db
def test_a_name_is_one_doubt_for_the_places_that_still_have_it(
    cast: Cast, draft: NoticeDraft
) -> None:
    (name,) = of(draft, "unknown_unit")
    assert places_in(name) == 2
    say(draft, cast, Change(said.FIELD, f"{key(draft, 1)}:lead", ["市住建局"]))
    (name,) = of(draft, "unknown_unit")
    assert places_in(name) == 1
    assert "1." in content_of(draft).reading.source.lines[name.line - 1].text
    say(draft, cast, Change(NAME, "市甲乙局", "市住建局"))
    assert not of(draft, "unknown_unit")


@pytest.mark.django_db
def test_a_name_that_a_person_gave_is_looked_at_too(cast: Cast, draft: NoticeDraft) -> None:
    say(draft, cast, Change(said.FIELD, f"{key(draft, 2)}:lead", ["市丙丁局"]))
    assert {each.key for each in of(draft, "unknown_unit")} == {
        "unknown_unit@市甲乙局",
        "unknown_unit@市丙丁局",
    }
    assert not of(draft, "no_unit")


@pytest.mark.django_db
def test_an_item_without_owner_is_open_until_it_has_one_or_is_put_aside(
    cast: Cast, draft: NoticeDraft
) -> None:
    (nobody,) = of(draft, "no_unit")
    assert nobody.item == 2
    say(draft, cast, Change(ANSWERED, nobody.key, "as_printed"))
    assert of(draft, "no_unit")  # nobody answers for it all the same
    say(draft, cast, Change(said.ASIDE, key(draft, 2), "待市政府研究"))
    assert not of(draft, "no_unit")
    say(draft, cast, Change(said.ASIDE, key(draft, 2), ""))
    say(draft, cast, Change(said.FIELD, f"{key(draft, 2)}:lead", ["市住建局"]))
    assert not of(draft, "no_unit")
    say(draft, cast, Change(said.FIELD, f"{key(draft, 0)}:lead", []))
    (nobody,) = of(draft, "no_unit")
    assert nobody.item == 0


@pytest.mark.django_db
def test_what_is_no_item_has_no_doubts(cast: Cast, draft: NoticeDraft) -> None:
    say(draft, cast, Change(said.DROP, key(draft, 2), "unused"))
    assert not of(draft, "no_unit")


@pytest.mark.django_db
def test_a_gap_is_answered_by_the_number_or_by_a_person(cast: Cast, draft: NoticeDraft) -> None:
    (gap,) = of(draft, "gap")
    assert "3" in gap.sentence
    say(draft, cast, Change(said.FIELD, f"{key(draft, 2)}:number", 3))
    assert not of(draft, "gap")
    say(draft, cast, Change(said.FIELD, f"{key(draft, 2)}:number", 2))
    (twice,) = of(draft, "number_twice")
    assert places_in(twice) == 2
    say(draft, cast, Change(said.FIELD, f"{key(draft, 2)}:number", 4))
    assert not of(draft, "number_twice")
    say(draft, cast, Change(ANSWERED, gap.key, "as_printed"))
    assert not of(draft, "gap")


@pytest.mark.django_db
def test_numbers_that_begin_anew_are_one_doubt(cast: Cast) -> None:
    text = NOTICE.replace("4.出台培育方案。", "二、城建").replace("5.", "1.").replace("6.", "2.")
    draft = read(cast, text)
    (anew,) = of(draft, "number_restarts")
    assert not of(draft, "number_twice")
    assert left_to_do([anew]) == 1
    say(draft, cast, Change.of(anew.answers[0].decision))
    assert not of(draft, "number_restarts")
    assert [each.item.number for each in content_of(draft).items] == [1, 2, 3, 4]


@pytest.mark.django_db
def test_an_emptied_text_is_looked_at(cast: Cast, draft: NoticeDraft) -> None:
    say(draft, cast, Change(said.FIELD, f"{key(draft, 0)}:text", ""))
    (empty,) = of(draft, "no_text")
    assert empty.item == 0


@pytest.mark.django_db
def test_units_given_by_hand_settle_what_was_odd_in_the_bracket(cast: Cast) -> None:
    draft = read(cast, NOTICE.replace("；配合单位：市甲乙局)", ""))
    (bracket,) = of(draft, "open_bracket")
    assert bracket.is_small
    say(draft, cast, Change(said.FIELD, f"{key(draft, 0)}:lead", ["市财政局"]))
    assert not of(draft, "open_bracket")
