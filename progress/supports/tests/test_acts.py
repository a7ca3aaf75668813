"""征询配合单位: asked by the primary, answered by the support, told to nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from progress.models import ProgressReport, SupportRequest
from progress.supports import acts
from progress.supports.workflow import SUPPORT_REQUESTS
from tasks.models import Task
from tests.cast import Cast, at, report_of
from units.errors import NotNow, Refused
from units.models import LogEntry

pytestmark = pytest.mark.django_db

NOW, UNTIL = at("2022-08-01"), date(2022, 8, 3)
QUESTION = "示例：请提供7月资金拨付数。"


@pytest.fixture
def report(cast: Cast, task: Task) -> ProgressReport:
    return report_of(task, cast.lead)


@pytest.fixture
def asked(cast: Cast, report: ProgressReport) -> SupportRequest:
    units = acts.askable(report)
    (made,) = acts.ask(
        report=report, actor=cast.reporter, now=NOW, units=units, question=QUESTION, due_on=UNTIL
    )
    return made


def test_a_support_unit_answers_what_it_is_asked(cast: Cast, asked: SupportRequest) -> None:
    assert list(SupportRequest.objects.visible_to(cast.supporter)) == [asked]
    done = acts.answer(asked=asked, actor=cast.supporter, now=NOW, answer="示例：已拨付。")
    assert (done.state, done.answer) == ("answered", "示例：已拨付。")
    assert done.answered_by_name == cast.supporter.name
    actions = list(LogEntry.objects.order_by("position").values_list("action", flat=True))
    assert actions == ["supportrequest.ask", "supportrequest.answer"]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("supporter", {"answer"}),
        ("reporter", {"take_back"}),
        ("signer", set()),
        ("office", set()),
        ("stranger_reporter", set()),
        ("leader", set()),
    ],
)
def test_each_may_do_this_with_an_open_question(
    cast: Cast, asked: SupportRequest, who: str, may: set[str]
) -> None:
    actor = getattr(cast, who)
    assert {each.name for each in SUPPORT_REQUESTS.available(asked, actor)} == may


@pytest.mark.parametrize(
    ("who", "sees"), [("reporter", 1), ("office", 1), ("stranger_reporter", 0), ("leader", 0)]
)
def test_a_question_is_between_two_units_and_the_office(
    cast: Cast, asked: SupportRequest, who: str, sees: int
) -> None:
    assert SupportRequest.objects.visible_to(getattr(cast, who)).count() == sees


def test_what_was_taken_back_is_asked_no_more(cast: Cast, asked: SupportRequest) -> None:
    acts.take_back(asked=asked, actor=cast.reporter, now=NOW)
    assert not SupportRequest.objects.visible_to(cast.supporter).exists()
    with pytest.raises(NotNow, match="已收回"):
        acts.answer(asked=asked, actor=cast.supporter, now=NOW, answer="示例：已拨付。")


def test_a_unit_is_not_asked_twice_at_once(
    cast: Cast, report: ProgressReport, asked: SupportRequest
) -> None:
    with pytest.raises(NotNow, match="没有答复"):
        acts.ask(
            report=report,
            actor=cast.reporter,
            now=NOW,
            units=[cast.support],
            question=QUESTION,
            due_on=UNTIL,
        )


def test_only_the_liaison_of_the_primary_asks(cast: Cast, report: ProgressReport) -> None:
    for actor in (cast.signer, cast.supporter, cast.office):
        with pytest.raises(Refused):
            acts.ask(report=report, actor=actor, now=NOW, units=[], question=QUESTION, due_on=UNTIL)


def test_a_day_that_is_over_is_no_deadline(cast: Cast, report: ProgressReport) -> None:
    with pytest.raises(NotNow, match="不能早于今天"):
        acts.ask(
            report=report,
            actor=cast.reporter,
            now=NOW,
            units=[cast.support],
            question=QUESTION,
            due_on=date(2022, 7, 31),
        )
