"""What is reminded of beside filings, each kind with the cast of one item of 市住建局."""

from datetime import date

import pytest

from progress.lifecycle import by_office, by_unit
from progress.matters import instructions
from progress.matters.answers import return_to_unit
from progress.models import ProgressReport, Reminder
from progress.reminding.ladder import DEFAULTS, RECEIPT
from progress.reminding.open.beginnings import _receipts
from progress.reminding.planning import plan_reminders
from tasks.models import Milestone, Plan, PlanRule, Responsibility
from tests.cast import Cast, at, file_report, fill, make_item, only_filings
from tests.matters import answered, make_instruction, sent_order
from tests.two_plans import begun

pytestmark = pytest.mark.django_db


def rungs(prefix: str) -> dict[str, str]:
    """Rung of a ladder → what became of it, of the subjects that begin with `prefix`."""
    found = Reminder.objects.filter(subject__startswith=prefix, is_immediate=False)
    return dict(found.values_list("rung", "state"))


def told(prefix: str) -> set[str]:
    found = Reminder.objects.filter(subject__startswith=prefix)
    return {str(row.recipient) for row in found}


@pytest.fixture(autouse=True)
def nothing_else(report: ProgressReport) -> None:
    only_filings(report.task.plan)


def test_a_return_is_followed_up_until_it_is_filed_again(
    cast: Cast, report: ProgressReport
) -> None:
    sent = file_report(cast, report, at("2022-08-02"), 180)
    by_office.return_to_unit(
        report=sent, actor=cast.office, now=at("2022-08-02"), reason="示例：数据不符。"
    )
    for day in ("2022-08-03", "2022-08-04", "2022-08-05"):
        plan_reminders(now=at(day))
    assert rungs("report:") == {
        "returned:1/d+1": "due",
        "returned:1/d+2": "due",
    }
    row = Reminder.objects.filter(rung="returned:1/d+2").first()
    assert row is not None
    assert "尚未重新报送，重报期限8月4日" in row.text


def test_the_signer_is_told_of_what_waits_a_day_for_the_signature(
    cast: Cast, report: ProgressReport
) -> None:
    fill(report, cast.reporter, at("2022-08-02"), 180)
    by_unit.submit(report=report, actor=cast.reporter, now=at("2022-08-02"))
    plan_reminders(now=at("2022-08-02"))
    assert "signing:1/d+1" not in rungs("report:")
    plan_reminders(now=at("2022-08-03"))
    row = Reminder.objects.get(rung="signing:1/d+1")
    assert row.recipient == cast.signer.user
    assert "8月2日" in row.text


def test_the_office_is_told_of_what_it_has_not_reviewed_for_two_days(
    cast: Cast, report: ProgressReport
) -> None:
    file_report(cast, report, at("2022-08-02"), 180)
    plan_reminders(now=at("2022-08-03"))
    assert rungs("review:") == {}
    plan_reminders(now=at("2022-08-04"))
    assert rungs("review:") == {"d+2": "due"}
    assert told("review:") == {"督查室 审核员", "督查室 负责人"}


def make_step(report: ProgressReport, due_on: date) -> Milestone:
    return Milestone.objects.create(
        task=report.task,
        ordinal=9,
        title="示例：开工",
        due_on=due_on,
        responsibility=report.responsibility,
    )


def test_a_step_is_told_of_before_and_on_its_day(cast: Cast, report: ProgressReport) -> None:
    step = make_step(report, date(2022, 7, 29))
    for day in ("2022-07-15", "2022-07-18", "2022-07-26", "2022-07-29", "2022-08-01"):
        plan_reminders(now=at(day))
    assert set(rungs("milestone:")) == {"d-10", "d-3", "d0", "d+1"}
    assert told("milestone:") == {str(cast.reporter.user), str(cast.signer.user)}
    step.done_on = date(2022, 7, 28)
    step.save()
    plan_reminders(now=at("2022-08-02"))
    assert set(rungs("milestone:").values()) == {"cancelled"}


def test_receipts_are_asked_for_by_unit(cast: Cast, report: ProgressReport) -> None:
    mine = Responsibility.objects.filter(unit=cast.lead)
    mine.update(received_at=None)
    for day in ("2022-01-21", "2022-01-24", "2022-01-25"):
        plan_reminders(now=at(day))
    assert set(rungs("receipt:")) == {"opening", "d+1", "d+2"}
    assert Reminder.objects.filter(rung="opening")[0].text.startswith("市住建局有1项任务尚未签收")


