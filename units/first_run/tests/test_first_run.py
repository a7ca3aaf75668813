"""首次启用 in the browser: from an empty database to the desk of the first notice."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from huangshi_tasks.lib import clock
from units.errors import NotNow
from units.first_run import keys
from units.models import (
    Appointment,
    City,
    FirstRun,
    LogEntry,
    Role,
    SignedIn,
    Unit,
    UnitGroup,
    UnitGroupMember,
    User,
)

pytestmark = pytest.mark.django_db
START = "/first-run/"
PASSWORD = "Linjiang-2023"
ADMIN = {
    "display_name": "系统管理员一",
    "username": "admin-one",
    "telephone": "13800000001",
    "password1": PASSWORD,
    "password2": PASSWORD,
}
PLACE = {"level": "city", "name": "临江市", "bureau": "督查室", "phone": "（示例）8800"}
LISTED = """市政府办公室（市政府办）
市发展和改革局
市教育局
市住房和城乡建设局
市住建局
江北区政府
江南县政府
高新区管委会
市城投集团
市委宣传部
市税务局"""


def key() -> str:
    return keys.new_key()


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def begun() -> Client:
    client = Client()
    answer = client.post(START, {**ADMIN, "key": key()})
    assert answer.status_code == 302, text_of(answer)
    return client


def step(name: str) -> str:
    return reverse("units:first_run_step", args=[name])


def fields_of(page: str, form: str = "<main") -> dict[str, str]:
    """What a browser would send of the page: inputs and chosen options, ticks that are set."""
    part = page[page.index(form) :]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", part):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        name, kind = given.get("name"), given.get("type", "text")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if kind == "checkbox":
            if " checked" in tag:
                found.setdefault(name, []).append(given.get("value", "on"))
        else:
            found[name] = given.get("value", "")
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', part, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return found


def test_the_command_prints_a_key_and_refuses_where_there_is_an_administrator(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("first_run_key")
    printed = capsys.readouterr().out
    assert re.search(r"启用码 ([2-9A-Z]{5}-){3}[2-9A-Z]{5}\n$", printed)
    client = Client()
    answer = client.post(START, {**ADMIN, "key": printed.rsplit(" ", 1)[1].strip()})
    assert answer.status_code == 302
    with pytest.raises(CommandError, match="已有系统管理员"):
        call_command("first_run_key")


def test_the_first_administrator_comes_in_by_the_one_door(settings: Any) -> None:
    settings.PASSWORD_LENGTH = 13
    assert "至少13个字符" in text_of(Client().get(START))
    client = begun()
    assert SignedIn.objects.get().session_key == client.session.session_key
    assert LogEntry.objects.filter(action="login").count() == 1


def test_the_login_page_of_an_empty_system_leads_to_it() -> None:
    assert START in text_of(Client().get("/login/"))
    begun()
    assert START not in text_of(Client().get("/login/"))


def test_nobody_comes_in_without_the_key() -> None:
    key()
    client = Client()
    answer = client.post(START, {**ADMIN, "key": "AAAAA-AAAAA-AAAAA-AAAAA"})
    assert answer.status_code == 409
    assert keys.WRONG in text_of(answer)
    assert 'value="系统管理员一"' in text_of(answer)  # nothing typed is lost
    assert not User.objects.exists()
    assert LogEntry.objects.filter(action="firstrun.wrong_key").count() == 1
    assert client.get(step("place")).status_code == 302


def test_ten_wrong_tries_make_the_key_void() -> None:
    made = key()
    for _ in range(keys.MOST_TRIES - 1):
        assert keys.opens("AAAAA") == keys.WRONG
    assert keys.opens(made.lower().replace("-", " ")) == ""
    assert keys.opens("AAAAA") == keys.VOID
    assert keys.opens(made) == keys.VOID


def test_a_key_opens_once_and_a_new_one_replaces_it() -> None:
    old, new = key(), key()
    assert keys.opens(old) == keys.WRONG
    user = User(username="a", display_name="甲")
    keys.begin(key=new, user=user, password=PASSWORD, now=clock.now())
    other = User(username="b", display_name="乙")
    with pytest.raises(NotNow):
        keys.begin(key=new, user=other, password=PASSWORD, now=clock.now())
    assert User.objects.count() == 1
    assert new.replace("-", "") not in str(FirstRun.objects.values().get())


def test_a_weak_password_of_the_first_administrator_is_refused() -> None:
    answer = Client().post(START, {**ADMIN, "key": key(), "password1": "1", "password2": "1"})
    assert answer.status_code == 409
    assert not User.objects.exists()


def test_an_empty_system_becomes_a_city() -> None:
    client = begun()
    held = Appointment.objects.get()
    assert (held.role, held.user.username) == (Role.ADMIN, "admin-one")
    assert client.get("/", follow=True).redirect_chain[-1][0] == step("place")

    assert client.post(step("place"), PLACE).status_code == 302
    assert City.objects.get().name == "临江市"
    assert "临江市政府重点工作督查系统" in text_of(client.get(step("units")))

    read = text_of(client.post(step("units"), {"do": "read", "text": LISTED}))
    assert "读到11个单位" in read
    assert "与第4行是同一单位，将合并" in read
    entered = client.post(step("units"), {**fields_of(read), "do": "enter", "text": LISTED})
    assert entered.status_code == 302, text_of(entered)
    assert Unit.objects.count() == 10
    office = Unit.objects.get(name="市政府办公室")
    assert (office.kind, office.rank_group) == ("municipal_department", "市直部门")
    assert [each.name for each in office.aliases.all()] == ["市政府办"]
    assert Unit.objects.get(name="市税务局").rank_group == ""
    assert list(Unit.objects.values_list("name", flat=True))[:2] == [
        "市政府办公室",
        "市发展和改革局",
    ]

    shown = text_of(client.get(step("groups")))
    named = {**fields_of(shown), "do": "enter", "starts_on": "2023-01-01"}
    assert client.post(step("groups"), named).status_code == 302
    counties = UnitGroup.objects.get(name="各县（市、区）政府")
    assert sorted(
        UnitGroupMember.objects.filter(group=counties).values_list("unit__name", flat=True)
    ) == ["江北区政府", "江南县政府"]
    assert UnitGroup.objects.get(name="市政府各部门").member_kind == "municipal_department"

    page = text_of(client.get(step("people")))
    given = fields_of(page) | {
        "name-0": "系统管理员二",
        "name-1": "督查室负责人",
        "telephone-1": "13800000002",
        "name-2": "督查员一",
        "name-4": "审计员一",
        "do": "enter",
    }
    answer = text_of(client.post(step("people"), given))
    passwords = re.findall(
        r'<tr><td>([^<]+)</td><td>([^<]+)</td><td class="num">([^<]+)</td>', answer
    )
    assert [name for _, name, _ in passwords] == [
        "系统管理员二",
        "督查室负责人",
        "督查员一",
        "审计员一",
    ]
    assert passwords[0][2] not in text_of(client.get(step("people")))
    head = Appointment.objects.get(role=Role.OFFICE, is_head=True)
    assert head.user.display_name == "督查室负责人"

    assert client.post(step("notice")).status_code == 302
    assert client.get("/").headers["Location"] == "/people/"
    assert client.get(START).headers["Location"] == "/"
    assert "firstrun.finish" in set(LogEntry.objects.values_list("action", flat=True))

    clerk = Client()
    username, _, password = passwords[1]
    sent = {"username": username, "password": password}
    assert clerk.post("/login/", sent).status_code == 302
    User.objects.filter(username=username).update(must_change_password=False)
    desk = clerk.get("/", follow=True)
    assert "导入年度责任分解" in text_of(desk)
    assert "黄石" not in text_of(desk)


def test_what_is_typed_stays_when_a_step_is_left() -> None:
    client = begun()
    client.post(step("place"), PLACE)
    page = text_of(client.post(step("units"), {"do": "read", "text": LISTED}))
    typed = fields_of(page) | {"name-2": "市教育体育局", "kind-2": "institution", "do": "save"}
    client.post(step("units"), typed | {"text": LISTED})
    again = text_of(client.get(step("units")))
    assert 'value="市教育体育局"' in again
    assert LISTED.splitlines()[3] in again
    assert not Unit.objects.exists()
    people = text_of(client.get(step("people")))
    client.post(step("people"), fields_of(people) | {"name-1": "某负责人", "do": "save"})
    assert 'value="某负责人"' in text_of(client.get(step("people")))


def test_wrong_rows_are_named_one_by_one_and_nothing_is_written_or_lost() -> None:
    client = begun()
    client.post(step("place"), PLACE)
    page = text_of(client.post(step("units"), {"do": "read", "text": "市教育局\n市财政局"}))
    typed = fields_of(page) | {"rank-0": "长" * 30, "name-1": "财" * 70, "do": "enter"}
    answer = client.post(step("units"), typed)
    assert answer.status_code == 409
    assert "请填写单位名称，不超过60字。" in text_of(answer)
    assert "财" * 70 in text_of(answer)
    assert not Unit.objects.exists()


def test_a_list_that_is_no_list_says_so_and_keeps_the_text() -> None:
    client = begun()
    client.post(step("place"), PLACE)
    line = "市教育局、市财政局、市公安局"
    answer = client.post(step("units"), {"do": "read", "text": line})
    assert answer.status_code == 409
    assert "只读到1个单位，请每行一个。" in text_of(answer)
    assert line in text_of(answer)


def test_people_without_whom_nothing_runs_are_asked_for() -> None:
    client = begun()
    page = text_of(client.get(step("people")))
    answer = client.post(step("people"), fields_of(page) | {"name-1": "负责人", "do": "enter"})
    assert answer.status_code == 409
    assert text_of(answer).count("请填写姓名。") == 2
    assert 'value="负责人"' in text_of(answer)
    assert User.objects.count() == 1


def test_it_is_not_finished_without_units_and_people() -> None:
    client = begun()
    answer = client.post(step("notice"), follow=True)
    assert "单位和首批账号还没有录入" in text_of(answer)
    assert FirstRun.objects.get().finished_at is None


def test_nobody_but_the_administrator_sees_the_steps() -> None:
    begun()
    client = Client()
    assert client.get(step("place")).status_code == 302
    user = User.objects.create(username="o", display_name="督查员", must_change_password=False)
    Appointment.objects.create(user=user, role=Role.OFFICE, starts_on="2022-01-01")
    client.force_login(user)
    assert client.get(step("place")).status_code == 403
    assert client.get(START).status_code == 403


def test_a_district_proposes_its_own_designations() -> None:
    client = begun()
    client.post(step("place"), {"level": "district", "name": "江北区", "bureau": "督查室"})
    page = text_of(client.post(step("units"), {"do": "read", "text": "区教育局\n江口街道\n江头镇"}))
    client.post(step("units"), {**fields_of(page), "do": "enter"})
    shown = text_of(client.get(step("groups")))
    for name in ("各镇街道", "相关镇街道", "区政府各部门", "相关区政府部门"):
        assert f'value="{name}"' in shown
    assert "市政府" not in shown
