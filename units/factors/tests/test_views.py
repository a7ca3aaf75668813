"""登录保护: setting one up, changing it, doing without."""

from __future__ import annotations

import re
import secrets
from base64 import b32decode, b32encode
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from huangshi_tasks.lib import clock
from units.factors import ways
from units.factors.tests.authenticator import Phone, code_of, is_in, type_code, type_password
from units.models import LogEntry, OneTimeCode, User
from units.tests.factories import actions, signed_in

pytestmark = pytest.mark.django_db
PHONE, TOKEN, SHEET = (f"/protection/new/{way}/" for way in ("phone", "token", "sheet"))


@pytest.fixture(autouse=True)
def _offered(settings: Any) -> None:
    settings.SECOND_FACTOR = "offered"


def secret_on(page: str) -> str:
    """In hexadecimal digits, as the drawing says it in base32."""
    found = re.search(r'fa-s">([A-Z2-7 ]+)<', page)
    assert found is not None
    plain = found[1].replace(" ", "")
    return b32decode(plain + "=" * (-len(plain) % 8)).hex()


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li>([A-Z2-9]{4}-[A-Z2-9]{4})</li>", page)


def test_a_telephone_is_set_up_with_a_code_and_its_recovery_codes_saved(liaison: User) -> None:
    client = signed_in(liaison)
    page = client.get(PHONE).content.decode()
    assert "<svg" in page.split("fa-g")[1]
    assert "style=" not in page.split("fa-g")[1].split("</svg>")[0]
    assert len(codes_on(page)) == 10
    done = client.post(PHONE, {"code": code_of(secret_on(page)), "saved": "on"})
    assert done["Location"] == "/"
    assert ways.ways_of(liaison).names == ["手机验证器"]
    assert "factor.set_up" in actions()
    fresh = Client()
    type_password(fresh, liaison)
    type_code(fresh, codes_on(page)[0])
    assert is_in(fresh)


@pytest.mark.parametrize("posted", [{}, {"code": "000000"}, {"code": "right"}, {"saved": "on"}])
def test_nothing_is_set_up_before_it_is_proved_and_saved(
    liaison: User, posted: dict[str, str]
) -> None:
    client = signed_in(liaison)
    page = client.get(PHONE).content.decode()
    if posted.get("code") == "right":
        posted = {"code": code_of(secret_on(page))}
    again = client.post(PHONE, posted).content.decode()
    assert 'class="err"' in again
    assert secret_on(again) == secret_on(page), "the telephone need not read it a second time"
    assert not ways.ways_of(liaison)


def test_secrets_are_neither_in_the_log_nor_shown_again(liaison: User) -> None:
    client = signed_in(liaison)
    page = client.get(PHONE).content.decode()
    seed = secret_on(page)
    client.post(PHONE, {"code": code_of(seed), "saved": "on"})
    told = "".join(LogEntry.objects.values_list("payload", flat=True))
    assert seed not in told
    assert codes_on(page)[0] not in told
    assert secret_on(client.get(PHONE).content.decode()) != seed


@pytest.mark.parametrize("spell", [str, lambda seed: b32encode(bytes.fromhex(seed)).decode()])
def test_a_token_is_set_up_by_its_seed(liaison: User, spell: Any) -> None:
    seed = secrets.token_hex(20)
    client = signed_in(liaison)
    client.get(TOKEN)
    shape = {"step": "60", "digits": "8", "saved": "on"}
    code = code_of(seed, step=60, digits=8)
    posted = {"seed_typed": spell(seed), "code": code, **shape}
    assert client.post(TOKEN, posted)["Location"] == "/"
    assert ways.ways_of(liaison).names == ["硬件令牌"]


@pytest.mark.parametrize("seed", ["", "甲", "00", "x" * 400, "A" * 99])
def test_a_seed_that_is_none_says_so(liaison: User, seed: str) -> None:
    posted = {"seed_typed": seed, "code": "123456", "step": "30", "digits": "6", "saved": "on"}
    page = signed_in(liaison).post(TOKEN, posted)
    assert page.status_code == 200
    assert "令牌种子" in page.content.decode()
    assert not ways.ways_of(liaison)


def test_a_sheet_is_good_when_its_first_code_was_typed(liaison: User) -> None:
    client = signed_in(liaison)
    sheet = codes_on(client.get(SHEET).content.decode())
    assert len(sheet) == 40
    assert "不符" in client.post(SHEET, {"code": sheet[1], "saved": "on"}).content.decode()
    assert client.post(SHEET, {"code": sheet[0].lower(), "saved": "on"})["Location"] == "/"
    fresh = Client()
    type_password(fresh, liaison)
    assert type_code(fresh, sheet[0]).status_code == 200, "crossed out by setting it up"
    type_code(fresh, sheet[1])
    assert is_in(fresh)


