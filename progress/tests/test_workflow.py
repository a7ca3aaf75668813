from datetime import date
from decimal import Decimal

import pytest

from progress import workflow
from progress.models import (
    Decision,
    EvidenceKind,
    ProgressReport,
    ReportState,
    Signature,
)
from progress.permissions import can_see_drafts
from progress.tables import REPORTS
from progress.tests.cast import (
    Cast,
    accept_report,
    at,
    attach,
    file_report,
    fill,
    make_item,
    make_milestone,
    make_plan,
    period_of,
    report_of,
)
from tasks.models import Task
from units.errors import NotNow, Refused
from units.models import Appointment, LogEntry, Role

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def task(cast: Cast) -> Task:
    return make_item(make_plan(), cast)


@pytest.fixture
def report(task: Task, cast: Cast) -> ProgressReport:
    return report_of(task, cast.lead)


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
        with pytest.raises(Refused if state in states else NotNow) as refusal:
            REPORTS.perform(name, report, actor=getattr(cast, member), now=NOW)
        assert str(refusal.value).endswith("。")
    report.refresh_from_db()
    assert report.state == state
    assert LogEntry.objects.count() == before


def test_a_report_is_typed_signed_and_accepted_with_one_log_entry_each(
    cast: Cast, report: ProgressReport
) -> None:
    accepted = accept_report(cast, report, NOW, 180)
    version = accepted.latest()
    assert version is not None
    assert (accepted.state, accepted.accepted_version) == ("accepted", version)
    assert (version.signature, version.decision) == (Signature.ONLINE, Decision.ACCEPTED)
    assert version.signed_by_name == "市住建局单位负责人（市住建局 单位负责人）"
    assert accepted.first_left_at == NOW
    assert version.digest == "示例采用稿。"
    actions = LogEntry.objects.values_list("action", flat=True)
    assert [a.split(".")[1] for a in actions] == ["submit", "sign", "accept"]
    assert '"readings":[[' in LogEntry.objects.get(action="progressreport.submit").payload


def test_without_a_short_text_the_units_own_is_printed(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, NOW, 180, next_steps="示例：下一步。")
    workflow.accept(report=sent, actor=cast.office, now=NOW)
    version = sent.latest()
    assert version is not None
    assert (version.digest, version.next_digest) == (version.progress, "示例：下一步。")


def test_a_return_keeps_what_was_filed_and_opens_a_copy(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, NOW, 180)
    returned = workflow.return_to_unit(
        report=sent, actor=cast.office, now=NOW, reason="请补充道路名称。"
    )
    old, new = returned.versions.order_by("number")
    assert (old.decision, old.return_reason) == ("returned", "请补充道路名称。")
    assert (new.number, new.supersedes, new.decision, new.signature) == (2, old, "", "")
    assert new.readings.get().value == 180
    assert returned.return_due_on == date(2022, 8, 5)  # two working days
    assert workflow.last_return(returned) == old
    again = file_report(cast, returned, at("2022-08-08"), 181)
    assert again.first_left_at == NOW  # a return does not change timeliness
    assert old.readings.get().value == 180


def test_an_empty_first_filing_is_marked_by_the_office(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, NOW, 180)
    returned = workflow.return_to_unit(
        report=sent, actor=cast.office, now=NOW, reason="空报。", first_was_empty=True
    )
    assert returned.first_was_empty


def test_the_signer_returns_to_the_liaison_before_anything_left(
    cast: Cast, report: ProgressReport
) -> None:
    fill(report, cast.reporter, NOW, 180)
    workflow.submit(report=report, actor=cast.reporter, now=NOW)
    returned = workflow.return_to_liaison(
        report=report, actor=cast.signer, now=NOW, reason="请核对数字。"
    )
    assert (returned.state, returned.first_left_at) == ("returned", None)
    version = workflow.last_return(returned)
    assert version is not None
    assert version.signed_at is None


def test_the_liaison_withdraws_before_the_signer_acts(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 180)
    workflow.submit(report=report, actor=cast.reporter, now=NOW)
    assert workflow.withdraw(report=report, actor=cast.reporter, now=NOW).state == "draft"
    assert file_report(cast, report, NOW, 181).state == "reviewing"
    with pytest.raises(NotNow):
        workflow.withdraw(report=report, actor=cast.reporter, now=NOW)


def test_nobody_reviews_what_they_filed_or_signed(cast: Cast, report: ProgressReport) -> None:
    both = Appointment.objects.create(
        user=cast.office.user, role=Role.SIGNER, unit=cast.lead, starts_on=date(2022, 1, 21)
    )
    fill(report, cast.reporter, NOW, 180)
    workflow.submit(report=report, actor=cast.reporter, now=NOW)
    as_signer = type(cast.office)(cast.office.user, both)
    sent = workflow.sign(report=report, actor=as_signer, now=NOW)
    with pytest.raises(Refused, match="其他人员审核"):
        workflow.accept(report=sent, actor=cast.office, now=NOW)
    assert workflow.accept(report=sent, actor=cast.office_head, now=NOW).state == "accepted"


