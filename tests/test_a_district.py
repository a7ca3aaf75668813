"""A district works as well as a city: its words differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from reports.workbooks.shelf import WORKBOOKS
from tests.addresses import address
from tests.places import READ, Place, of_a_module, opened, said
from tests.sampling import sampled
from units.city.names import city

JIANGBEI = {"level": "district", "name": "江北区", "bureau": "督查室"}
OF_JIANGBEI = {
    "lead": "区建设局",
    "co_lead": "区城管局",
    "county": "江口街道",
    "support": "区财政局",
    "stranger": "区文体局",
}
# words of a city that a district has no use for, and what the sample year itself says with them
OF_A_CITY = ("市领导", "市政府", "市长", "全市", "市直部门", "县（市、区）", "县市区", "分县")
TYPED = (
    "相关市政府部门",
    "市政府常务会议",
    "市政府秘书长",
    "副市长（示例）",
    "市河湖保护中心",
    "设区的市、自治州",
    "如“市长”“县长”“区长”",
    "如“市领导”“县领导”“区领导”",
    "如“县（市、区）”“乡镇”“镇街道”",
)


@pytest.fixture(scope="module")
def jiangbei_made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Place]:
    yield from of_a_module(django_db_blocker, JIANGBEI, OF_JIANGBEI)


@pytest.fixture
def jiangbei(jiangbei_made: Place, db: None) -> Place:
    return jiangbei_made


def words_of_a_city(text: str) -> list[str]:
    for typed in TYPED:
        text = text.replace(typed, "")
    text = re.sub(r'(value="[^"]*")', "", text) if "名称和称谓</h1>" in text else text
    return [word for word in OF_A_CITY if word in text]


@pytest.mark.parametrize("name", sampled(READ, 4))
def test_no_page_of_a_district_speaks_of_a_city(name: str, jiangbei: Place) -> None:
    to = address(name, jiangbei.year)
    for role in opened(name):
        assert words_of_a_city(said(jiangbei, role, to)) == [], role


@pytest.mark.parametrize("book", [each.slug for each in WORKBOOKS])
def test_no_workbook_of_a_district_speaks_of_a_city(book: str, jiangbei: Place) -> None:
    to = reverse("reports:workbook_excel", args=["2022", book])
    assert words_of_a_city(said(jiangbei, "office", to)) == []


def test_a_district_has_its_own_words(jiangbei: Place) -> None:
    names = city()
    assert (names.head, names.leaders, names.government) == ("区长", "区领导", "区政府")
    assert names.organisation == "江北区人民政府办公室"
    assert names.title == "江北区政府重点工作督查系统"
    page = said(jiangbei, "office", reverse("reports:ledger", args=["2022"]))
    assert "分管区领导" in page
    unit = said(jiangbei, "office", address("reports:unit", jiangbei.year))
    assert "区直部门" in unit
