"""State × transition × role: one table that states the outcome of every act in every app.

A row names the states an act starts from, the state it leads to, and who may carry it out on the
rows of the small year (市住建局 leads; reporter and signer are its people). Whatever a row does not
name is refused: in another state with a message, to another person with a reason; nothing changes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver

from progress.matters.permissions import unit_of
from progress.matters.requests import grant_extension, grant_objection
from progress.models import InstructionRequest
from reports.bulletins.acts import ask as ask_units
from reports.models import Bulletin
from reports.standings.tests.standings import draft_of
from tests.addresses import SmallYear
from tests.cast import at
from tests.decisions import approved
from units.actors import Actor
from units.errors import NotNow, Refused
from units.models import LogEntry
from units.transitions import Table

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")
OFFICE, LIAISON, SIGNER, UNIT = "office", "reporter", "signer", "reporter signer"
EITHER = "reporter office"
# act → (states it starts from, state it leads to, who may)
STATED: dict[str, tuple[str, str, str]] = {
    "plan.activate": ("draft", "active", OFFICE),
    "plan.archive": ("active", "archived", OFFICE),
    "plan.reopen": ("archived", "active", OFFICE),
    "naming.confirm": ("proposed", "confirmed", UNIT),
    "naming.object": ("proposed", "objected", UNIT),
    "naming.decide": ("proposed objected", "confirmed", OFFICE),
    "naming.drop": ("proposed confirmed objected", "dropped", OFFICE),
    "actionplan.submit": ("draft returned", "signing", LIAISON),
    "actionplan.withdraw": ("signing", "draft", LIAISON),
    "actionplan.sign": ("signing", "reviewing", SIGNER),
    "actionplan.send_unsigned": ("signing", "reviewing", EITHER),
    "actionplan.return_to_liaison": ("signing", "returned", SIGNER),
    "actionplan.accept": ("reviewing", "accepted", OFFICE),
    "actionplan.return_to_unit": ("reviewing", "returned", OFFICE),
    "actionplan.revise": ("accepted", "draft", LIAISON),
    "progressreport.submit": ("draft returned", "signing", LIAISON),
    "progressreport.withdraw": ("signing", "draft", LIAISON),
    "progressreport.sign": ("signing", "reviewing", SIGNER),
    "progressreport.sign_offline": ("signing", "reviewing", UNIT),
    "progressreport.send_unsigned": ("signing", "reviewing", EITHER),
    "progressreport.return_to_liaison": ("signing", "returned", SIGNER),
    "progressreport.accept": ("reviewing", "accepted", OFFICE),
    "progressreport.return_to_unit": ("reviewing", "returned", OFFICE),
    "progressreport.correct": ("accepted", "draft", EITHER),
    "progressreport.reopen": ("draft returned accepted", "draft", OFFICE),
    "noticedraft.activate": ("open", "activated", OFFICE),
    "noticedraft.take": ("open", "taken", OFFICE),
    "noticedraft.discard": ("open", "discarded", OFFICE),
    "period.finalize": ("collecting", "finalized", OFFICE),
    "period.leave_out": ("collecting", "before", OFFICE),
    "adjustment.register": ("requested", "registered", OFFICE),
    "adjustment.decline": ("requested", "declined", OFFICE),
    "adjustment.revoke": ("registered", "revoked", OFFICE),
    "adjustment.end": ("registered", "registered", OFFICE),
    "closure.check": ("claimed", "checked", OFFICE),
    "closure.close": ("checked", "closed", OFFICE),
    "closure.decline": ("claimed checked", "declined", OFFICE),
    "closure.reopen": ("closed", "reopened", OFFICE),
    "supportrequest.answer": ("asked", "answered", "supporter"),
    "supportrequest.take_back": ("asked", "taken_back", LIAISON),
    "sitevisit.record": ("planned", "recorded", OFFICE),
    "sitevisit.mend": ("recorded", "mended", OFFICE),
    "sitevisit.close": ("recorded mended", "closed", OFFICE),
    "sitevisit.drop": ("planned", "dropped", OFFICE),
    "instruction.receive": ("registered", "answering", UNIT),
    "instruction.submit": ("registered answering returned", "signing", LIAISON),
    "instruction.withdraw": ("signing", "answering", LIAISON),
    "instruction.sign_answer": ("signing", "answered", SIGNER),
    "instruction.return_to_liaison": ("signing", "returned", SIGNER),
    "instruction.send_unsigned": ("registered answering signing returned", "answered", EITHER),
    "instruction.record_answer": ("registered answering signing returned", "answered", OFFICE),
    "instruction.return_to_unit": ("answered", "returned", OFFICE),
    "instruction.close": ("answered", "closed", OFFICE),
    "instruction.reopen": ("closed", "answering", OFFICE),
    "instruction.revoke": ("registered answering signing returned", "revoked", OFFICE),
    "instructionrequest.grant": ("requested", "granted", OFFICE),
    "instructionrequest.decline": ("requested", "declined", OFFICE),
    "supervisionorder.sign": ("draft", "signed", OFFICE),
    "supervisionorder.send": ("signed", "sent", OFFICE),
    "supervisionorder.revoke": ("draft signed", "revoked", OFFICE),
    "supervisionorder.submit": ("sent returned followed_up", "signing", LIAISON),
    "supervisionorder.withdraw": ("signing", "sent", LIAISON),
    "supervisionorder.sign_answer": ("signing", "answered", SIGNER),
    "supervisionorder.return_to_liaison": ("signing", "returned", SIGNER),
    "supervisionorder.send_unsigned": ("sent signing returned followed_up", "answered", EITHER),
    "supervisionorder.record_answer": ("sent signing returned followed_up", "answered", OFFICE),
    "supervisionorder.return_to_unit": ("answered", "returned", OFFICE),
    "supervisionorder.follow_up": ("answered", "followed_up", OFFICE),
    "supervisionorder.close": ("answered followed_up", "closed", OFFICE),
    "bulletin.ask": ("draft", "checking", OFFICE),
    "bulletin.take_back": ("checking", "draft", OFFICE),
    "bulletin.sign": ("draft checking", "signed", OFFICE),
    "bulletin.withdraw": ("signed", "draft", OFFICE),
    "bulletin.issue": ("signed", "frozen", OFFICE),
    "bulletin.drop": ("draft checking", "dropped", OFFICE),
    "standing.refresh": ("draft", "draft", OFFICE),
    "standing.approve": ("draft", "approved", OFFICE),
    "standing.drop": ("draft", "dropped", OFFICE),
    "standing.revoke": ("approved", "revoked", OFFICE),
    "export.start": ("waiting", "running", OFFICE),
    "export.finish": ("running", "ready", OFFICE),
    "export.fail": ("running", "failed", OFFICE),
    "export.cancel": ("waiting running", "cancelled", OFFICE),
    "export.expire": ("ready", "expired", OFFICE),
}


def tables() -> dict[str, Table[Any]]:
    """Every table of transitions that the running site knows, by the name of its model."""
    modules = [module for name, module in list(sys.modules.items()) if is_ours(name)]
    found = [each for module in modules for each in vars(module).values() if is_table(each)]
    return {str(each.model._meta.model_name): each for each in found}


def is_ours(name: str) -> bool:
    """A module of the apps; what tests define for themselves is none of the site's."""
    parts = name.split(".")
    return parts[0] in ("units", "tasks", "progress", "reports") and "tests" not in parts


