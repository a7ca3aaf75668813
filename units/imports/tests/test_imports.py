from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.core.files.uploadedfile import SimpleUploadedFile

from huangshi_tasks.lib.clock import SHANGHAI
from units.actors import Actor
from units.errors import NotNow
from units.imports.accounts import AccountSheet
from units.imports.unit_list import UnitSheet
from units.models import Appointment, LogEntry, Role, Unit, User
from units.sheets import keeping, running
from units.sheets.results import Result
from units.sheets.tests.filled import Filler
from units.tests.factories import actions, make_user, signed_in

pytestmark = pytest.mark.django_db

NOW = datetime(2022, 8, 3, 10, tzinfo=SHANGHAI)
ACCOUNTS, UNITS = "账号和任职", "单位"
NEW = {
    "用户名": "zhgly",
    "姓名": "市城管委联络员",
    "联系电话": "示例",
    "角色": "联络员",
    "单位": "市住建局",
}


@pytest.fixture
def actor(admin: User) -> Actor:
    return Actor(admin, Appointment.objects.get(user=admin))


def filled(wanted: Any, actor: Actor, sheet: str, row: int, values: Mapping[str, object]) -> Filler:
    filler = Filler(wanted.template(actor, NOW))
    for head, value in values.items():
        filler.put(sheet, row, head, value)
    return filler


def write(
    wanted: Any, actor: Actor, filler: Filler, *, skips_bad: bool = False
) -> tuple[Result, bool]:
    return running.perform(wanted, filler.read, actor, NOW, skips_bad=skips_bad)


def says(result: Result) -> list[tuple[str, str]]:
    return [(each.head, each.sentence) for each in result.mistakes]


def test_an_account_comes_with_its_appointment_and_a_password_shown_once(
    actor: Actor, unit: Unit
) -> None:
    filler = filled(AccountSheet(), actor, ACCOUNTS, 2, NEW)
    assert running.rehearse(AccountSheet(), filler.read, actor, NOW).writes == 1
    assert not User.objects.filter(username="zhgly").exists()
    result, is_written = write(AccountSheet(), actor, filler)
    user = User.objects.get(username="zhgly")
    assert is_written
    assert user.must_change_password
    [(username, _, password)] = result.once
    assert (username, check_password(password, user.password)) == ("zhgly", True)
    assert password not in str(result.as_json())
    held = Appointment.objects.get(user=user)
    assert (held.role, held.unit, held.starts_on) == (Role.REPORTER, unit, date(2022, 8, 3))
    assert actions()[-2:] == ["user.add", "appointment.add"]
    assert password not in "".join(LogEntry.objects.values_list("payload", flat=True))


def test_the_download_uploaded_again_changes_nothing(actor: Actor, liaison: User) -> None:
    for wanted in (AccountSheet(), UnitSheet()):
        filler = Filler(wanted.template(actor, NOW))
        result, _ = write(wanted, actor, filler)
        assert (result.writes, result.mistakes) == (0, [])


def test_an_appointment_that_ends_later_is_in_the_download_and_is_not_made_twice(
    actor: Actor, liaison: User
) -> None:
    Appointment.objects.filter(user=liaison).update(ends_on=date(2022, 8, 31))
    filler = Filler(AccountSheet().template(actor, NOW))
    ends = [str(filler.cell(ACCOUNTS, row, "任职终止").value) for row in (1, 2)]
    assert any(end.startswith("2022-08-31") for end in ends)
    result, _ = write(AccountSheet(), actor, filler)
    assert (result.writes, liaison.appointments.count()) == (0, 1)


def test_an_appointment_is_ended_by_its_date_and_a_telephone_changed(
    actor: Actor, liaison: User
) -> None:
    ends = {"联系电话": "示例2", "任职终止": date(2022, 8, 31)}
    result, _ = write(AccountSheet(), actor, filled(AccountSheet(), actor, ACCOUNTS, 1, ends))
    assert result.counts["changed"] == 1
    liaison.refresh_from_db()
    assert liaison.telephone == "示例2"
    assert liaison.appointments.get().ends_on == date(2022, 8, 31)


