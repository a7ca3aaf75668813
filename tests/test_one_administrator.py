"""An administrator, by whatever sequence of own acts, reaches neither business data nor the log.

The machine plays one administrator who keeps every password that any act shows, and asks for
everything. After each act, nothing that those passwords open may see more than accounts.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings as live
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from progress.duties.handover import hand_over
from units.actors import Actor, appointments_of
from units.errors import NotNow, Refused
from units.imports.accounts import put_person
from units.models import Appointment, PowerRequest, Role, Unit, User
from units.people.accounts import unlock
from units.powers import acts, deciding, rules
from units.powers.forms import AskedAccountForm, AskedAppointmentForm
from units.powers.tests.asking import NOW, actor
from units.sheets.running import BadRow
from units.tests.factories import PASSWORD, SINCE, make_unit, make_user

TODAY = NOW.date()
ROLES = st.sampled_from(Role.values)
WHO = st.integers(0, 7)
REFUSED = (NotNow, Refused, BadRow)


class OneAdministrator(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.own = transaction.atomic()  # each example has a system of its own
        self.own.__enter__()
        self.unit = make_unit(f"单位{Unit.objects.count()}")
        stem = f"m{User.objects.count()}"
        self.admin = make_user(f"{stem}a", Role.ADMIN)
        self.auditor = make_user(f"{stem}s", Role.AUDITOR)
        self.office = make_user(f"{stem}d", Role.OFFICE)
        self.leader = make_user(f"{stem}l", Role.LEADER)
        self.liaison = make_user(f"{stem}r", Role.REPORTER, self.unit)
        self.people = [self.admin, self.auditor, self.office, self.leader, self.liaison]
        self.known: dict[int, str] = {self.admin.pk: PASSWORD}  # account → a password he saw

    def _someone(self, number: int) -> User:
        return User.objects.get(pk=self.people[number % len(self.people)].pk)

    def _try(self, form: Any) -> None:
        if form.is_valid():
            acts.save(form, actor=actor(self.admin), now=NOW)

    def _by(self, kind: Any) -> Any:
        return type("By", (kind,), {"actor_id": self.admin.pk})

    @rule(role=ROLES)
    def import_a_person(self, role: str) -> None:
        values: dict[str, Any] = dict.fromkeys(("telephone", "email", "post", "ends_on"), "")
        values |= {
            "username": f"{self.admin.username}k{len(self.people)}",
            "display_name": "傀儡",
            "role": role,
            "unit": self.unit.name if role in ("reporter", "signer") else "",
            "is_head": "",
            "starts_on": SINCE,
            "ends_on": None,
        }
        try:
            put = put_person(values, actor(self.admin), NOW)
        except REFUSED:
            return
        made = User.objects.get(username=values["username"])
        self.people.append(made)
        self.known[made.pk] = put.once[2]

    @rule(who=WHO, role=ROLES, end=st.booleans())
    def appoint(self, who: int, role: str, end: bool) -> None:
        data = {"user": self._someone(who).pk, "role": role, "starts_on": SINCE}
        data |= {"ends_on": date(2030, 1, 1)} if end else {}
        data |= {"unit": self.unit.pk} if role in ("reporter", "signer") else {}
        self._try(self._by(AskedAppointmentForm)(data))

    @rule(who=WHO, off=st.booleans(), renamed=st.booleans())
    def change(self, who: int, off: bool, renamed: bool) -> None:
        user = self._someone(who)
        data = {name: getattr(user, name) for name in AskedAccountForm.Meta.fields}
        data["is_active"] = not off
        data["username"] += "x" if renamed else ""
        self._try(self._by(AskedAccountForm)(data, instance=user))

    @rule(who=WHO)
    def end_an_appointment(self, who: int) -> None:
        user = self._someone(who)
        held = Appointment.objects.filter(user=user).first()
        if held is not None:
            data = {name: getattr(held, name) for name in ("role", "is_head", "starts_on")}
            data |= {"user": user.pk, "unit": held.unit_id, "ends_on": date(2022, 8, 2)}
            self._try(self._by(AskedAppointmentForm)(data, instance=held))

    @rule(who=WHO)
    def reset(self, who: int) -> None:
        user = self._someone(who)
        try:
            shown = acts.reset_password(user=user, actor=actor(self.admin), now=NOW)
        except REFUSED:
            return
        if shown.password:
            self.known[user.pk] = shown.password

    @rule(who=WHO)
    def reset_a_factor(self, who: int) -> None:
        try:
            acts.reset_factor(user=self._someone(who), actor=actor(self.admin), now=NOW)
        except REFUSED:
            return

    @rule(who=WHO)
    def unlock_one(self, who: int) -> None:
        unlock(user=self._someone(who), actor=actor(self.admin))

    @rule(who=WHO)
    def hand_over_to(self, who: int) -> None:
        held = Appointment.objects.filter(role__in=["reporter", "signer"]).order_by("-pk")[0]
        try:
            hand_over(
                held=held,
                successor=self._someone(who),
                last_day=TODAY,
                actor=actor(self.admin),
                now=NOW,
            )
        except REFUSED:
            return

    @rule(who=WHO)
    def confirm_everything(self, who: int) -> None:
        """As himself, and as every account that he can open."""
        for asked in PowerRequest.objects.filter(state="waiting"):
            for user in self._opened():
                for held in appointments_of(user, TODAY):
                    try:
                        word = deciding.confirm(asked=asked, actor=Actor(user, held), now=NOW)
                    except REFUSED:
                        continue
                    self.known[asked.user_id] = word

    def _opened(self) -> list[User]:
        found = [User.objects.get(pk=pk) for pk in self.known]
        in_use = [each for each in found if each.is_active]
        return [each for each in in_use if each.check_password(self.known[each.pk])]

    @invariant()
    def nothing_is_reached(self) -> None:
        for user in self._opened():
            for held in Appointment.objects.not_over(TODAY).filter(user=user):
                allowed = {Role.ADMIN} if user.pk == self.admin.pk else set()
                if live.TWO_PEOPLE != rules.ALL:
                    allowed |= {Role.REPORTER, Role.SIGNER}
                assert held.role in allowed, f"{user} opens {held.role}"

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.own.__exit__(None, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("scope", ["powers", "all"])
def test_no_single_act_does_with_any_role_or_person(
    scope: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "TWO_PEOPLE", scope)
    one = OneAdministrator()
    for role in Role.values:
        one.import_a_person(role)
        one.appoint(len(one.people) - 1, role, end=True)
        one.nothing_is_reached()
    for who in range(8):  # everybody of the cast, and puppets
        one.reset(who)
        one.reset_a_factor(who)
        one.change(who, off=False, renamed=True)
        one.change(who, off=True, renamed=False)
        one.end_an_appointment(who)
        one.hand_over_to(who)
        one.confirm_everything(who)
        one.nothing_is_reached()
    one.teardown()
    assert PowerRequest.objects.count() == 0, "rolled back"


@pytest.mark.django_db
@pytest.mark.parametrize("scope", ["powers", "all"])
def test_no_sequence_of_own_acts_reaches_business_data_or_the_log(
    scope: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "TWO_PEOPLE", scope)
    bounds = settings(
        max_examples=5,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # shrinking takes minutes
    )
    run_state_machine_as_test(OneAdministrator, settings=bounds)