def is_table(value: object) -> bool:
    return isinstance(value, Table)


def people(year: SmallYear) -> dict[str, Actor]:
    return {role: actor for role, actor in year.actors.items() if actor is not None}


def states_of(table: Table[Any]) -> list[str]:
    return [value for value, _ in table.model._meta.get_field(table.field).flatchoices]


def row_of(year: SmallYear, table: Table[Any]) -> Any:
    """The row of the small year that is tried, with what its constraints ask of later states."""
    model = str(table.model._meta.model_name)
    if model == "bulletin":
        make_bulletin(year)
    if model == "standing":
        draft_of(year.plan, year.cast)
    row = table.model._default_manager.order_by("-pk").first()
    assert row is not None, f"the small year has no {model}"
    whole: dict[str, Any] = {}
    if model in ("adjustment", "closure", "bulletin", "standing"):
        whole["approval"] = approval_of(year)
    if model == "bulletin":
        whole |= {"number": 1, "issued_on": date(2022, 8, 3), "sha256": "0" * 64}
    if model == "sitevisit":
        whole |= {"visited_on": date(2022, 8, 2), "finding": "true", "people": "示例"}
    table.model._base_manager.filter(pk=row.pk).update(**whole)
    return row


def make_bulletin(year: SmallYear) -> None:
    """Only its state matters here; what drafting fills in is tested where it is done."""
    office = year.cast.office
    Bulletin.objects.create(
        plan=year.plan,
        period=year.july.period,
        kind="bulletin",
        title="示例通报",
        figures_at=NOW,
        created_by=office.user,
        created_by_name=office.name,
        created_at=NOW,
    )


