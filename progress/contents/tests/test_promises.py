"""上期下一步: answered line by line, kept with the version, and merged like every other field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.contents.promises import Promise, lines_of, promises_of
from progress.contents.versions import next_version
from progress.filing import drafts
from progress.models import ProgressReport
from tasks.models import Task
from tests.cast import Cast, accept_report, at, fill, report_of, save_draft
from units.errors import Refused

pytestmark = pytest.mark.django_db

NOW = at("2022-08-02")
STEPS = "7月底前完成县道招标；8月完成征地"


@given(st.text(max_size=200))
def test_any_text_falls_into_lines_each_once(text: str) -> None:
    lines = lines_of(text)
    assert len(set(lines)) == len(lines)
    assert all(line in text and line == line.strip() for line in lines)
    assert len({each.mark for each in promises_of(text, {})}) == len(lines)


@given(st.text(min_size=4, max_size=50), st.text(max_size=100))
def test_a_step_quoted_in_the_text_is_answered(line: str, around: str) -> None:
    assert Promise(line).is_answered(around + line)
    assert Promise(line, "done").is_answered("")
    assert not Promise(line, "open", " ").is_answered(around + line)


@pytest.fixture
def july(cast: Cast, task: Task) -> ProgressReport:
    """June was accepted with two steps announced; July has its first draft."""
    accept_report(
        cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150, next_steps=STEPS
    )
    july = report_of(task, cast.lead)
    unsaid = {f"{step.prefix}state": "" for step in promises_of(STEPS, {})}
    fill(july, cast.reporter, NOW, 180, **unsaid)
    return july


def say(cast: Cast, report: ProgressReport, **values: str) -> drafts.Saved:
    base = drafts.fingerprint(report.latest())
    return save_draft(report=report, actor=cast.reporter, now=NOW, values=values, base=base)


def test_what_is_said_of_a_step_is_kept_with_its_words(cast: Cast, july: ProgressReport) -> None:
    step = promises_of(STEPS, {})[0]
    said = {f"{step.prefix}state": "open", f"{step.prefix}note": "示例：流标，8月重新招标。"}
    saved = say(cast, july, **said)
    kept = saved.version.step_answers
    assert kept == {
        step.mark: {"line": step.line, "state": "open", "note": "示例：流标，8月重新招标。"}
    }
    assert next_version(saved.version).step_answers == kept
    assert said.items() <= drafts.values_of(july.latest()).items()


def test_two_people_answer_two_steps_and_both_stand(cast: Cast, july: ProgressReport) -> None:
    first, second = promises_of(STEPS, {})
    base = drafts.fingerprint(july.latest())
    for step in (first, second):
        saved = save_draft(
            report=july,
            actor=cast.reporter,
            now=NOW,
            values={f"{step.prefix}state": "done"},
            base=base,
        )
        assert not saved.conflicts
    latest = july.latest()
    assert latest is not None
    assert set(latest.step_answers) == {first.mark, second.mark}


def test_nothing_is_said_of_steps_that_were_never_announced(
    cast: Cast, july: ProgressReport
) -> None:
    with pytest.raises(Refused):
        say(cast, july, **{"answer:0123456789:state": "done"})
