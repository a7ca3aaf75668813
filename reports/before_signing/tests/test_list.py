"""The list before signing: short, by group, answered or refused; the paper prints the answers."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest

from progress.finalizing.finalize import finalize
from progress.lifecycle import by_office
from progress.models import Period, TaskPeriod
from reports.before_signing import acts
from reports.before_signing.lines import KEEP, MARK, OMIT, Line, lines_of
from reports.bulletins import drafting
from reports.bulletins.acts import ask, issue
from reports.bulletins.answers import AGREED, answer
from reports.bulletins.changes import fingerprint
from reports.bulletins.checklist import list_before_signing
from reports.bulletins.lines import lines_of as named_in
from reports.bulletins.paper.document import paper_of
from reports.bulletins.signing import sign_with
from reports.bulletins.tests.papers import VALUES, draft_of
from reports.models import Bulletin
from reports.word.writing import write
from tasks.models import Plan, Task
from tests.cast import Cast, accept_report, at, file_report, make_item, period_of, report_of
from units.errors import NotNow
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("begun_in_june")]

CLOSED = at("2022-08-12")
STEPS = "7月底前完成招标；9月30日前完成路基。"


@pytest.fixture
def july(plan: Plan, cast: Cast) -> Period:
    """Item 1 filed for June only, item 2 waits in the office; July is finalized."""
    first, second = make_item(plan, cast, 1), make_item(plan, cast, 2)
    for task, steps in ((first, STEPS), (second, "")):
        june = report_of(task, cast.lead, "2022-06")
        accept_report(cast, june, at("2022-07-04"), 90, next_steps=steps)
    finalize(period=period_of(plan, "2022-06"), actor=cast.office, now=at("2022-07-12"))
    file_report(cast, report_of(second, cast.lead), at("2022-08-03"), 180)
    period = period_of(plan, "2022-07")
    finalize(period=period, actor=cast.office, now=CLOSED, reason="常务会议用数")
    return Period.objects.select_related("plan").get(pk=period.pk)


@pytest.fixture
def draft(july: Period, cast: Cast) -> Bulletin:
    return draft_of(july, cast, now=CLOSED)


def listed(draft: Bulletin, cast: Cast) -> dict[str, Line]:
    draft.refresh_from_db()
    return {line.name: line for line in list_before_signing(draft, cast.office, CLOSED.date())}


def settle(draft: Bulletin, cast: Cast, **choices: str) -> Bulletin:
    """Every line answered: as `choices` have it, else by its first choice."""
    lines = list(listed(draft, cast).values())
    chosen = {line.key: choices.get(line.name, line.choices[0][0]) for line in lines}
    return acts.answer(bulletin=draft, lines=lines, chosen=chosen, actor=cast.office, now=CLOSED)


def checked(draft: Bulletin, cast: Cast) -> Bulletin:
    sent = ask(bulletin=draft, actor=cast.office, now=CLOSED)
    for line in named_in(sent):
        answer(line=line, text=AGREED, actor=cast.reporter, now=CLOSED)
    return sent


def signed(draft: Bulletin, cast: Cast) -> Bulletin:
    return sign_with(bulletin=checked(draft, cast), values=VALUES, actor=cast.office, now=CLOSED)


def text_of(bulletin: Bulletin) -> str:
    document = docx.Document(BytesIO(write(paper_of(bulletin, named_in(bulletin)))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_the_list_is_one_line_for_each_kind_of_fault(draft: Bulletin, cast: Cast) -> None:
    assert set(listed(draft, cast)) == {"missing", "old_reason", "old_next", "passed", "in_review"}
    assert "未报送1项，按附件所列" in listed(draft, cast)["missing"].sentence
    assert listed(draft, cast)["passed"].members == ("道路改造1（重点工作第1项）：7月底前完成招标",)


def test_it_is_answered_or_the_paper_is_not_signed(draft: Bulletin, cast: Cast) -> None:
    with pytest.raises(NotNow, match="签发前核对还有5条没有答复"):
        signed(draft, cast)
    settle(draft, cast)
    done = sign_with(bulletin=draft, values=VALUES, actor=cast.office, now=CLOSED)
    assert done.state == "signed"
    entry = LogEntry.objects.get(action="bulletin.answer_list")
    assert "标明“某月所报”后印发" in entry.payload


def test_what_is_old_is_marked_and_what_is_over_is_no_plan(draft: Bulletin, cast: Cast) -> None:
    text = text_of(settle(draft, cast))
    assert "（重点工作第1项，市住建局，截至6月30日）" in text
    assert "6月所报原因：示例：征地滞后。" in text
    assert "（6月所报）9月30日前完成路基。" in text
    assert "7月底前" not in text


def test_what_is_left_out_is_not_printed(draft: Bulletin, cast: Cast) -> None:
    text = text_of(settle(draft, cast, old_reason=OMIT, old_next=OMIT))
    assert "征地滞后" not in text
    assert "完成路基" not in text


def test_what_waits_in_the_office_has_its_own_paragraph_and_names_no_unit(
    draft: Bulletin, cast: Cast
) -> None:
    text = text_of(draft)
    (paragraph,) = [line for line in text.splitlines() if line.startswith("已报送、审核中")]
    assert "道路改造2（重点工作第2项）" in paragraph
    assert "市住建局" not in paragraph
    assert "待审核1项" in text
    assert [item["task"] for item in draft.figures["behind"]] == [draft.plan.tasks.get(number=1).pk]


def test_accepting_afterwards_opens_the_list_again(draft: Bulletin, cast: Cast, plan: Plan) -> None:
    settle(draft, cast)
    waiting = report_of(plan.tasks.get(number=2), cast.lead)
    by_office.accept(report=waiting, actor=cast.office, now=CLOSED, digest="示例采用稿。")
    line = listed(draft, cast)["changed"]
    assert "待审核：1项改为0项。" in line.members
    with pytest.raises(NotNow, match="还有1条没有答复"):
        signed(draft, cast)
    kept = settle(draft, cast, changed=KEEP)
    assert "本期数据取自8月12日10:00" in text_of(kept)


def test_newer_figures_open_what_reads_otherwise(draft: Bulletin, cast: Cast, plan: Plan) -> None:
    settle(draft, cast)
    waiting = report_of(plan.tasks.get(number=2), cast.lead)
    by_office.accept(report=waiting, actor=cast.office, now=CLOSED, digest="示例采用稿。")
    new, _ = drafting.newer_figures(draft, cast.office, CLOSED.date())
    drafting.refresh(bulletin=draft, shown=fingerprint(new), actor=cast.office, now=CLOSED)
    draft.refresh_from_db()
    left = acts.unanswered(draft, list_before_signing(draft, cast.office, CLOSED.date()))
    assert left == []  # what is gone asks nothing, what reads as before stays answered
    assert {said["name"] for said in draft.answers.values()} == set(listed(draft, cast))


def test_signed_papers_keep_what_they_printed(draft: Bulletin, cast: Cast, plan: Plan) -> None:
    settle(draft, cast)
    done = signed(draft, cast)
    before = text_of(done)
    waiting = report_of(plan.tasks.get(number=2), cast.lead)
    by_office.accept(report=waiting, actor=cast.office, now=CLOSED, digest="示例采用稿。")
    issued = issue(bulletin=done, actor=cast.office, now=CLOSED)
    assert "待审核1项" in before
    with issued.file.open("rb") as stored:
        texts = [each.text for each in docx.Document(BytesIO(stored.read())).paragraphs]
    assert any("待审核1项" in each for each in texts)
    assert issued.answers


def test_a_step_that_is_over_when_it_is_issued_takes_the_signature_back(
    draft: Bulletin, cast: Cast
) -> None:
    settle(draft, cast)
    done = signed(draft, cast)
    with pytest.raises(NotNow, match="请撤回签发"):
        issue(bulletin=done, actor=cast.office, now=at("2022-10-08"))


def test_a_draft_from_before_there_was_a_list_takes_newer_figures(
    draft: Bulletin, cast: Cast
) -> None:
    old: Any = {key: value for key, value in draft.figures.items() if key != "in_review"}
    Bulletin.objects.filter(pk=draft.pk).update(figures=old)
    (line,) = listed(draft, cast).values()
    assert line.choices == ()
    with pytest.raises(NotNow, match="采用新数据"):
        signed(draft, cast)


def test_an_answer_to_another_list_is_refused(draft: Bulletin, cast: Cast) -> None:
    lines = list(listed(draft, cast).values())
    for chosen in ({"missing-0": MARK}, {lines[0].key: "x"}):
        with pytest.raises(NotNow):
            acts.answer(bulletin=draft, lines=lines, chosen=chosen, actor=cast.office, now=CLOSED)


def test_contradictions_stand_item_by_item_and_are_marked(
    draft: Bulletin, cast: Cast, plan: Plan
) -> None:
    task: Task = plan.tasks.get(number=1)
    draft.figures["contradicted"] = [
        {
            "task": task.pk,
            "code": task.code,
            "title": task.short_title,
            "version": TaskPeriod.objects.filter(task=task)[0].version_id,
            "sentence": "改造道路完工数30公里大于开工数20公里，请核对并说明。",
        }
    ]
    lines = lines_of(draft.figures, "bulletin", CLOSED.date())
    (line,) = [each for each in lines if each.name == "contradicted"]
    draft.answers = {line.key: {"choice": MARK, "refs": list(line.refs)}}
    assert "截至6月30日，数据待核实" in text_of(draft)
    assert "征地滞后" in text_of(draft)
    draft.answers = {line.key: {"choice": OMIT, "refs": list(line.refs)}}
    assert "数据待核实" in text_of(draft)
    assert "征地滞后" not in text_of(draft)
