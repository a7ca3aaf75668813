from datetime import date
from decimal import Decimal

import pytest

from progress.contents.versions import last_return
from progress.lifecycle import by_office, by_unit
from progress.models import ProgressReport
from tasks.models import Task
from tests.cast import Cast, accept_report, at, file_report, fill, make_milestone, report_of
from units.errors import NotNow, Refused
from units.models import Appointment, Role

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


def test_without_a_short_text_the_units_own_is_printed(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, NOW, 180, next_steps="示例：下一步。")
    by_office.accept(report=sent, actor=cast.office, now=NOW)
    version = sent.latest()
    assert version is not None
    assert (version.digest, version.next_digest) == (version.progress, "示例：下一步。")


def test_a_return_keeps_what_was_filed_and_opens_a_copy(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, NOW, 180)
    returned = by_office.return_to_unit(
        report=sent, actor=cast.office, now=NOW, reason="请补充道路名称。"
    )
    old, new = returned.versions.order_by("number")
    assert (old.decision, old.return_reason) == ("returned", "请补充道路名称。")
    assert (new.number, new.supersedes, new.decision, new.signature) == (2, old, "", "")
    assert new.readings.get().value == 180
    assert returned.return_due_on == date(2022, 8, 5)  # two working days
    assert last_return(returned) == old
    again = file_report(cast, returned, at("2022-08-08"), 181)
    assert again.first_left_at == NOW  # a return does not change timeliness
    assert old.readings.get().value == 180


def test_an_empty_first_filing_is_marked_by_the_office(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, NOW, 180)
    returned = by_office.return_to_unit(
        report=sent, actor=cast.office, now=NOW, reason="空报。", first_was_empty=True
    )
    assert returned.first_was_empty


def test_nobody_reviews_what_they_filed_or_signed(cast: Cast, report: ProgressReport) -> None:
    both = Appointment.objects.create(
        user=cast.office.user, role=Role.SIGNER, unit=cast.lead, starts_on=date(2022, 1, 21)
    )
    fill(report, cast.reporter, NOW, 180)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    as_signer = type(cast.office)(cast.office.user, both)
    sent = by_unit.sign(report=report, actor=as_signer, now=NOW)
    with pytest.raises(Refused, match="其他人员审核"):
        by_office.accept(report=sent, actor=cast.office, now=NOW)
    assert by_office.accept(report=sent, actor=cast.office_head, now=NOW).state == "accepted"


def test_a_correction_leaves_the_accepted_version_in_force(
    cast: Cast, report: ProgressReport
) -> None:
    accepted = accept_report(cast, report, NOW, 180)
    first = accepted.accepted_version
    opened = by_office.correct(
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
    by_office.reopen(
        report=report, actor=cast.office, now=late, reason="系统故障。", until=date(2022, 8, 17)
    )
    assert file_report(cast, report, at("2022-08-17", "23:59:59"), 180).state == "reviewing"


def test_reopening_ends_on_its_own_day(cast: Cast, report: ProgressReport) -> None:
    by_office.reopen(
        report=report,
        actor=cast.office,
        now=at("2022-08-15"),
        reason="系统故障。",
        until=date(2022, 8, 17),
    )
    with pytest.raises(NotNow):
        fill(report, cast.reporter, at("2022-08-18", "00:00:00"), 180)
    with pytest.raises(NotNow, match="不能早于今天"):
        by_office.reopen(
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
    by_office.return_to_unit(report=sent, actor=cast.office, now=at("2022-08-12"), reason="请补。")
    assert file_report(cast, report, at("2022-08-16"), 181).state == "reviewing"


def test_a_verified_figure_needs_a_reason_and_stands_beside_the_filed_one(
    cast: Cast, report: ProgressReport
) -> None:
    sent = file_report(cast, report, NOW, 180)
    version = sent.latest()
    assert version is not None
    reading = version.readings.get()
    with pytest.raises(NotNow, match="核定数须填写原因"):
        by_office.accept(
            report=sent, actor=cast.office, now=NOW, verified={reading.pk: (Decimal(170), "")}
        )
    with pytest.raises(NotNow, match="不属于这份填报"):
        by_office.accept(report=sent, actor=cast.office, now=NOW, verified={0: (Decimal(1), "x")})
    by_office.accept(
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
        by_office.accept(report=sent, actor=cast.office, now=NOW, override_light="slow")
    with pytest.raises(NotNow, match="选择"):
        by_office.accept(
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
    by_office.accept(report=sent, actor=cast.office, now=NOW)
    assert task.milestones.get().done_on == date(2022, 7, 20)


def test_returns_corrections_and_reopenings_say_why(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 180)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    with pytest.raises(NotNow, match="退回原因"):
        by_unit.return_to_liaison(report=report, actor=cast.signer, now=NOW, reason=" ")
    by_unit.sign(report=report, actor=cast.signer, now=NOW)
    with pytest.raises(NotNow, match="退回原因"):
        by_office.return_to_unit(report=report, actor=cast.office, now=NOW, reason="")
    by_office.accept(report=report, actor=cast.office, now=NOW)
    with pytest.raises(NotNow, match="更正原因"):
        by_office.correct(report=report, actor=cast.reporter, now=NOW, reason="\n")
    with pytest.raises(NotNow, match="补报原因"):
        by_office.reopen(
            report=report, actor=cast.office, now=NOW, reason="", until=date(2022, 8, 9)
        )
    report.refresh_from_db()
    assert report.state == "accepted"


def test_reopening_an_accepted_report_makes_a_correction(
    cast: Cast, report: ProgressReport
) -> None:
    accepted = accept_report(cast, report, NOW, 180)
    opened = by_office.reopen(
        report=accepted, actor=cast.office, now=NOW, reason="漏报。", until=date(2022, 8, 9)
    )
    latest = opened.latest()
    assert latest is not None
    assert (latest.number, latest.is_correction) == (2, True)
    assert last_return(opened) is None