def approval_of(year: SmallYear) -> Any:
    approval = approved(year.cast)
    approval.save()
    return approval


def put(table: Table[Any], row: Any, state: str) -> Any:
    """Set a state from outside, which only a test of the tables may."""
    table.model._base_manager.filter(pk=row.pk).update(**{table.field: state})
    return table.lock(row)


def test_every_act_of_every_table_is_stated() -> None:
    assert get_resolver().url_patterns  # every room is loaded, whichever test comes first
    acts = {f"{model}.{act}" for model, table in tables().items() for act in table.transitions}
    assert acts == set(STATED)


@pytest.mark.parametrize("name", STATED)
def test_every_state_and_role_has_the_stated_outcome(name: str, year: SmallYear) -> None:
    model, act = name.split(".")
    table = tables()[model]
    arrow = table.transitions[act]
    sources, target, roles = STATED[name]
    assert arrow.target == target
    with transaction.atomic():
        row = row_of(year, table)
        for state in states_of(table):
            locked = put(table, row, state)
            for role, actor in people(year).items():
                may = state in sources.split() and role in roles.split()
                offered = act in {each.name for each in table.available(locked, actor)}
                assert offered == may, (state, role)
                if not may and (state in sources.split() or role == "office"):
                    refuse(table, act, locked, actor, said_first(role, roles))
                elif not may:
                    with pytest.raises(said_first(role, roles)):
                        table.require(act, locked, actor)
        transaction.set_rollback(True)


def test_a_verb_says_nothing_of_the_row_before_it_knows_who_asks(year: SmallYear) -> None:
    """Those that look at the row before its transition: what they would say, the office hears."""
    cast, now = year.cast, NOW
    make_bulletin(year)
    request = InstructionRequest.objects.order_by("-pk")[0]
    due_on, lead, by = request.instruction.due_on, unit_of(request.instruction), approved(cast)
    verbs: list[Callable[[Actor], object]] = [
        lambda actor: grant_extension(
            request=request, actor=actor, now=now, approval=by, until=due_on
        ),
        lambda actor: grant_objection(
            request=request, actor=actor, now=now, lead=lead, note="示例"
        ),
        lambda actor: ask_units(bulletin=Bulletin.objects.latest("pk"), actor=actor, now=now),
    ]
    for verb in verbs:
        with pytest.raises(NotNow):
            verb(cast.office)
        for actor in (cast.reporter, cast.leader, cast.admin):
            with pytest.raises(Refused):
                verb(actor)


def said_first(role: str, roles: str) -> type[Exception]:
    """Whoever may not do it in any state hears that, and nothing of the state it is in."""
    return NotNow if role in roles.split() else Refused


def refuse(table: Table[Any], act: str, row: Any, actor: Actor, expected: type[Exception]) -> None:
    """The POST is refused with a whole sentence, and neither state nor log moves."""
    before, state = LogEntry.objects.count(), getattr(row, table.field)
    with pytest.raises(expected) as refusal:
        table.perform(act, row, actor=actor, now=NOW)
    assert str(refusal.value).endswith("。")
    row.refresh_from_db(fields=[table.field])
    assert (LogEntry.objects.count(), getattr(row, table.field)) == (before, state)
