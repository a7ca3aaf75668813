"""What a signature is about, card by card: figures, the status they give, texts, and why it came
back before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from progress.contents.versions import returned_among
from progress.judging.gathering import gather
from progress.lights.light import Judgement
from progress.models import Reading, ReportVersion
from progress.signing.queue import SigningRow


@dataclass(frozen=True)
class Card:
    """`judgement`: the status that the report would give its item, of the item's own report."""

    row: SigningRow
    judgement: Judgement | None

    @property
    def returned(self) -> ReportVersion | None:
        """The version before, if it was sent back, with the reason."""
        return returned_among(self.row.versions)


def cards_of(rows: Sequence[SigningRow]) -> list[Card]:
    """A fixed number of queries, however many wait."""
    readings = Reading.objects.select_related("indicator", "unit").order_by("indicator__ordinal")
    versions = [row.version for row in rows]
    prefetch_related_objects(versions, Prefetch("readings", readings), "milestone_readings")
    main = [row.report for row in rows if row.report.is_main]
    if not main:
        return [Card(row, None) for row in rows]
    gathered = gather([(report.task, report.period) for report in main])
    cards = []
    for row in rows:
        judgement, report = None, row.report
        if report.is_main:
            tried = gathered.trying(row.version)
            judgement = tried.judgement(report.task, report.period)
        cards.append(Card(row, judgement))
    return cards