def test_whoever_stands_in_for_the_signer_signs(cast: Cast, report: ProgressReport) -> None:
    deputy = Appointment.objects.create(
        user=cast.stranger_reporter.user,
        role=Role.SIGNER,
        unit=cast.lead,
        starts_on=date(2022, 8, 1),
        stands_in_for=cast.signer.appointment,
    )
    fill(report, cast.reporter, NOW, 180)
    workflow.submit(report=report, actor=cast.reporter, now=NOW)
    actor = type(cast.office)(cast.stranger_reporter.user, deputy)
    assert workflow.sign(report=report, actor=actor, now=NOW).state == "reviewing"


def test_signing_offline_needs_the_stamped_sheet_of_this_version(
    cast: Cast, report: ProgressReport
) -> None:
    fill(report, cast.reporter, NOW, 180)
    workflow.submit(report=report, actor=cast.reporter, now=NOW)
    photo = attach(report, cast.reporter, NOW, EvidenceKind.EVIDENCE)
    with pytest.raises(NotNow, match="盖章报送单"):
        workflow.sign_offline(report=report, actor=cast.reporter, now=NOW, sheet=photo)
    sheet = attach(report, cast.reporter, NOW, EvidenceKind.SIGNED_SHEET)
    sent = workflow.sign_offline(report=report, actor=cast.reporter, now=NOW, sheet=sheet)
    version = sent.latest()
    assert version is not None
    assert (sent.state, version.signature) == ("reviewing", Signature.OFFLINE)


def test_signing_is_never_skipped_silently(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 180)
    workflow.submit(report=report, actor=cast.reporter, now=NOW)
    with pytest.raises(NotNow, match="有负责人"):
        workflow.send_unsigned(report=report, actor=cast.reporter, now=NOW, reason="出差。")
    with pytest.raises(NotNow, match="原因"):
        workflow.send_unsigned(report=report, actor=cast.office, now=NOW, reason=" ")
    Appointment.objects.filter(pk=cast.signer.appointment.pk).update(ends_on=date(2022, 8, 1))
    sent = workflow.send_unsigned(
        report=report, actor=cast.reporter, now=NOW, reason="负责人空缺。"
    )
    version = sent.latest()
    assert version is not None
    assert version.signature == Signature.UNSIGNED
    assert "负责人空缺。" in LogEntry.objects.get(action="progressreport.send_unsigned").payload


def test_a_correction_leaves_the_accepted_version_in_force(
    cast: Cast, report: ProgressReport
) -> None:
    accepted = accept_report(cast, report, NOW, 180)
    first = accepted.accepted_version
    opened = workflow.correct(
        report=accepted, actor=cast.reporter, now=NOW, reason="多计一条道路。"
    )
    assert (opened.state, opened.accepted_version) == ("draft", first)
    again = accept_report(cast, opened, at("2022-09-20"), 170)
    assert again.accepted_version is not None
    assert again.accepted_version.is_correction
    assert again.accepted_version.supersedes == first


def test_after_the_closing_day_only_the_office_opens_again(
    cast: Cast, report: ProgressReport
) -> None:
    late = at("2022-08-15")
    with pytest.raises(NotNow, match="联系督查室开启"):
        fill(report, cast.reporter, late, 180)
    workflow.reopen(
        report=report, actor=cast.office, now=late, reason="系统故障。", until=date(2022, 8, 17)
    )
    assert file_report(cast, report, at("2022-08-17", "23:59:59"), 180).state == "reviewing"


def test_reopening_ends_on_its_own_day(cast: Cast, report: ProgressReport) -> None:
    workflow.reopen(
        report=report,
        actor=cast.office,
        now=at("2022-08-15"),
        reason="系统故障。",
        until=date(2022, 8, 17),
    )
    with pytest.raises(NotNow):
        fill(report, cast.reporter, at("2022-08-18", "00:00:00"), 180)
    with pytest.raises(NotNow, match="不能早于今天"):
        workflow.reopen(
            report=report,
            actor=cast.office,
            now=at("2022-08-15"),
            reason="系统故障。",
            until=date(2022, 8, 14),
        )


def test_what_was_filed_once_may_be_filed_again_until_the_period_is_final(
    cast: Cast, report: ProgressReport
) -> None:
    sent = file_report(cast, report, NOW, 180)
    workflow.return_to_unit(report=sent, actor=cast.office, now=at("2022-08-12"), reason="请补。")
    assert file_report(cast, report, at("2022-08-16"), 181).state == "reviewing"


