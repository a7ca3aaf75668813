"""搜索: by number, text, unit, alias and initials; nothing that the actor may not see."""

from __future__ import annotations

import pytest
from django.test import Client

from tasks.models import Plan, Responsibility
from tests.cast import Cast, make_item
from units.actors import Actor
from units.models import UnitAlias

pytestmark = pytest.mark.django_db

ADDRESS = "/2022/search/"


def found(actor: Actor, words: str) -> list[int]:
    client = Client()
    client.force_login(actor.user)
    response = client.get(ADDRESS, {"q": words})
    assert response.status_code == 200
    return [row.task.number for row in response.context["rows"]]


@pytest.fixture
def items(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast, 17, text="改造危桥12座。", short_title="危桥改造")
    make_item(plan, cast, 3, text="新改建公路17公里。", short_title="公路建设")
    make_item(plan, cast, 170, text="其他。", short_title="其他")
    other = make_item(plan, cast, 5, text="医保。", short_title="医保", visibility="restricted")
    Responsibility.objects.filter(task=other, is_primary=True).update(unit=cast.stranger)
    Responsibility.objects.filter(task=other, is_primary=False).delete()


def test_a_number_finds_the_item_of_that_number_first(items: None, cast: Cast) -> None:
    assert found(cast.office, "17") == [17, 3]


def test_text_finds_what_has_it(items: None, cast: Cast) -> None:
    assert found(cast.office, "危桥") == [17]
    assert found(cast.office, "没有这样的事") == []


def test_units_are_found_by_alias_and_by_initials(items: None, cast: Cast) -> None:
    UnitAlias.objects.create(unit=cast.lead, name="市住房和城乡建设局")
    cast.lead.pinyin = "szjj"
    cast.lead.save()
    for words in ("市住房和城乡建设局", "zjj", "ZJJ", "市住建局"):
        assert sorted(found(cast.office, words)) == [3, 17, 170], words


def test_the_count_beside_a_unit_is_what_its_link_lists(items: None, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.office.user)
    page = client.get(ADDRESS, {"q": "市住建局"})
    for unit, count in page.context["units"]:
        listed = client.get("/2022/tasks/", {"unit": unit.pk})
        assert listed.context["page"].paginator.count == count


def test_what_may_not_be_seen_is_not_found(items: None, cast: Cast) -> None:
    assert found(cast.office, "医保") == [5]
    assert found(cast.stranger_reporter, "危桥") == []
    assert found(cast.reporter, "医保") == []
    assert found(cast.observer, "医保") == []


def test_what_cannot_be_searched_is_said_in_a_sentence(items: None, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.office.user)
    assert "搜索内容无法识别" in client.get(ADDRESS, {"q": "长" * 101}).content.decode()
    assert "请输入编号" in client.get(ADDRESS).content.decode()
