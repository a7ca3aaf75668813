"""One row for each person, of the unit for which they are told."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from progress.models import Reminder
from progress.telling.notice import TO_DO, tell
from progress.telling.people import People, holders_of, people_of
from tests.cast import Cast, at
from units.models import Appointment, Role

pytestmark = pytest.mark.django_db
NOW = at("2022-08-03")
DAY = NOW.date()


def say(people: People, text: str = "示例", *, once: bool = False) -> None:
    tell(people, "period:1", "dates", text, "/", now=NOW, urgency=TO_DO, once=once)


def test_people_of_a_unit_are_told_for_their_unit(cast: Cast) -> None:
    assert people_of(cast.lead, day=DAY) == {
        cast.reporter.user: cast.lead,
        cast.signer.user: cast.lead,
    }
    assert people_of(cast.lead, day=DAY, roles=[Role.SIGNER]) == {cast.signer.user: cast.lead}


def test_who_works_for_two_units_is_told_once(cast: Cast) -> None:
    Appointment.objects.create(
        user=cast.reporter.user, role=Role.REPORTER, unit=cast.co_lead, starts_on=DAY
    )
    say(people_of(cast.lead, cast.co_lead, day=DAY))
    row = Reminder.objects.get(recipient=cast.reporter.user)
    assert (row.unit, row.due_on, row.is_immediate) == (cast.co_lead, DAY, True)


def test_holders_of_a_role_are_told_without_a_unit(cast: Cast) -> None:
    both = {cast.office.user: None, cast.office_head.user: None}
    assert holders_of(Role.OFFICE, DAY) == both
    cast.office.user.is_active = False
    cast.office.user.save()
    assert holders_of(Role.OFFICE, DAY) == {cast.office_head.user: None}


def test_a_second_telling_is_an_error_unless_it_says_once(cast: Cast) -> None:
    people = people_of(cast.lead, day=DAY)
    say(people)
    say(people, "再说一遍", once=True)
    assert set(Reminder.objects.values_list("text", flat=True)) == {"示例"}
    with pytest.raises(IntegrityError), transaction.atomic():
        say(people)


def test_a_long_text_is_cut_to_what_the_ledger_takes(cast: Cast) -> None:
    say({cast.reporter.user: None}, "长" * 301)
    assert Reminder.objects.get().text == "长" * 299 + "…"
