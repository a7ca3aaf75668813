"""The second factor at the door, attacked: nobody comes in without it, and no code opens twice."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from huangshi_tasks.lib import clock
from huangshi_tasks.lib.client_address import networks
from units.factors import acts, codes, required, ways
from units.factors.tests.authenticator import Phone, code_of, is_in, type_code, type_password
from units.guard import tries
from units.models import CodeKind, LogEntry, OneTimeCode, Role, TryKind, User
from units.staff.tests.pages import do
from units.tests.factories import PASSWORD, actions, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def office(db: None) -> User:
    return make_user("dcs", Role.OFFICE)


@pytest.fixture
def phone(office: User) -> Phone:
    return Phone(office, clock.now())


def test_the_password_alone_opens_nothing(client: Client, office: User, phone: Phone) -> None:
    page = type_password(client, office)
    assert page.status_code == 200
    assert "动态口令" in page.content.decode()
    assert not is_in(client)
    assert client.get("/notices/")["Location"].startswith("/login/")
    assert "login" not in actions()


def test_password_and_code_open(client: Client, office: User, phone: Phone) -> None:
    type_password(client, office)
    assert type_code(client, phone.shows())["Location"] == "/"
    assert is_in(client)
    entry = LogEntry.objects.get(action="login")
    assert "手机验证器" in entry.summary
    assert entry.address == "127.0.0.1"


def test_the_way_leads_to_the_page_that_was_asked_for(
    client: Client, office: User, phone: Phone
) -> None:
    page = type_password(client, office, next="/2022/tasks/").content.decode()
    assert 'name="next" value="/2022/tasks/"' in page
    assert type_code(client, phone.shows(), next="/2022/tasks/")["Location"] == "/2022/tasks/"


@pytest.mark.parametrize("page", ["https://example.com/", "//example.com", "javascript:1"])
def test_a_code_leads_to_no_other_site(
    client: Client, office: User, phone: Phone, page: str
) -> None:
    type_password(client, office, next=page)
    assert type_code(client, phone.shows(), next=page)["Location"] == "/"


def test_a_code_without_the_password_opens_nothing(
    client: Client, office: User, phone: Phone
) -> None:
    assert type_code(client, phone.shows())["Location"] == "/login/"
    assert not is_in(client)


def test_a_code_opens_once(client: Client, office: User, phone: Phone) -> None:
    code = phone.shows()
    type_password(client, office)
    type_code(client, code)
    other = Client()
    type_password(other, office)
    page = type_code(other, code).content.decode()
    assert "已经用过" in page
    assert not is_in(other)


def test_the_code_that_proved_the_phone_opens_nothing_any_more(
    client: Client, office: User
) -> None:
    seed = secrets.token_hex(20)
    code = code_of(seed)
    proved = acts.is_right(seed, code)
    assert proved is not None
    new = codes.new_codes(CodeKind.RECOVERY)
    acts.set_up_device(
        user=office, name="phone", seed=seed, proved=proved, recovery=new, now=clock.now()
    )
    type_password(client, office)
    assert "已经用过" in type_code(client, code).content.decode()


def test_five_wrong_codes_and_even_the_right_one_has_to_wait(
    client: Client, office: User, phone: Phone
) -> None:
    type_password(client, office)
    for left in (4, 3, 2, 1):
        assert f"还可以试{left}次" in type_code(client, phone.wrong()).content.decode()
    assert "5分钟后再试" in type_code(client, phone.wrong()).content.decode()
    assert "试错次数过多" in type_code(client, phone.shows()).content.decode()
    assert not is_in(client)
    other = Client()  # another computer, another address: the codes are one account's
    type_password(other, office)
    assert "试错次数过多" in type_code(other, phone.shows()).content.decode()
    assert not is_in(other)


def test_guesses_take_longer_and_longer(office: User, phone: Phone) -> None:
    """Whoever knows the password has some 50 guesses a day at a million codes."""
    judged = 0
    with time_machine.travel(timezone.now(), tick=False) as moment:
        for _ in range(24 * 60):
            judged += tries.take(TryKind.FACTOR, str(office.pk)).is_allowed
            moment.shift(timedelta(minutes=1))
    assert judged <= 56


def test_tries_are_counted_before_they_are_judged(office: User, phone: Phone) -> None:
    allowed = [tries.take(TryKind.FACTOR, str(office.pk)).is_allowed for _ in range(20)]
    assert allowed.count(True) == 5


def test_failed_codes_stand_in_the_log_and_do_not_flood_it(
    client: Client, office: User, phone: Phone
) -> None:
    type_password(client, office)
    for _ in range(40):
        type_code(client, phone.wrong())
    assert actions().count("factor.failed") == 3


def test_a_recovery_code_opens_once_however_it_is_typed(
    client: Client, office: User, phone: Phone
) -> None:
    code = phone.recovery[0]
    type_password(client, office)
    assert type_code(client, f" {code.replace('-', '').lower()} ")["Location"] == "/"
    other = Client()
    type_password(other, office)
    assert "已经用过" in type_code(other, code).content.decode()
    assert not is_in(other)


def test_a_recovery_code_of_another_person_opens_nothing(
    client: Client, office: User, phone: Phone, admin: User
) -> None:
    others = Phone(admin, clock.now())
    type_password(client, office)
    assert type_code(client, others.recovery[0]).status_code == 200
    assert not is_in(client)


def test_codes_are_not_in_the_database(office: User, phone: Phone) -> None:
    kept = str(list(OneTimeCode.objects.values()))
    assert not any(code in kept or code.replace("-", "") in kept for code in phone.recovery)


def test_the_last_recovery_codes_are_announced(client: Client, office: User, phone: Phone) -> None:
    OneTimeCode.objects.filter(user=office, number__gt=3).update(used_at=timezone.now())
    type_password(client, office)
    type_code(client, phone.recovery[0])
    assert "恢复码只剩2个" in client.get("/protection/").content.decode()


def test_a_sheet_serves_without_a_telephone_and_is_renewed_when_it_is_over(
    client: Client, office: User
) -> None:
    sheet = codes.new_codes(CodeKind.SHEET)
    acts.set_up_sheet(user=office, sheet=sheet, now=clock.now())
    OneTimeCode.objects.filter(user=office, number__gt=2).update(used_at=timezone.now())
    type_password(client, office)
    type_code(client, sheet[1])
    assert is_in(client)
    assert client.get("/notices/")["Location"] == "/protection/"
    again = Client()
    type_password(again, office)
    assert not is_in(again), "a sheet that is used up opens no door by being used up"


def last_of_a_sheet(user: User) -> str:
    """The only code that is left."""
    sheet = codes.new_codes(CodeKind.SHEET)
    acts.set_up_sheet(user=user, sheet=sheet, now=clock.now())
    OneTimeCode.objects.filter(user=user, number__gt=2).update(used_at=timezone.now())
    return sheet[1]


def test_the_last_code_of_a_sheet_is_the_last_wherever_it_is_typed(
    client: Client, office: User
) -> None:
    named = str(office.appointments.get().pk)
    posted = {"username": office.username, "password": PASSWORD, "acting_as": named}
    answer = client.post("/login/again/", posted | {"code": last_of_a_sheet(office)})
    assert answer.status_code == 200
    assert client.get("/notices/")["Location"] == "/protection/"
    inside = signed_in(office)
    proved = inside.post("/protection/prove/", {"code": last_of_a_sheet(office)})
    assert proved["Location"] == "/protection/"
    assert "口令单已用完" in inside.get("/protection/").content.decode()
    assert inside.get("/notices/")["Location"] == "/protection/"


@pytest.mark.parametrize("typed", ["፩፩፩፩፩፩", "²²²²²²", "①①①①①①", "١١١١١١"])
def test_figures_of_another_script_are_a_wrong_code(
    client: Client, office: User, phone: Phone, typed: str
) -> None:
    type_password(client, office)
    page = type_code(client, typed)
    assert page.status_code == 200
    assert "口令不对" in page.content.decode()
    assert acts.is_right(secrets.token_hex(20), typed) is None


def test_a_hardware_token_of_eight_figures_and_a_minute(client: Client, office: User) -> None:
    seed = secrets.token_hex(20)
    acts.set_up_device(
        user=office,
        name=ways.TOKEN,
        seed=seed,
        proved=-1,
        recovery=codes.new_codes(CodeKind.RECOVERY),
        now=clock.now(),
        step=60,
        digits=8,
    )
    type_password(client, office)
    assert type_code(client, code_of(seed, step=60, digits=8))["Location"] == "/"


def test_a_certificate_counts_from_the_front_end_only(office: User, settings: Any) -> None:
    settings.CLIENT_CERT_HEADER = "X-Client-Subject"
    settings.TRUSTED_PROXIES = networks(["10.0.0.1"])
    subject = "CN=示例,O=督查室"
    acts.bind_certificate(user=office, subject=subject, now=clock.now())
    forged = Client(REMOTE_ADDR="10.0.0.9", HTTP_X_CLIENT_SUBJECT=quote(subject))
    type_password(forged, office)
    assert not is_in(forged)
    through = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_CLIENT_SUBJECT=quote(subject))
    assert type_password(through, office)["Location"] == "/"
    assert is_in(through)
    another = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_CLIENT_SUBJECT=quote("CN=另一人"))
    type_password(another, office)
    assert not is_in(another)


def test_the_password_proved_is_forgotten_after_ten_minutes(
    client: Client, office: User, phone: Phone
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as moment:
        type_password(client, office)
        moment.shift(timedelta(minutes=10, seconds=1))
        assert type_code(client, phone.shows())["Location"] == "/login/"
    assert not is_in(client)


def test_a_changed_password_or_a_retired_account_ends_what_was_proved(
    client: Client, office: User, phone: Phone
) -> None:
    type_password(client, office)
    office.set_password("Ganggang-Gaile-88")
    office.save()
    assert type_code(client, phone.shows())["Location"] == "/login/"
    other = Client()
    other.post("/login/", {"username": office.username, "password": "Ganggang-Gaile-88"})
    User.objects.filter(pk=office.pk).update(is_active=False)
    assert type_code(other, phone.shows())["Location"] == "/login/"
    assert not is_in(client)
    assert not is_in(other)


def test_a_planted_session_is_worth_nothing(client: Client, office: User, phone: Phone) -> None:
    client.get("/login/")
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["session"] = str(session.session_key)
    type_password(client, office)
    after_password = client.cookies["session"].value
    type_code(client, phone.shows())
    assert len({session.session_key, after_password, client.cookies["session"].value}) == 3


def test_coming_in_again_in_place_asks_for_the_code_too(
    client: Client, office: User, phone: Phone
) -> None:
    named = str(office.appointments.get().pk)
    posted = {"username": office.username, "password": PASSWORD, "acting_as": named}
    answer = client.post("/login/again/", posted)
    assert (answer.status_code, answer.json()["needs_code"]) == (400, True)
    assert not is_in(client)
    wrong = client.post("/login/again/", posted | {"code": phone.wrong()})
    assert wrong.status_code == 400
    assert not is_in(client)
    assert client.post("/login/again/", posted | {"code": phone.shows()}).status_code == 200
    assert is_in(client)


def test_who_is_not_asked_and_has_none_comes_in_as_before(client: Client, liaison: User) -> None:
    assert type_password(client, liaison)["Location"] == "/"
    assert "还有" not in client.get("/protection/").content.decode().split("说明")[0]


def test_who_chose_it_is_asked(client: Client, liaison: User) -> None:
    Phone(liaison, clock.now())
    type_password(client, liaison)
    assert not is_in(client)


def test_fourteen_days_are_counted_on_the_page_and_then_nothing_else_goes(
    client: Client, office: User
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as moment:
        type_password(client, office)
        assert "14天" in client.get("/notices/").content.decode()
        moment.shift(timedelta(days=13))
        type_password(client := Client(), office)
        assert '还有<b class="num">1天' in client.get("/notices/").content.decode()
        moment.shift(timedelta(days=1))
        type_password(client := Client(), office)
        assert client.get("/notices/")["Location"] == "/protection/"
        assert client.get("/2022/office/")["Location"] == "/protection/"
        page = client.get("/protection/").content.decode()
        assert "启用期限已到" in page
        assert "mainnav" not in page
        assert client.get("/password/").status_code == 200


def test_off_asks_nobody_even_who_has_one(
    client: Client, office: User, phone: Phone, settings: Any
) -> None:
    settings.SECOND_FACTOR = "off"
    assert type_password(client, office)["Location"] == "/"
    assert client.get("/protection/").status_code == 404


def test_offered_requires_of_nobody(client: Client, office: User, settings: Any) -> None:
    settings.SECOND_FACTOR = "offered"
    office.factor_asked_at = timezone.now() - timedelta(days=30)
    office.save()
    type_password(client, office)
    assert client.get("/notices/").status_code == 200


def test_the_admin_resets_anothers(office: User, phone: Phone, admin: User) -> None:
    do(signed_in(admin), office, "reset_factor")
    assert not ways.ways_of(office)
    assert "factor.reset" in actions()


def test_after_a_reset_there_is_no_second_time_of_grace(
    client: Client, office: User, phone: Phone, admin: User
) -> None:
    do(signed_in(admin), office, "reset_factor")
    type_password(client, office)
    assert is_in(client)
    assert client.get("/notices/")["Location"] == "/protection/"


def test_nobody_resets_the_own_one(admin: User) -> None:
    Phone(admin, clock.now())
    do(signed_in(admin), admin, "reset_factor")
    assert ways.ways_of(admin)
    assert "factor.reset" not in actions()


def test_only_the_admin_resets(office: User, phone: Phone, liaison: User, auditor: User) -> None:
    for user in (liaison, auditor):
        response = do(signed_in(user), office, "reset_factor")
        assert response.status_code == 403
    assert ways.ways_of(office)


def test_the_server_resets_where_nobody_else_can(admin: User) -> None:
    Phone(admin, clock.now())
    call_command("reset_factor", "xtgly")
    assert not ways.ways_of(admin)
    entry = LogEntry.objects.get(action="factor.reset")
    assert (entry.actor_name, "服务器" in entry.payload) == ("系统", True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_one_code_in_many_requests_at_once_one_opens(office: User, phone: Phone) -> None:
    def use(_: int) -> bool:
        try:
            return codes.use(office, CodeKind.RECOVERY, phone.recovery[0])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(use, range(16))).count(True) == 1
    code = phone.shows()

    def check(_: int) -> bool:
        try:
            return bool(ways.check(office, code))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(check, range(5))).count(True) == 1
    assert connection.vendor == "postgresql"


def test_marks_in_the_session_are_those_of_the_way(
    client: Client, office: User, phone: Phone
) -> None:
    type_password(client, office)
    type_code(client, phone.shows())
    assert client.session[required.WAY] == ways.PHONE
