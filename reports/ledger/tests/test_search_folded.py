"""Everything that is searched is found however it is typed: width, radicals, dots, hidden signs."""

from __future__ import annotations

import pytest
from django.test import Client

from reports.search.tests.test_views import found
from tasks.models import Plan
from tests.cast import Cast, at, make_item
from tests.matters import make_instruction
from units import log
from units.models import Unit, UnitAlias

pytestmark = pytest.mark.django_db

TYPED = ["5G基站", "５Ｇ基站", "5g 基站", "5g\u200b基站"]


@pytest.fixture
def items(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast, 17, text="在大门·黄石建5G基站。", short_title="5G 基站")
    make_item(plan, cast, 4, text="其他170件，另有 17 件。", short_title="其他")


@pytest.mark.parametrize("typed", TYPED)
def test_an_item_is_found(items: None, cast: Cast, typed: str) -> None:
    assert found(cast.office, typed) == [17]


@pytest.mark.parametrize("typed", ["大门黄石", "⼤⻔・⻩⽯", "大门 黄石", "大门•黄石"])
def test_dots_and_radicals_do_not_count(items: None, cast: Cast, typed: str) -> None:
    assert found(cast.office, typed) == [17]


def test_figures_stay_whole(items: None, cast: Cast) -> None:
    assert found(cast.office, "１７") == [17, 4]
    assert found(cast.office, "7") == []


def listed(cast: Cast, address: str, **query: str) -> str:
    client = Client()
    client.force_login((cast.auditor if "audit" in address else cast.office).user)
    return str(client.get(address, query).content.decode())


def test_the_other_searches_fold_too(items: None, cast: Cast, plan: Plan) -> None:
    make_instruction(cast, plan, title="关于Ａ·B大门的批示")
    log.record(action="export", summary="导出：大门·黄石", now=at("2022-08-03"), actor=cast.office)
    typed = "a・b⼤⻔"
    assert "关于Ａ·B大门的批示" in listed(cast, "/2022/matters/", q=typed)
    assert "导出：大门·黄石" in listed(cast, "/audit/", q="⼤⻔黄 石")
    assert "导出：大门·黄石" in listed(cast, "/audit/", who="督查室审核员")
    assert "5G 基站" in listed(cast, "/2022/changes/", words="５ｇ基站")
    assert "市住建局" in listed(cast, "/handover/", q="市 住建局")


def test_a_unit_is_known_by_any_spelling_of_its_names(cast: Cast) -> None:
    UnitAlias.objects.create(unit=cast.lead, name="市住房·城乡建设局")
    for typed in ("市 住建局", "市住建局\ufeff", "市住房城乡建设局", "市住房・城乡建设局"):
        assert Unit.objects.called(typed) == cast.lead
    for typed in ("", "·", "市住建", "住建局"):
        assert Unit.objects.called(typed) is None