def test_two_plans_ask_for_receipts_of_one_day_apart_and_always_by_the_same_name(
    cast: Cast, report: ProgressReport
) -> None:
    old = report.task.plan
    new = begun(old, 2023, "2023")
    make_item(new, cast)
    day = new.begins_on
    Responsibility.objects.update(received_at=None, starts_on=day)

    def subjects(plan: Plan) -> set[str]:
        return {case.subject for case in _receipts(plan, DEFAULTS[RECEIPT], day)}

    before = subjects(old), subjects(new)
    assert all(before)
    assert not before[0] & before[1]
    assert f"receipt:{cast.lead.pk}:{day:%Y%m%d}" in before[1]  # as before there were several
    Plan.objects.update(is_main=False)
    again = [Plan.objects.get(pk=each.pk) for each in (old, new)]
    assert (subjects(again[0]), subjects(again[1])) == before


def test_a_rule_of_the_plan_moves_a_rung_from_its_day_on(
    cast: Cast, report: ProgressReport
) -> None:
    PlanRule.objects.create(
        plan=report.task.plan,
        key="ladder.filing",
        value=[{"offset": -5, "tells": ["reporter", "signer"]}],
        starts_on=date(2022, 7, 26),
    )
    plan_reminders(now=at("2022-07-25"))
    assert set(rungs("report:")) == {"opening"}
    plan_reminders(now=at("2022-07-29"))
    assert set(rungs("report:")) == {"opening", "d-5"}
    assert told("report:") == {str(cast.reporter.user), str(cast.signer.user)}


def test_an_instruction_is_told_of_until_it_is_answered(cast: Cast, report: ProgressReport) -> None:
    matter = make_instruction(cast, report.task.plan, at("2022-08-01"), due_on=date(2022, 8, 10))
    for day in ("2022-08-05", "2022-08-08", "2022-08-10", "2022-08-11"):
        plan_reminders(now=at(day))
    assert set(rungs("instruction:")) == {"d-2", "d0", "d+1"}
    row = Reminder.objects.filter(subject=f"instruction:{matter.pk}", rung="d-2")[0]
    assert row.text == f"{matter}：8月10日24时截止，还剩2个工作日，尚未答复。"
    instructions.revoke(
        instruction=matter, actor=cast.office, now=at("2022-08-11"), reason="示例：登记有误。"
    )
    plan_reminders(now=at("2022-08-12"))
    assert set(rungs("instruction:").values()) == {"cancelled"}


def test_what_came_back_is_told_of_by_its_own_day(cast: Cast, report: ProgressReport) -> None:
    due_on = date(2022, 8, 5)
    matter = make_instruction(cast, report.task.plan, at("2022-08-01"), due_on=due_on)
    order = sent_order(cast, report.task, at("2022-08-01"), due_on=due_on)
    plan_reminders(now=at("2022-08-03"))
    for each in (matter, order):
        sent = answered(cast, each, at("2022-08-04"))
        return_to_unit(
            matter=sent,
            actor=cast.office,
            now=at("2022-08-08"),
            reason="示例：未附清单。",
            due_on=date(2022, 8, 12),
        )
    for day in ("2022-08-09", "2022-08-10", "2022-08-15"):
        plan_reminders(now=at(day))
    back = {f"back:20220812/{rung}" for rung in ("d-2", "d0", "d+1")}
    for prefix in ("instruction:", "order:"):
        assert set(rungs(prefix)) == {"d-2", *back}
    rows = Reminder.objects.filter(rung="back:20220812/d-2")
    assert {row.text.partition("：")[2] for row in rows} == {
        "8月12日24时截止，还剩2个工作日，尚未答复。"
    }


def test_of_a_restricted_instruction_only_the_number_leaves_the_house(
    cast: Cast, report: ProgressReport
) -> None:
    matter = make_instruction(
        cast, report.task.plan, at("2022-08-01"), due_on=date(2022, 8, 3), visibility="restricted"
    )
    plan_reminders(now=at("2022-08-03"))
    row = Reminder.objects.filter(subject=f"instruction:{matter.pk}")[0]
    assert row.text == f"{matter.code}：今天24时截止，尚未答复。"


def test_an_order_is_told_of_once_it_is_sent(cast: Cast, report: ProgressReport) -> None:
    order = sent_order(cast, report.task, at("2022-08-01"), due_on=date(2022, 8, 5))
    plan_reminders(now=at("2022-08-03"))
    assert set(rungs("order:")) == {"d-2"}
    assert told("order:") == {str(cast.reporter.user)}
    assert order.code in Reminder.objects.filter(subject=f"order:{order.pk}")[0].text
