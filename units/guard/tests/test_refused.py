"""Refusals in the log: each is told, none floods it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from units.guard.refused import sum_up
from units.log.verification import first_bad_position
from units.models import LogEntry, Repeated, User
from units.tests.factories import actions, make_unit, signed_in

pytestmark = pytest.mark.django_db


def test_what_one_may_not_do_is_an_entry(liaison: User) -> None:
    assert signed_in(liaison).get("/audit/").status_code == 403
    entry = LogEntry.objects.get(action="refused")
    assert (entry.user, "/audit/" in entry.summary) == (liaison, True)
    assert "只供审计员" in entry.payload
    assert entry.acting_as == "市住建局 联络员"


def test_an_id_that_is_not_theirs_is_an_entry(liaison: User) -> None:
    other = make_unit("市城管委")
    assert signed_in(liaison).get(f"/2022/units/{other.pk}/").status_code == 404
    assert actions() == ["refused"]


@pytest.mark.parametrize("path", ["/nichts/", "/2099/tasks/", "/robots.txt"])
def test_a_mistyped_address_is_none(liaison: User, path: str) -> None:
    signed_in(liaison).get(path)
    assert actions() == []


def test_a_stranger_is_sent_to_the_login_and_leaves_no_entry(client: Client, db: None) -> None:
    client.get("/audit/")
    assert actions() == []


def test_a_thousand_refusals_are_four_entries(liaison: User) -> None:
    client = signed_in(liaison)
    with time_machine.travel(timezone.now(), tick=False) as moment:
        for _ in range(1000):
            client.get("/audit/")
        assert actions() == ["refused"] * 3
        sum_up()
        assert actions() == ["refused"] * 3, "the hour is not over"
        moment.shift(timedelta(hours=1, seconds=1))
        sum_up()
    assert actions() == ["refused"] * 4
    told = LogEntry.objects.order_by("-position")[0]
    assert "又有997次" in told.summary
    assert told.user == liaison
    assert not Repeated.objects.exists()
    assert first_bad_position() is None


def test_the_next_hour_tells_of_the_one_before(liaison: User) -> None:
    client = signed_in(liaison)
    with time_machine.travel(timezone.now(), tick=False) as moment:
        for _ in range(5):
            client.get("/audit/")
        moment.shift(timedelta(hours=1, seconds=1))
        signed_in(liaison).get("/audit/")  # the session of before has ended
    assert "又有2次" in LogEntry.objects.order_by("-position")[1].summary
    assert len(actions()) == 5


def test_each_person_counts_apart(liaison: User, admin: User) -> None:
    for user in (liaison, admin):
        client = signed_in(user)
        for _ in range(5):
            client.get("/audit/")
    assert LogEntry.objects.filter(user=admin).count() == 3
    assert LogEntry.objects.filter(user=liaison).count() == 3
