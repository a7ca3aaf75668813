import pytest

from progress.lifecycle.permissions import can_see_drafts
from progress.lifecycle.workflow import REPORTS
from progress.models import ProgressReport, ReportState
from tests.cast import Cast, at
from units.errors import NotNow, Refused
from units.models import LogEntry

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


def put(report: ProgressReport, state: str) -> ProgressReport:
    """Set a state from outside, which only a test of the table may."""
    ProgressReport.objects.filter(pk=report.pk).update(state=state)
    report.refresh_from_db()
    return report


# The whole table: transition → (states it starts from, members of the cast who may).
UNIT, SIGNER, OFFICE = {"reporter"}, {"signer"}, {"office", "office_head"}

STATED = {
    "submit": ({"draft", "returned"}, UNIT),
    "withdraw": ({"signing"}, UNIT),
    "sign": ({"signing"}, SIGNER),
    "sign_offline": ({"signing"}, UNIT | SIGNER),
    "send_unsigned": ({"signing"}, UNIT | OFFICE),
    "return_to_liaison": ({"signing"}, SIGNER),
    "accept": ({"reviewing"}, OFFICE),
    "return_to_unit": ({"reviewing"}, OFFICE),
    "correct": ({"accepted"}, UNIT | OFFICE),
    "reopen": ({"draft", "returned", "accepted"}, OFFICE),
}

EVERYBODY = [
    "office",
    "office_head",
    "reporter",
    "signer",
    "co_reporter",
    "co_signer",
    "county_reporter",
    "county_signer",
    "supporter",
    "stranger_reporter",
    "stranger_signer",
    "leader",
    "observer",
    "admin",
    "auditor",
]


def test_the_table_states_every_transition() -> None:
    assert set(REPORTS.transitions) == set(STATED)


@pytest.mark.parametrize("state", ReportState.values)
def test_every_state_offers_each_person_exactly_what_is_stated(
    cast: Cast, report: ProgressReport, state: str
) -> None:
    put(report, state)
    for member in EVERYBODY:
        offered = {t.name for t in REPORTS.available(report, getattr(cast, member))}
        stated = {n for n, (states, who) in STATED.items() if state in states and member in who}
        assert offered == stated, member


@pytest.mark.parametrize("state", ReportState.values)
@pytest.mark.parametrize("name", STATED)
def test_what_is_not_stated_is_refused_and_changes_nothing(
    cast: Cast, report: ProgressReport, state: str, name: str
) -> None:
    put(report, state)
    states, allowed = STATED[name]
    before = LogEntry.objects.count()
    for member in EVERYBODY:
        if state in states and member in allowed:
            continue
        with pytest.raises(NotNow if member in allowed else Refused) as refusal:
            REPORTS.perform(name, report, actor=getattr(cast, member), now=NOW)
        assert str(refusal.value).endswith("。")
    report.refresh_from_db()
    assert report.state == state
    assert LogEntry.objects.count() == before


def test_drafts_are_for_the_unit_and_the_office(cast: Cast, report: ProgressReport) -> None:
    may = {name for name in EVERYBODY if can_see_drafts(getattr(cast, name), report)}
    assert may == {"office", "office_head", "reporter", "signer"}
