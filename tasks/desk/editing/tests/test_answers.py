"""Doubts are answered in place, once for all their places; a step is taken back."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tasks.desk.content import content_of
from tasks.desk.editing.tests.desk import IN_PLACE, doubt, item, page, post, save
from tasks.desk.open_doubts import open_doubts
from tasks.models import NoticeDraft
from tests.cast import Cast
from tests.pages import text_of
from units.models import LogEntry, Unit, UnitAlias, UnitGroup, UnitGroupAlias

pytestmark = pytest.mark.django_db


def test_a_name_is_answered_once_and_known_ever_after(office: Client, draft: NoticeDraft) -> None:
    key = doubt(draft, "unknown_unit")
    response = post(office, draft, "answer", doubt=key, answer="= 市财政局")
    assert response.status_code == 302
    assert item(draft, 0).item.names("lead") == ["市财政局"]
    assert item(draft, 1).item.names("lead") == ["市住建局", "市财政局"]
    assert UnitAlias.objects.get().name == "市财政局局"
    assert LogEntry.objects.filter(action="unitalias.add").count() == 1
    last = draft.acts.latest("ordinal")
    post(office, draft, "undo", seen=last.ordinal)
    assert not UnitAlias.objects.exists()
    assert doubt(draft, "unknown_unit") == key


def test_enter_in_a_field_means_the_button_beside_it(office: Client, draft: NoticeDraft) -> None:
    first = re.search(r'data-doubt.*?<button[^>]*value="([^"]*)"', page(office, draft), re.S)
    assert first is not None
    assert first[1] == "@entered"  # what a browser presses by the Enter key
    name, owner = doubt(draft, "unknown_unit"), doubt(draft, "no_unit")
    told = post(office, draft, "answer", doubt=name, answer="@entered", unit="", name="市财金局")
    assert "请选择单位类别。" in text_of(told)
    post(office, draft, "answer", doubt=name, answer="@entered", unit="市财政局", name="市财政局局")
    assert item(draft, 0).item.names("lead") == ["市财政局"]
    both = {"lead": "市住建局", "reason": "待研究"}
    told = post(office, draft, "answer", doubt=owner, answer="@entered", **both)
    assert told.status_code == 409
    assert 'value="待研究"' in text_of(told)
    post(office, draft, "answer", doubt=owner, answer="@entered", lead="", reason="待研究")
    assert item(draft, 4).aside == "待研究"


def test_a_name_becomes_a_new_unit(office: Client, draft: NoticeDraft) -> None:
    key = doubt(draft, "unknown_unit")
    sent = {"doubt": key, "answer": "@new_unit", "name": "市财金局"}
    response = post(office, draft, "answer", **sent)
    assert response.status_code == 409
    assert "请选择单位类别。" in text_of(response)
    assert 'value="市财金局"' in text_of(response)
    post(office, draft, "answer", **sent, kind="municipal_department")
    unit = Unit.objects.get(name="市财金局")
    assert unit.pinyin == "scjj"
    assert item(draft, 0).item.names("lead") == ["市财金局"]
    assert item(draft, 0).has_owner
    response = post(
        office, draft, "answer", doubt="unknown_unit@市财政局局", answer="@new_unit", name="x"
    )
    assert response.status_code == 409  # it was answered


def test_a_name_stands_for_many_or_for_nobody(office: Client, draft: NoticeDraft) -> None:
    key = doubt(draft, "unknown_unit")
    sent = {"name": "市财政局局", "mode": "relevant"}
    post(office, draft, "answer", doubt=key, answer="@new_group", **sent)
    group = UnitGroup.objects.get()
    assert [each.target for each in item(draft, 0).item.designations][:1] == ["group"]
    assert (group.name, group.mode) == ("市财政局局", "relevant")
    assert not UnitGroupAlias.objects.exists()  # it is called so already


def test_what_is_no_unit_leaves_the_item(office: Client, draft: NoticeDraft) -> None:
    post(office, draft, "answer", doubt=doubt(draft, "unknown_unit"), answer="不是单位")
    assert item(draft, 1).item.names("lead") == ["市住建局"]
    assert {each.kind for each in open_doubts(content_of(draft)) if not each.is_small} == {
        "no_unit"
    }


def test_a_unit_is_found_by_its_initials(office: Client, cast: Cast, draft: NoticeDraft) -> None:
    Unit.objects.filter(pk=cast.support.pk).update(pinyin="sczj")
    key = doubt(draft, "unknown_unit")
    refused = post(office, draft, "answer", doubt=key, answer="@unit", unit="没有的局")
    assert "单位名录中没有“没有的局”" in text_of(refused)
    post(office, draft, "answer", doubt=key, answer="@unit", unit="SCZJ")
    assert item(draft, 0).item.names("lead") == ["市财政局"]


def test_an_item_gets_an_owner_or_waits(office: Client, draft: NoticeDraft) -> None:
    key = doubt(draft, "no_unit")
    assert post(office, draft, "answer", doubt=key, answer="@lead", lead="").status_code == 409
    assert post(office, draft, "answer", doubt=key, answer="@aside", reason="").status_code == 409
    post(office, draft, "answer", doubt=key, answer="@aside", reason="待市政府研究")
    assert item(draft, 4).aside == "待市政府研究"
    post(office, draft, "undo")
    post(office, draft, "answer", doubt=key, answer="@lead", lead="市住建局、市体育局")
    assert item(draft, 4).item.names("lead") == ["市住建局", "市体育局"]


def test_numbers_that_stand_twice_are_given_anew(office: Client, draft: NoticeDraft) -> None:
    save(office, draft, 4, number="4")
    key = doubt(draft, "number_twice")
    fifth = item(draft, 4).key
    for wrong in ("0", "五", "12345"):
        sent = {f"number-{fifth}": wrong}
        assert (
            post(office, draft, "answer", doubt=key, answer="@numbers", **sent).status_code == 409
        )
    post(office, draft, "answer", doubt=key, answer="@numbers", **{f"number-{fifth}": "５"})
    assert item(draft, 4).item.number == 5


def test_an_act_in_place_answers_with_what_changed(office: Client, draft: NoticeDraft) -> None:
    key = doubt(draft, "unknown_unit")
    sent = {"doubt": key, "answer": "= 市财政局"}
    told = post(office, draft, "answer", IN_PLACE, **sent).json()
    parts = set(re.findall(r'<template data-part="([^"]+)"', told["html"]))
    rows = {f"it-{item(draft, at).key}" for at in (0, 1)}
    assert rows < parts
    assert "desk-items" not in parts
    assert f"it-{item(draft, 2).key}" not in parts
    again = post(office, draft, "answer", IN_PLACE, **sent)
    assert (again.status_code, "已经处理过" in again.json()["problem"]) == (409, True)


def test_only_the_last_step_that_was_shown_is_taken_back(
    office: Client, draft: NoticeDraft
) -> None:
    save(office, draft, 3, short_title="一")
    seen = draft.acts.latest("ordinal").ordinal
    save(office, draft, 2, short_title="二")
    response = post(office, draft, "undo", seen=seen)
    assert response.status_code == 409
    assert "上一步现在是" in text_of(response)
    assert item(draft, 2).item.short_title == "二"


def test_an_answer_that_is_refused_keeps_what_was_typed(office: Client, draft: NoticeDraft) -> None:
    key = doubt(draft, "unknown_unit")
    sent = {"doubt": key, "answer": "@unit", "unit": "没有的局"}
    told = post(office, draft, "answer", IN_PLACE, **sent)
    assert told.status_code == 409
    assert 'value="没有的局"' in told.json()["html"]
    assert post(office, draft, "answer", IN_PLACE, doubt=key, answer="x").status_code == 409


def test_a_name_takes_a_collective_designation_that_is_there(
    office: Client, draft: NoticeDraft
) -> None:
    group = UnitGroup.objects.create(name="相关市政府部门", mode="relevant")
    key = doubt(draft, "unknown_unit")
    refused = post(office, draft, "answer", doubt=key, answer="@group", group="市住建局")
    assert refused.status_code == 409  # a unit is none
    post(office, draft, "answer", doubt=key, answer="@group", group=group.name)
    assert UnitGroupAlias.objects.get().name == "市财政局局"
    assert item(draft, 0).has_owner
    post(office, draft, "undo")
    assert not UnitGroupAlias.objects.exists()