@pytest.mark.parametrize(
    ("values", "head", "sentence"),
    [
        ({"用户名": ""}, "用户名", "请填写用户名。"),
        ({"角色": "局长"}, "角色", "请从下列各项中选择"),
        ({"单位": "市某局"}, "单位", "没有名为“市某局”的单位"),
        ({"单位": ""}, "角色", "联络员和单位负责人必须填写单位。"),
        ({"任职起始": "八月"}, "任职起始", "请按“2022-08-05”的格式填写日期。"),
        ({"用户名": "张 三"}, "用户名", "请输入合法的用户名"),
        ({"角色": ""}, "角色", "填了单位、职务或起止日期的，须选择角色。"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_at_its_cell(
    values: dict[str, object], head: str, sentence: str, actor: Actor, unit: Unit
) -> None:
    filler = filled(AccountSheet(), actor, ACCOUNTS, 2, {**NEW, **values})
    result, is_written = write(AccountSheet(), actor, filler)
    assert not is_written
    [(where, said)] = says(result)
    assert (where, said[: len(sentence)]) == (head, sentence)
    assert User.objects.count() == 1


def test_nobody_appoints_themselves_and_powers_stay_apart(actor: Actor, liaison: User) -> None:
    own = {"用户名": actor.user.username, "姓名": str(actor.user), "角色": "督查室", "单位": ""}
    result, _ = write(AccountSheet(), actor, filled(AccountSheet(), actor, ACCOUNTS, 3, own))
    assert "不能给自己的账号设置任职" in says(result)[0][1]
    mixed = {"用户名": "lianluo", "姓名": "lianluo", "角色": "审计员", "单位": ""}
    result, _ = write(AccountSheet(), actor, filled(AccountSheet(), actor, ACCOUNTS, 3, mixed))
    assert "不得兼任其他角色" in says(result)[0][1]


def test_units_are_added_changed_and_given_other_names(actor: Actor, unit: Unit) -> None:
    filler = filled(UnitSheet(), actor, UNITS, 1, {"值班电话": "示例", "别名": "市住建委、住建局"})
    for head, value in {
        "单位名称": "市城管委",
        "单位类别": "市直部门",
        "上级单位": "市住建局",
    }.items():
        filler.put(UNITS, 2, head, value)
    result, is_written = write(UnitSheet(), actor, filler)
    assert (is_written, result.counts["new"], result.counts["changed"]) == (True, 1, 1)
    unit.refresh_from_db()
    assert unit.telephone == "示例"
    assert {alias.name for alias in unit.aliases.all()} == {"市住建委", "住建局"}
    new = Unit.objects.get(name="市城管委")
    assert (new.parent, new.pinyin) == (unit, "scgw")


def test_a_name_that_leads_to_two_units_is_refused_and_skipping_writes_the_rest(
    actor: Actor, unit: Unit
) -> None:
    filler = filled(UnitSheet(), actor, UNITS, 2, {"单位名称": "市城管委", "单位类别": "市直部门"})
    filler.put(UNITS, 2, "别名", "市住建局")
    filler.put(UNITS, 1, "值班电话", "示例")
    result, is_written = write(UnitSheet(), actor, filler)
    assert (is_written, says(result)[0][0]) == (False, "别名")
    assert not Unit.objects.filter(name="市城管委").exists()
    assert write(UnitSheet(), actor, filler, skips_bad=True)[1]
    unit.refresh_from_db()
    assert (unit.telephone, Unit.objects.count()) == ("示例", 1)


def test_the_pages_lead_from_download_to_written(admin: User, unit: Unit, actor: Actor) -> None:
    browser = signed_in(admin)
    assert browser.get("/import/accounts/template/").status_code == 200
    filler = filled(AccountSheet(), actor, ACCOUNTS, 2, NEW)
    sent = browser.post(
        "/import/accounts/", {"file": SimpleUploadedFile("新增.xlsx", filler.content)}
    )
    page = browser.get(sent["Location"]).content.decode()
    assert "没有错误，还没有写入" in page
    assert "新增任职：市住建局 联络员" in page
    written = browser.post(sent["Location"])
    assert "下列密码只显示这一次" in written.content.decode()
    again = browser.get(sent["Location"]).content.decode()
    assert "下列密码" not in again
    assert "写入1行" in again
    twice = browser.post(sent["Location"], follow=True).content.decode()
    assert "已经写入，不能重复写入" in twice
    assert User.objects.filter(username="zhgly").count() == 1


def test_what_is_kept_goes_after_a_week_and_is_refused_when_it_is_no_longer_the_same(
    actor: Actor, unit: Unit
) -> None:
    content = UnitSheet().template(actor, NOW)
    kept: dict[str, Any] = {"wanted": UnitSheet(), "content": content, "actor": actor}
    upload, _ = keeping.keep(**kept, name="甲.xlsx", now=NOW)
    assert keeping.content_of(upload) == content
    with upload.file.open("wb") as file:
        file.write(b"PK\x03\x04")
    with pytest.raises(NotNow, match="请重新上传"):
        keeping.content_of(upload)
    keeping.keep(**kept, name="乙.xlsx", now=NOW + timedelta(days=8))
    upload.refresh_from_db()
    assert (upload.file.name, upload.result, upload.name) == ("", {}, "甲.xlsx")
    with pytest.raises(NotNow, match="请重新上传"):
        keeping.content_of(upload)


def test_a_stranger_does_not_see_what_another_sent(actor: Actor, unit: Unit) -> None:
    upload, _ = keeping.keep(
        wanted=UnitSheet(),
        content=UnitSheet().template(actor, NOW),
        name="甲.xlsx",
        actor=actor,
        now=NOW,
    )
    other = make_user("xtgly2", Role.ADMIN)
    for page in ("", "errors/"):
        assert signed_in(other).get(f"/import/units/{upload.pk}/{page}").status_code == 404
        assert signed_in(actor.user).get(f"/import/units/{upload.pk}/{page}").status_code == 200
    assert signed_in(actor.user).get(f"/import/accounts/{upload.pk}/").status_code == 404
