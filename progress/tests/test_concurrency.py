"""Two at once, on a database that really locks rows. SQLite takes one writer at a time anyway."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from huangshi_tasks.lib import clock
from progress.adjustments.acts import register_adjustment, request_adjustment
from progress.filing.drafts import fingerprint, values_of
from progress.lifecycle import by_office, by_unit
from progress.lifecycle.held import carry_out_due, hold
from progress.models import Evidence, HeldAcceptance, Instruction, ProgressReport
from progress.models.held import HOLD
from progress.periods.opening import ensure_periods, ensure_reports, open_due_periods
from tests.cast import (
    Cast,
    at,
    file_report,
    fill,
    make_item,
    make_plan,
    period_of,
    report_of,
    save_draft,
)
from tests.decisions import approved
from tests.office_files import picture
from units.errors import NotNow
from units.models import LogEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

NOW = at("2022-08-03")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; an exception is a result."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_first_readers_make_the_reports_of_a_period_once() -> None:
    cast, plan = Cast(), make_plan()
    for number in range(1, 6):
        make_item(plan, cast, number)
    july = period_of(plan, "2022-07")
    results = at_once(*[lambda: ensure_reports(july, date(2022, 7, 25))] * 4)
    assert all(isinstance(result, int) for result in results)
    assert ProgressReport.objects.filter(period=july).count() == 5
    at_once(*[lambda: ensure_periods(plan)] * 2)
    assert plan.periods.count() == 17


def test_two_who_find_an_opening_missed_open_it_once() -> None:
    cast, plan = Cast(), make_plan()
    for number in range(1, 6):
        make_item(plan, cast, number)
    today = date(2022, 7, 25)
    made = at_once(*[lambda: open_due_periods(plan, today)] * 4)
    assert sorted(made) == [0, 0, 0, 6 * 5]  # the others wait, and find nothing left to do


def test_two_first_pages_open_once_and_both_show_it() -> None:
    cast, plan = Cast(), make_plan()
    make_item(plan, cast)
    clients = [Client() for _ in range(4)]
    for client in clients:
        client.force_login(cast.reporter.user)
    clock.configure(date(2022, 8, 3))
    try:
        pages = at_once(*[partial(client.get, "/2022/desk/") for client in clients])
    finally:
        clock.configure(None)
    assert all("道路改造1" in page.content.decode() for page in pages)
    assert ProgressReport.objects.count() == 6


def test_two_first_savers_share_one_version_and_lose_nothing() -> None:
    cast = Cast()
    report = report_of(make_item(make_plan(), cast), cast.lead)

    def save(**values: Any) -> Callable[[], Any]:
        return lambda: save_draft(
            report=report, actor=cast.reporter, now=NOW, values=values, base=fingerprint(None)
        )

    results = at_once(save(progress="甲", problems="乙"), save(next_steps="丙", problems="丁"))
    values = values_of(report.versions.get())
    assert (values["progress"], values["next_steps"]) == ("甲", "丙")
    lost = [conflict for saved in results for conflict in saved.conflicts]
    assert {values["problems"], lost[0].mine} == {"乙", "丁"}


def test_two_reviewers_decide_once() -> None:
    cast = Cast()
    report = report_of(make_item(make_plan(), cast), cast.lead)
    sent = file_report(cast, report, NOW, 180)
    results = at_once(
        lambda: by_office.accept(report=sent, actor=cast.office, now=NOW),
        lambda: by_office.return_to_unit(
            report=sent, actor=cast.office_head, now=NOW, reason="请补充。"
        ),
    )
    assert sum(isinstance(result, NotNow) for result in results) == 1
    actions = LogEntry.objects.filter(action__in=DECIDING)
    assert actions.count() == 1


DECIDING = ["progressreport.accept", "progressreport.return_to_unit"]


def test_a_save_and_a_submission_go_one_after_the_other() -> None:
    cast = Cast()
    report = report_of(make_item(make_plan(), cast), cast.lead)
    fill(report, cast.reporter, NOW, 180)
    shown = fingerprint(report.latest())
    saved, sent = at_once(
        lambda: save_draft(
            report=report, actor=cast.reporter, now=NOW, values={"note": "迟到"}, base=shown
        ),
        lambda: by_unit.submit(report=report, actor=cast.reporter, now=NOW),
    )
    assert sent.state == "signing"
    version = report.versions.get()
    assert (version.note == "迟到") is not isinstance(saved, NotNow)


def test_twenty_savers_of_one_draft_lose_nothing() -> None:
    cast = Cast()
    report = report_of(make_item(make_plan(), cast), cast.lead)
    fill(report, cast.reporter, NOW, 180)
    shown = fingerprint(report.latest())
    fields = ("progress", "problems", "next_steps", "note")

    def save(number: int) -> Callable[[], Any]:
        values = {fields[number % len(fields)]: f"第{number}人"}
        return lambda: save_draft(
            report=report, actor=cast.reporter, now=NOW, values=values, base=shown
        )

    results = at_once(*[save(number) for number in range(20)])
    assert not [each for each in results if isinstance(each, Exception)]
    version = report.versions.get()
    stored = {getattr(version, name) for name in fields}
    told = {conflict.mine for saved in results for conflict in saved.conflicts}
    # whatever is not in the draft was shown to whoever typed it
    assert stored | told == {f"第{number}人" for number in range(20)}
    assert len(stored) == len(fields)


def test_of_submitting_and_withdrawing_each_is_carried_out_or_told() -> None:
    cast = Cast()
    report = report_of(make_item(make_plan(), cast), cast.lead)
    fill(report, cast.reporter, NOW, 180)
    sent, taken_back = at_once(
        lambda: by_unit.submit(report=report, actor=cast.reporter, now=NOW),
        lambda: by_unit.withdraw(report=report, actor=cast.reporter, now=NOW),
    )
    report.refresh_from_db()
    assert not isinstance(sent, Exception)
    withdrew = not isinstance(taken_back, NotNow)
    assert report.state == ("draft" if withdrew else "signing")
    assert LogEntry.objects.filter(subject_type="progressreport").count() == 1 + withdrew


def test_of_signing_and_withdrawing_one_wins_and_the_other_is_told() -> None:
    cast = Cast()
    report = report_of(make_item(make_plan(), cast), cast.lead)
    fill(report, cast.reporter, NOW, 180)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    results = at_once(
        lambda: by_unit.sign(report=report, actor=cast.signer, now=NOW),
        lambda: by_unit.withdraw(report=report, actor=cast.reporter, now=NOW),
    )
    assert sum(isinstance(each, NotNow) for each in results) == 1
    report.refresh_from_db()
    assert report.state in {"reviewing", "draft"}
    assert (report.first_left_at is not None) == (report.state == "reviewing")


def test_what_is_held_is_carried_out_once_whoever_else_acts() -> None:
    """Two turns of the schedule and a return at once: one decision, and nobody waits for ever."""
    cast = Cast()
    sent = file_report(cast, report_of(make_item(make_plan(), cast), cast.lead), NOW, 180)
    start = timezone.now()
    hold(report=sent, actor=cast.office, now=NOW, at=start)
    results = at_once(
        *[lambda: carry_out_due(now=NOW, at=start + HOLD)] * 2,
        lambda: by_office.return_to_unit(
            report=sent, actor=cast.office_head, now=NOW, reason="示例。"
        ),
        lambda: hold(report=sent, actor=cast.office, now=NOW, at=start),
    )
    carry_out_due(now=NOW, at=start + HOLD)
    assert not [each for each in results if isinstance(each, OperationalError)]
    decided = LogEntry.objects.filter(
        action__in=["progressreport.accept", "progressreport.return_to_unit"]
    )
    assert decided.count() == 1
    assert not HeldAcceptance.objects.exists()


def test_two_who_accept_at_once_hold_once() -> None:
    cast = Cast()
    sent = file_report(cast, report_of(make_item(make_plan(), cast), cast.lead), NOW, 180)
    results = at_once(
        *[
            partial(hold, report=sent, actor=each, now=NOW, at=timezone.now())
            for each in (cast.office, cast.office_head)
        ]
    )
    assert sum(isinstance(each, NotNow) for each in results) == 1
    assert HeldAcceptance.objects.count() == 1


def test_a_double_click_on_accept_accepts_once() -> None:
    cast = Cast()
    sent = file_report(cast, report_of(make_item(make_plan(), cast), cast.lead), NOW, 180)
    results = at_once(*[lambda: by_office.accept(report=sent, actor=cast.office, now=NOW)] * 2)
    assert sum(isinstance(each, NotNow) for each in results) == 1
    assert LogEntry.objects.filter(action="progressreport.accept").count() == 1
    assert sent.versions.filter(decision="accepted").count() == 1


def test_two_registrations_of_one_adjustment_move_the_deadline_once() -> None:
    cast = Cast()
    task = make_item(make_plan(), cast)
    asked = request_adjustment(
        task=task,
        kind="extension",
        reason="示例。",
        starts_on=date(2022, 8, 1),
        detail={"due_on": "2023-06-30"},
        actor=cast.reporter,
        now=NOW,
    )

    def register() -> Any:
        return register_adjustment(
            adjustment=asked, approval=approved(cast), actor=cast.office, now=NOW
        )

    results = at_once(register, register)
    assert sum(isinstance(each, NotNow) for each in results) == 1
    assert task.deadlines.count() == 1


@pytest.mark.usefixtures("third_of_august")
def test_a_form_sent_twice_at_once_registers_one_matter() -> None:
    """A double click reaches two servers: the second waits for the first and creates nothing."""
    cast, _ = Cast(), make_plan()
    typed = {
        "source": "meeting",
        "title": "示例事项",
        "text": "示例：请抓紧。",
        "decided_by": "示例会议",
        "decided_on": "2022-08-02",
        "urgency": "urgent",
        "visibility": "normal",
        "lead": cast.lead.pk,
        "once": "eine-einmalige-kennung",
    }

    def press() -> Any:
        client = Client()
        client.force_login(cast.office.user)
        return client.post("/2022/matters/new/", typed)

    answers = at_once(*[press] * 4)
    found = Instruction.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/2022/matters/{found.pk}/"}
    assert LogEntry.objects.filter(action="instruction.register").count() == 1


def test_an_upload_pressed_four_times_at_once_is_kept_once() -> None:
    cast = Cast()
    report = report_of(make_item(make_plan(), cast), cast.lead)
    content = picture()

    def press(headers: dict[str, str]) -> Any:
        client = Client()
        client.force_login(cast.reporter.user)
        chosen = SimpleUploadedFile("现场.jpg", content)
        address = f"/2022/reports/{report.pk}/evidence/"
        return client.post(address, {"file": chosen}, headers=headers)

    clock.configure(date(2022, 8, 3))
    try:
        plain, script = {"accept": "text/html"}, {"accept": "application/json"}
        answers = at_once(*[partial(press, each) for each in (plain, script, plain, script)])
    finally:
        clock.configure(None)
    assert [answer.status_code for answer in answers] == [302, 200, 302, 200]
    kept = Evidence.objects.get()
    for answer in (answers[1], answers[3]):
        assert f'data-file="{kept.pk}"' in answer.json()["row"]
    assert LogEntry.objects.filter(action="evidence.add").count() == 1
