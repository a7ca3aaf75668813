"""名称和称谓: whence the names come, and who may change them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import make_actor
from units.city.names import city
from units.city.words import kind_word, said
from units.models import City, LogEntry, Role, Unit
from units.stamps.small import once_a_request

pytestmark = pytest.mark.django_db
PAGE = "/city/"


def admin() -> Client:
    client = Client()
    client.force_login(make_actor(Role.ADMIN, name="系统管理员").user)
    return client


def test_an_empty_system_names_no_place(settings: Any) -> None:
    settings.OFFICE_NAMES = {"organisation": "", "bureau": "督查室", "phone": ""}
    names = city()
    assert (names.place, names.organisation, names.office) == ("", "", "督查室")
    assert names.title == "重点工作督查系统"
    assert kind_word("central_provincial") == "中央省属单位"


def test_the_environment_names_the_place_first_and_the_database_wins(settings: Any) -> None:
    settings.OFFICE_NAMES = {
        "organisation": "临江市人民政府办公室",
        "bureau": "督察室",
        "phone": "1",
    }
    assert (city().title, city().office) == (
        "临江市政府重点工作督查系统",
        "临江市人民政府办公室督察室",
    )
    City.objects.create(level="county", name="江南县", bureau="督查股")
    names = city()
    assert names.title == "江南县政府重点工作督查系统"
    assert names.office == "江南县人民政府办公室督查股"
    assert names.phone == ""


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("city", "分管市领导 需市政府协调 全市 县（市、区） 市长"),
        ("county_city", "分管市领导 需市政府协调 全市 乡镇（街道） 市长"),
        ("county", "分管县领导 需县政府协调 全县 乡镇 县长"),
        ("district", "分管区领导 需区政府协调 全区 镇街道 区长"),
    ],
)
def test_the_words_follow_the_level(level: str, expected: str) -> None:
    City.objects.create(level=level, name="示例")
    assert said("分管市领导 需市政府协调 全市 县（市、区） 市长") == expected


def test_words_that_were_typed_win() -> None:
    City.objects.create(level="district", name="江北区", head="主任", regions="街镇")
    assert said("市长 县（市、区）") == "主任 街镇"
    assert kind_word("county_government") == "街镇"


def test_the_administrator_names_the_place_and_it_is_logged() -> None:
    client = admin()
    sent = {"level": "city", "name": "临江市", "bureau": "督查室", "kind_park": "功能区"}
    assert client.post(PAGE, sent).status_code == 302
    assert City.objects.get().kind_words == {"park": "功能区"}
    entry = LogEntry.objects.get(action="city.set")
    assert "临江市" in entry.payload
    client.post(PAGE, sent)
    assert LogEntry.objects.filter(action="city.set").count() == 1  # nothing was changed
    assert "临江市政府重点工作督查系统" in client.get(PAGE).content.decode()


def test_what_is_wrong_comes_back_as_it_was_typed() -> None:
    sent = {
        "level": "",
        "name": "",
        "bureau": "督查股",
        "kind_park": "同名",
        "kind_institution": "同名",
    }
    answer = admin().post(PAGE, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    for sentence in ("请选择级别。", "请填写地名", "两个单位类别写了同样的名称", 'value="督查股"'):
        assert sentence in page
    assert not City.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER, Role.AUDITOR])
def test_nobody_else_names_the_place(role: Role) -> None:
    client = Client()
    client.force_login(make_actor(role, name="某人").user)
    assert client.get(PAGE).status_code == 403


def test_a_request_that_writes_reads_the_names_once() -> None:
    with once_a_request(), CaptureQueriesContext(connection) as queries:
        for _ in range(5):
            city()
    assert len(queries) == 1


def test_a_database_in_use_keeps_the_names_that_it_printed() -> None:
    name_it = import_module("units.migrations.0014_the_city_of_before").name_it
    name_it(apps, None)
    assert not City.objects.exists()  # an empty one gets none
    Unit.objects.create(name="示例局", kind="municipal_department")
    name_it(apps, None)
    kept = City.objects.get()
    assert kept.organisation == "黄石市人民政府办公室"
    assert city().title == "黄石市政府重点工作督查系统"
    assert kind_word("central_provincial") == "中央省属驻黄单位"
    name_it(apps, None)
    assert City.objects.count() == 1
