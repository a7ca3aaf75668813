"""Every count of a paper is the screen's, and adds up; on random years."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import pytest

from progress.lights.light import REACHED
from progress.models import SiteVisit
from reports.bulletins.changes import changes_between, fingerprint
from reports.bulletins.figures import figures_of
from reports.bulletins.lines import lines_of
from reports.bulletins.paper.document import paper_of
from reports.bulletins.tests.papers import NOW, draft_of, finalize, june_with_one_behind
from reports.ledger.rows import load_rows
from reports.models import Bulletin, BulletinKind
from reports.stats import lights, severity
from reports.tests.factories import freeze
from reports.tests.random_year import make_random_year
from reports.word.writing import write
from tasks.models import Plan
from tests.cast import Cast, accept_report, make_item, period_of, report_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(3))
def test_the_paper_counts_what_the_screen_counts(seed: int, plan: Plan, cast: Cast) -> None:
    make_random_year(plan, cast, seed)
    june = finalize(period_of(plan, "2022-06"))
    screen = load_rows(plan, cast.office, NOW.date(), with_filings=False)
    tally = lights.tally(screen)
    figures = figures_of(plan, june, cast.office, NOW.date())
    assert [(light, count) for light, _, count in figures["parts"]] == [
        (part.light, part.count) for part in tally.sentence
    ]
    assert sum(count for _, _, count in figures["parts"]) == figures["total"] == len(screen)
    behind = severity.behind(screen, everything=True).rows
    assert [item["task"] for item in figures["behind"]] == [row.task.pk for row in behind]
    reached = {row.task.pk for row in screen if row.light in REACHED}
    assert {item["task"] for item in figures["reached"]} == reached


@pytest.mark.parametrize("seed", range(3))
def test_the_printed_numbers_add_up(seed: int, plan: Plan, cast: Cast) -> None:
    make_random_year(plan, cast, seed)
    bulletin = draft_of(finalize(period_of(plan, "2022-06")), cast)
    document = docx.Document(BytesIO(write(paper_of(bulletin, lines_of(bulletin)))))
    texts = [paragraph.text for paragraph in document.paragraphs]
    counts = next(text for text in texts if "共" in text and text.startswith("截至"))
    total, *parts = [int(found) for found in re.findall(r"(\d+)项", counts)]
    assert sum(parts) == total
    groups = [int(found) for text in texts for found in re.findall(r"^（.）.*（(\d+)项）$", text)]
    numbered = [text for text in texts if re.match(r"\d+\.", text) and "：" in text]
    assert sum(groups) == len(numbered) == len(bulletin.figures["behind"])
    rows = sum(len(table.rows) - 1 for table in document.tables)
    assert rows == len(bulletin.figures["behind"]) + len(bulletin.figures["reached"])


def test_a_restricted_item_counts_and_is_not_named(plan: Plan, cast: Cast) -> None:
    task = make_item(plan, cast, visibility="restricted", short_title="限定事项")
    freeze(task, "late", percent=20)
    bulletin = draft_of(finalize(period_of(plan, "2022-06")), cast)
    figures = bulletin.figures
    assert (figures["total"], figures["hidden"], figures["behind"]) == (1, 1, [])
    content = write(paper_of(bulletin, lines_of(bulletin)))
    text = "".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)
    assert "限定事项" not in text
    assert "另有1项限定知悉范围" in text


def test_a_paper_of_june_does_not_read_july(plan: Plan, cast: Cast) -> None:
    june = june_with_one_behind(plan, cast)
    before = figures_of(plan, june, cast.office, NOW.date())
    freeze(plan.tasks.get(), "done", code="2022-07")
    assert figures_of(plan, june, cast.office, NOW.date()) == before
    screen = load_rows(plan, cast.office, NOW.date(), with_filings=False)
    assert [row.light for row in screen] == ["done"]


def test_who_filed_late_is_named_once_with_the_count(plan: Plan, cast: Cast) -> None:
    task = make_item(plan, cast)
    report_of(task, cast.lead, "2022-06")  # owed and never filed
    june = finalize(period_of(plan, "2022-06"))
    figures = figures_of(plan, june, cast.office, NOW.date())
    assert [(each["unit_name"], each["facts"]) for each in figures["unpunctual"]] == [
        ("市住建局", "6月1份未按时报送（1份未报送）")
    ]


def test_a_change_is_told_and_no_change_is_silence(plan: Plan, cast: Cast) -> None:
    june = june_with_one_behind(plan, cast)
    old = figures_of(plan, june, cast.office, NOW.date())
    assert changes_between(old, figures_of(plan, june, cast.office, NOW.date())) == []
    frozen = plan.tasks.get().judgements.get()
    frozen.light = frozen.computed_light = "on_pace"
    frozen.save()
    new = figures_of(plan, june, cast.office, NOW.date())
    changes = changes_between(old, new)
    assert "未达序时进度：1项改为0项。" in changes
    assert "达到序时进度：0项改为1项。" in changes
    assert fingerprint(old) != fingerprint(new)


def test_the_annex_says_what_a_figure_rests_on(plan: Plan, cast: Cast) -> None:
    """Stated once, looked at once and corrected downwards; nothing is said of what is not known."""
    june = june_with_one_behind(plan, cast)
    task = plan.tasks.get()
    assert _rests_on(draft_of(june, cast)) == []
    Bulletin.objects.update(state="dropped")
    task.indicators.update(data_source="统计月报", definition="按完工路面计")
    SiteVisit.objects.create(
        task=task,
        state="closed",
        visited_on=NOW.date(),
        finding="true",
        people="督查室",
        planned_at=NOW,
        planned_by=cast.office.user,
        planned_by_name="督查室",
    )
    report = accept_report(cast, report_of(task, cast.lead), NOW, 180)
    version = report.latest()
    assert version is not None
    version.readings.update(
        verified=170, verified_reason="按台账核定。", verified_by=cast.office.user
    )
    expected = ["改造道路", "来源：统计月报；口径：按完工路面计", "本年核查1次，核减1次"]
    assert _rests_on(draft_of(june, cast)) == [expected]
    Bulletin.objects.update(state="dropped")
    public = draft_of(june, cast, BulletinKind.PUBLICATION)
    assert _rests_on(public) == []  # it is none of the projects


def _rests_on(bulletin: Bulletin) -> list[list[str]]:
    """The rows of that table in the Word file: number, statement, 核查."""
    content = write(paper_of(bulletin, lines_of(bulletin)))
    tables = docx.Document(BytesIO(content)).tables
    found = [t for t in tables if "来源、口径、说明" in [cell.text for cell in t.rows[0].cells]]
    return [[cell.text for cell in row.cells][2:] for t in found for row in t.rows[1:]]
