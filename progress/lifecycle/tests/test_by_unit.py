from datetime import date

import pytest

from progress.checking.look import look_at
from progress.contents.versions import last_return
from progress.lifecycle import by_unit
from progress.models import Decision, EvidenceKind, ProgressReport, Signature
from tasks.models import Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    attach,
    file_report,
    fill,
    period_of,
    report_of,
    save_draft,
)
from units.errors import NotNow
from units.models import Appointment, LogEntry, Role

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


def test_a_report_is_typed_signed_and_accepted_with_one_log_entry_each(
    cast: Cast, report: ProgressReport
) -> None:
    accepted = accept_report(cast, report, NOW, 180)
    version = accepted.latest()
    assert version is not None
    assert (accepted.state, accepted.accepted_version) == ("accepted", version)
    assert (version.signature, version.decision) == (Signature.ONLINE, Decision.ACCEPTED)
    assert version.signed_by_name == "市住建局单位负责人"
    assert accepted.first_left_at == NOW
    assert version.digest == "示例采用稿。"
    actions = LogEntry.objects.values_list("action", flat=True)
    assert [a.split(".")[1] for a in actions] == ["submit", "sign", "accept"]
    assert '"readings":[[' in LogEntry.objects.get(action="progressreport.submit").payload


def test_the_signer_returns_to_the_liaison_before_anything_left(
    cast: Cast, report: ProgressReport
) -> None:
    fill(report, cast.reporter, NOW, 180)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    returned = by_unit.return_to_liaison(
        report=report, actor=cast.signer, now=NOW, reason="请核对数字。"
    )
    assert (returned.state, returned.first_left_at) == ("returned", None)
    version = last_return(returned)
    assert version is not None
    assert version.signed_at is None


def test_the_liaison_withdraws_before_the_signer_acts(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 180)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    assert by_unit.withdraw(report=report, actor=cast.reporter, now=NOW).state == "draft"
    assert file_report(cast, report, NOW, 181).state == "reviewing"
    with pytest.raises(NotNow):
        by_unit.withdraw(report=report, actor=cast.reporter, now=NOW)


def test_whoever_stands_in_for_the_signer_signs(cast: Cast, report: ProgressReport) -> None:
    deputy = Appointment.objects.create(
        user=cast.stranger_reporter.user,
        role=Role.SIGNER,
        unit=cast.lead,
        starts_on=date(2022, 8, 1),
        stands_in_for=cast.signer.appointment,
    )
    fill(report, cast.reporter, NOW, 180)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    actor = type(cast.office)(cast.stranger_reporter.user, deputy)
    assert by_unit.sign(report=report, actor=actor, now=NOW).state == "reviewing"


def test_signing_offline_needs_the_stamped_sheet_of_this_version(
    cast: Cast, report: ProgressReport
) -> None:
    fill(report, cast.reporter, NOW, 180)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    photo = attach(report, cast.reporter, NOW, EvidenceKind.EVIDENCE)
    with pytest.raises(NotNow, match="盖章报送单"):
        by_unit.sign_offline(report=report, actor=cast.reporter, now=NOW, sheet=photo)
    sheet = attach(report, cast.reporter, NOW, EvidenceKind.SIGNED_SHEET)
    sent = by_unit.sign_offline(report=report, actor=cast.reporter, now=NOW, sheet=sheet)
    version = sent.latest()
    assert version is not None
    assert (sent.state, version.signature) == ("reviewing", Signature.OFFLINE)


def test_signing_is_never_skipped_silently(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 180)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    with pytest.raises(NotNow, match="有负责人"):
        by_unit.send_unsigned(report=report, actor=cast.reporter, now=NOW, reason="出差。")
    with pytest.raises(NotNow, match="原因"):
        by_unit.send_unsigned(report=report, actor=cast.office, now=NOW, reason=" ")
    Appointment.objects.filter(pk=cast.signer.appointment.pk).update(ends_on=date(2022, 8, 1))
    sent = by_unit.send_unsigned(report=report, actor=cast.reporter, now=NOW, reason="负责人空缺。")
    version = sent.latest()
    assert version is not None
    assert version.signature == Signature.UNSIGNED
    assert "负责人空缺。" in LogEntry.objects.get(action="progressreport.send_unsigned").payload


def test_findings_keep_a_report_from_leaving(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, progress="")
    with pytest.raises(NotNow, match="还有2处需要处理"):
        by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    report.refresh_from_db()
    assert report.state == "draft"


def test_a_look_is_not_believed_when_somebody_saved_since(
    cast: Cast, report: ProgressReport
) -> None:
    saved = fill(report, cast.reporter, NOW, 180)
    look = look_at(report, saved.version)
    assert look.objections == []
    fill(report, cast.reporter, NOW, progress="")
    with pytest.raises(NotNow, match="请填写进展情况"):
        by_unit.submit(report=report, actor=cast.reporter, now=NOW, look=look)


def test_a_blank_form_that_was_spared_its_findings_is_not_sent(
    cast: Cast, report: ProgressReport
) -> None:
    blank = save_draft(report=report, actor=cast.reporter, now=NOW, values={}, base="")
    look = look_at(report, blank.version)
    assert look.findings == []
    with pytest.raises(NotNow, match="需要处理"):
        by_unit.submit(report=report, actor=cast.reporter, now=NOW, look=look)


def test_a_report_nobody_typed_is_not_sent(cast: Cast, report: ProgressReport) -> None:
    with pytest.raises(NotNow, match="尚未填写"):
        by_unit.submit(report=report, actor=cast.reporter, now=NOW)


def test_a_report_is_not_sent_before_its_period_opens(cast: Cast, task: Task) -> None:
    report = report_of(task, cast.lead)
    with pytest.raises(NotNow, match="7月25日开始"):
        fill(report, cast.reporter, at("2022-07-24", "23:59:59"), 100)
    assert period_of(task.plan, "2022-07").label == "7月"