def test_the_codes_as_a_text_are_those_of_the_page(liaison: User) -> None:
    client = signed_in(liaison)
    shown = codes_on(client.get(SHEET).content.decode())
    text = client.get(f"{SHEET}codes/")
    assert re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}", text.content.decode()) == shown
    assert "no-store" in text["Cache-Control"]


@pytest.mark.parametrize("address", [PHONE, TOKEN, SHEET, f"{PHONE}codes/"])
def test_who_has_one_proves_it_before_changing_it(liaison: User, address: str) -> None:
    """A session that was left open is no telephone."""
    Phone(liaison, clock.now())
    client = signed_in(liaison)
    assert client.get(address)["Location"] == "/protection/prove/"
    assert client.post("/protection/stop/")["Location"] == "/protection/prove/"
    assert client.post("/protection/recovery/")["Location"] == "/protection/prove/"
    assert ways.ways_of(liaison).recovery == 10


def test_a_proof_is_good_for_ten_minutes(liaison: User) -> None:
    phone = Phone(liaison, clock.now())
    client = signed_in(liaison)
    assert "口令不对" in client.post("/protection/prove/", {"code": phone.wrong()}).content.decode()
    with time_machine.travel(timezone.now(), tick=False) as moment:
        client.post("/protection/prove/", {"code": phone.shows()})
        assert client.get(PHONE).status_code == 200
        moment.shift(timedelta(minutes=10))
        assert client.get(PHONE)["Location"] == "/protection/prove/"


def test_guesses_on_the_page_count_with_those_at_the_door(liaison: User) -> None:
    phone = Phone(liaison, clock.now())
    client = signed_in(liaison)
    for _ in range(5):
        client.post("/protection/prove/", {"code": phone.wrong()})
    page = client.post("/protection/prove/", {"code": phone.shows()}).content.decode()
    assert "试错次数过多" in page
    fresh = Client()
    type_password(fresh, liaison)
    type_code(fresh, phone.shows())
    assert not is_in(fresh)


def test_a_new_telephone_takes_the_place_of_the_old_one(liaison: User) -> None:
    old = Phone(liaison, clock.now())
    client = signed_in(liaison)
    client.post("/protection/prove/", {"code": old.shows()})
    seed = secret_on(client.get(PHONE).content.decode())
    client.post(PHONE, {"code": code_of(seed), "saved": "on"})
    fresh = Client()
    type_password(fresh, liaison)
    type_code(fresh, old.shows(1))
    type_code(fresh, old.recovery[3])
    assert not is_in(fresh)
    type_code(fresh, code_of(seed, 1))
    assert is_in(fresh)


def test_new_recovery_codes_end_the_old(liaison: User) -> None:
    phone = Phone(liaison, clock.now())
    client = signed_in(liaison)
    client.post("/protection/prove/", {"code": phone.shows()})
    fresh = codes_on(client.post("/protection/recovery/").content.decode())
    assert not set(fresh) & set(phone.recovery)
    assert OneTimeCode.objects.filter(user=liaison).count() == 10
    other = Client()
    type_password(other, liaison)
    type_code(other, phone.recovery[0])
    assert not is_in(other)


def test_one_may_do_without_again_unless_it_is_required(liaison: User, settings: Any) -> None:
    phone = Phone(liaison, clock.now())
    client = signed_in(liaison)
    client.post("/protection/prove/", {"code": phone.shows()})
    client.post("/protection/stop/")
    assert not ways.ways_of(liaison)
    assert "factor.stop" in actions()


def test_who_stops_with_the_last_code_of_a_sheet_needs_no_new_one(liaison: User) -> None:
    client = signed_in(liaison)
    sheet = codes_on(client.get(SHEET).content.decode())
    client.post(SHEET, {"code": sheet[0], "saved": "on"})
    OneTimeCode.objects.filter(number__gt=2).update(used_at=timezone.now())
    again = signed_in(liaison)
    again.post("/protection/prove/", {"code": sheet[1]})
    assert again.get("/notices/")["Location"] == "/protection/"
    again.post("/protection/stop/")
    assert again.get("/notices/").status_code == 200


def test_who_must_have_one_does_not_stop_it(admin: User, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    phone = Phone(admin, clock.now())
    client = signed_in(admin)
    client.post("/protection/prove/", {"code": phone.shows()})
    client.post("/protection/stop/")
    assert ways.ways_of(admin)


def test_what_was_typed_here_is_not_given_back_after_the_session(client: Client, db: None) -> None:
    page = client.post(TOKEN, {"acting_as": "1", "seed_typed": "abcd", "code": "1"})
    assert page.status_code == 302
    assert page["Location"].startswith("/login/")
