"""搜索: by number, text, unit, alias and initials; nothing that the actor may not see."""

from __future__ import annotations

import pytest
from django.test import Client

from tasks.models import Plan, Responsibility
from tests.cast import Cast, make_item
from tests.matters import make_instruction, sent_order
from units.actors import Actor
from units.models import UnitAlias

pytestmark = pytest.mark.django_db

ADDRESS = "/2022/search/"


def found(actor: Actor, words: str) -> list[int]:
    client = Client()
    client.force_login(actor.user)
    response = client.get(ADDRESS, {"q": words})
    if response.status_code == 302:  # the only one opens
        return [int(response["Location"].rstrip("/").rpartition("/")[2])]
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


def opened(actor: Actor, words: str) -> str:
    """Where the search leads at once; empty where it lists."""
    client = Client()
    client.force_login(actor.user)
    response = client.get(ADDRESS, {"q": words})
    return response.headers.get("Location", "")


@pytest.mark.parametrize(
    "words", ["重点17", "重点工作17", "重点工作第17项", "重点 第17", "危桥改造", "WQGZ"]
)
def test_what_can_only_be_one_item_opens_it(items: None, cast: Cast, words: str) -> None:
    assert opened(cast.office, words) == "/2022/tasks/17/"


@pytest.mark.parametrize("words", ["实事3", "十件实事3", "十件实事第3件"])
def test_projects_have_numbers_of_their_own(
    items: None, plan: Plan, cast: Cast, words: str
) -> None:
    make_item(plan, cast, 3, kind="practical_project", short_title="老旧小区改造")
    assert opened(cast.office, words) == "/2022/projects/3/"
    assert opened(cast.office, "ljxq") == "/2022/projects/3/"


@pytest.mark.parametrize("words", ["批示〔2022〕1号", "批示[2022]1号", "批示(2022)1号", "批示1号"])
def test_a_matter_is_found_by_its_code(plan: Plan, cast: Cast, words: str) -> None:
    matter = make_instruction(cast, plan)
    assert opened(cast.office, words) == f"/2022/matters/{matter.pk}/"
    assert opened(cast.reporter, words) == f"/2022/matters/{matter.pk}/"
    assert opened(cast.stranger_reporter, words) == ""
    assert opened(cast.observer, words) == ""
    assert opened(cast.office, words.replace("2022", "2021").replace("示1", "示9")) == ""


def test_an_order_is_found_by_its_number(plan: Plan, cast: Cast) -> None:
    order = sent_order(cast, make_item(plan, cast, 17))
    for words in ("督办单1", "督办〔2022〕1号", "督办单第1号"):
        assert opened(cast.office, words) == f"/2022/orders/{order.pk}/"
        assert opened(cast.stranger_reporter, words) == ""


def test_pages_are_found_by_their_names(items: None, cast: Cast) -> None:
    assert opened(cast.office, "定稿") == "/2022/periods/"
    assert opened(cast.office, "提醒规则") == "/2022/ladders/"
    assert opened(cast.reporter, "提醒规则") == ""
    assert opened(cast.reporter, "责任清单") == "/2022/duties/"


def test_people_are_found_by_the_office_alone(items: None, cast: Cast) -> None:
    user = cast.reporter.user
    user.display_name = "示例联络员甲"
    user.save()
    assert opened(cast.office, "联络员甲") == f"/2022/units/{cast.lead.pk}/"
    assert opened(cast.signer, "联络员甲") == ""


def test_the_first_hits_stand_under_the_box_while_one_types(items: None, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.office.user)
    html = client.get(ADDRESS, {"q": "危桥"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert 'href="/2022/tasks/17/"' in html
    nothing = client.get(ADDRESS, {"q": "没有这样的事"}, headers={"HX-Request": "true"})
    assert "没有找到" in nothing.content.decode()