def test_a_verified_figure_needs_a_reason_and_stands_beside_the_filed_one(
    cast: Cast, report: ProgressReport
) -> None:
    sent = file_report(cast, report, NOW, 180)
    version = sent.latest()
    assert version is not None
    reading = version.readings.get()
    with pytest.raises(NotNow, match="核定数须填写原因"):
        workflow.accept(
            report=sent, actor=cast.office, now=NOW, verified={reading.pk: (Decimal(170), "")}
        )
    with pytest.raises(NotNow, match="不属于这份填报"):
        workflow.accept(report=sent, actor=cast.office, now=NOW, verified={0: (Decimal(1), "x")})
    workflow.accept(
        report=sent,
        actor=cast.office,
        now=NOW,
        verified={reading.pk: (Decimal(170), "重复计算。")},
    )
    reading.refresh_from_db()
    assert (reading.value, reading.effective) == (Decimal(180), Decimal(170))


def test_an_override_needs_a_reason(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, NOW, 180)
    with pytest.raises(NotNow, match="原因"):
        workflow.accept(report=sent, actor=cast.office, now=NOW, override_light="slow")
    with pytest.raises(NotNow, match="选择"):
        workflow.accept(
            report=sent, actor=cast.office, now=NOW, override_light="pink", override_reason="x"
        )
    sent.refresh_from_db()
    assert sent.state == "reviewing"


def test_accepting_takes_over_the_dates_of_milestones(cast: Cast, task: Task) -> None:
    primary = task.responsibilities.get(is_primary=True)
    step = make_milestone(task, primary, date(2022, 7, 31))
    report = report_of(task, cast.lead)
    done = {f"milestone:{step.pk}:done_on": date(2022, 7, 20)}
    sent = file_report(cast, report, NOW, 180, **done)
    assert task.milestones.get().done_on is None
    workflow.accept(report=sent, actor=cast.office, now=NOW)
    assert task.milestones.get().done_on == date(2022, 7, 20)


def test_findings_keep_a_report_from_leaving(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, progress="")
    with pytest.raises(NotNow, match="还有2处需要处理"):
        workflow.submit(report=report, actor=cast.reporter, now=NOW)
    report.refresh_from_db()
    assert report.state == "draft"


def test_returns_corrections_and_reopenings_say_why(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 180)
    workflow.submit(report=report, actor=cast.reporter, now=NOW)
    with pytest.raises(NotNow, match="退回原因"):
        workflow.return_to_liaison(report=report, actor=cast.signer, now=NOW, reason=" ")
    workflow.sign(report=report, actor=cast.signer, now=NOW)
    with pytest.raises(NotNow, match="退回原因"):
        workflow.return_to_unit(report=report, actor=cast.office, now=NOW, reason="")
    workflow.accept(report=report, actor=cast.office, now=NOW)
    with pytest.raises(NotNow, match="更正原因"):
        workflow.correct(report=report, actor=cast.reporter, now=NOW, reason="\n")
    with pytest.raises(NotNow, match="补报原因"):
        workflow.reopen(
            report=report, actor=cast.office, now=NOW, reason="", until=date(2022, 8, 9)
        )
    report.refresh_from_db()
    assert report.state == "accepted"


def test_reopening_an_accepted_report_makes_a_correction(
    cast: Cast, report: ProgressReport
) -> None:
    accepted = accept_report(cast, report, NOW, 180)
    opened = workflow.reopen(
        report=accepted, actor=cast.office, now=NOW, reason="漏报。", until=date(2022, 8, 9)
    )
    latest = opened.latest()
    assert latest is not None
    assert (latest.number, latest.is_correction) == (2, True)
    assert workflow.last_return(opened) is None


def test_a_report_nobody_typed_is_not_sent(cast: Cast, report: ProgressReport) -> None:
    with pytest.raises(NotNow, match="尚未填写"):
        workflow.submit(report=report, actor=cast.reporter, now=NOW)


def test_drafts_are_for_the_unit_and_the_office(cast: Cast, report: ProgressReport) -> None:
    may = {name for name in EVERYBODY if can_see_drafts(getattr(cast, name), report)}
    assert may == {"office", "office_head", "reporter", "signer"}


def test_a_report_is_not_sent_before_its_period_opens(cast: Cast, task: Task) -> None:
    report = report_of(task, cast.lead)
    with pytest.raises(NotNow, match="7月25日开始"):
        fill(report, cast.reporter, at("2022-07-24", "23:59:59"), 100)
    assert period_of(task.plan, "2022-07").label == "7月"
