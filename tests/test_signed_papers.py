"""No signed paper says anything stale, contradicted or unreviewed without its mark: random years,
every paper read back as text and held against the database by an oracle written apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

import pytest

from huangshi_tasks.lib import clock
from progress.models import Period
from reports.before_signing import acts as answering
from reports.bulletins import acts, drafting
from reports.bulletins.answers import AGREED, answer
from reports.bulletins.changes import fingerprint
from reports.bulletins.checklist import list_before_signing
from reports.bulletins.lines import lines_of
from reports.bulletins.signing import sign_with
from reports.models import Bulletin, BulletinKind
from tasks.models import Plan
from tests.cast import Cast
from tests.month import begun_in_june, cast, plan
from tests.paper_oracle import faults_of
from tests.paper_year import PaperYear, days_after
from units.errors import NotNow

__all__ = ["begun_in_june", "cast", "plan"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("begun_in_june")]

DRAFTED = date(2022, 8, 12)
VALUES = {
    "post": None,
    "decided_by": "市政府秘书长",
    "authority": "签批件",
    "scan": None,
}


@pytest.fixture(autouse=True)
def in_august() -> Iterator[None]:
    before = clock.business_date()
    clock.configure(DRAFTED)
    yield
    clock.configure(before)


def settled(paper: Bulletin, cast: Cast, rng: Random, now: datetime) -> Bulletin:
    """Every line answered one way or another, newer figures taken over or not."""
    if paper.state == "draft" and rng.random() < 0.5:
        new, changes = drafting.newer_figures(paper, cast.office, now.date())
        if changes:
            shown = fingerprint(new)
            drafting.refresh(bulletin=paper, shown=shown, actor=cast.office, now=now)
            paper.refresh_from_db()
    lines = list_before_signing(paper, cast.office, now.date())
    chosen = {line.key: rng.choice(line.choices)[0] for line in lines}
    return answering.answer(bulletin=paper, lines=lines, chosen=chosen, actor=cast.office, now=now)


def issued(paper: Bulletin, cast: Cast, rng: Random, signed_at: datetime) -> Bulletin:
    """Checked by the units, answered, signed and issued; whatever is refused is set right."""
    named, now = lines_of(paper), paper.figures_at
    if named:
        paper = acts.ask(bulletin=paper, actor=cast.office, now=now)
        for line in named:
            answer(line=line, text=AGREED, actor=cast.reporter, now=now)
    values = {**VALUES, "decided_on": signed_at.date()}
    clock.configure(signed_at.date())
    try:
        signed = sign_with(bulletin=paper, values=values, actor=cast.office, now=signed_at)
    except NotNow:  # another day, or read meanwhile: the list is open again
        paper = settled(Bulletin.objects.get(pk=paper.pk), cast, rng, signed_at)
        signed = sign_with(bulletin=paper, values=values, actor=cast.office, now=signed_at)
    return acts.issue(bulletin=signed, actor=cast.office, now=signed_at)


def papers_of(july: Period, year: PaperYear, rng: Random) -> Iterator[Bulletin]:
    """Drafted one day after the other; the office reads on in between, and gives back. The 通报,
    which says what lies unread, comes last.
    """
    for place, kind in enumerate(reversed(BulletinKind.values)):
        drafted = days_after(DRAFTED, place)
        clock.configure(drafted.date())
        made = drafting.draft(period=july, kind=kind, actor=year.cast.office, now=drafted)
        paper = Bulletin.objects.select_related("plan", "period").get(pk=made.pk)
        read_on = drafted + timedelta(hours=2)
        year.read_on(read_on)
        answered = settled(paper, year.cast, rng, read_on + timedelta(hours=1))
        yield issued(answered, year.cast, rng, days_after(drafted.date(), rng.choice([3, 8, 30])))


def check(seed: int, plan: Plan, cast: Cast) -> None:
    rng = Random(seed)
    year = PaperYear(plan, cast, rng)
    july = year.live()
    for paper in papers_of(july, year, rng):
        with paper.file.open("rb") as stored:
            content = stored.read()
        found = Bulletin.objects.select_related("plan", "period").get(pk=paper.pk)
        waited = year.waited(found.figures_at)
        faults = faults_of(found, content, waited=waited, doubtful=set(year.doubtful))
        assert not faults, (seed, found.kind, faults)


@pytest.mark.parametrize("seed", [1, 103, 104])  # between them they find whatever was tried
def test_a_signed_paper_says_nothing_unmarked(seed: int, plan: Plan, cast: Cast) -> None:
    check(seed, plan, cast)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_no_year_makes_one_that_does(seed: int, plan: Plan, cast: Cast) -> None:
    check(seed, plan, cast)
