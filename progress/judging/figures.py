"""The figures in force: per indicator and unit what was last accepted, as of a date.

Blank is not zero: it keeps the last accepted value. A verified figure (核定数) takes the place of
the filed one; a county's own row takes the place of one that the primary filled in for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from progress.models import Reading

Place = tuple[int, int | None]  # indicator, unit (None: the city)


@dataclass(frozen=True)
class Figure:
    """One accepted figure of the period that ended on `as_of`."""

    as_of: date
    value: Decimal | None
    started: Decimal | None
    source: str = ""


@dataclass
class Figures:
    """Accepted figures by place, oldest first."""

    by_place: dict[Place, list[Figure]] = field(default_factory=lambda: defaultdict(list))

    def values(self, indicator_id: int, unit_id: int | None, until: date) -> list[Decimal]:
        """Every accepted value of one place up to `until`, oldest first; blanks left out."""
        found = self.by_place.get((indicator_id, unit_id), [])
        return [fig.value for fig in found if fig.value is not None and fig.as_of <= until]

    def value(self, indicator_id: int, unit_id: int | None, until: date) -> Decimal | None:
        """The value in force of one place."""
        values = self.values(indicator_id, unit_id, until)
        return values[-1] if values else None

    def started(self, indicator_id: int, unit_id: int | None, until: date) -> Decimal | None:
        """The started figure in force (开工数)."""
        found = self.by_place.get((indicator_id, unit_id), [])
        started = [f.started for f in found if f.started is not None and f.as_of <= until]
        return started[-1] if started else None

    def source(self, indicator_id: int, until: date) -> str:
        """Where the city's figure in force was published; empty when it was only filed."""
        found = self.by_place.get((indicator_id, None), [])
        sources = [f.source for f in found if f.value is not None and f.as_of <= until]
        return sources[-1] if sources else ""

    def of_city(self, indicator_id: int, until: date) -> Decimal | None:
        """The city's figure in force; while it was never filed, the sum of the parts in force."""
        filed = self.value(indicator_id, None, until)
        if filed is not None:
            return filed
        units = [unit for place, unit in self.by_place if place == indicator_id and unit]
        parts = [self.value(indicator_id, unit, until) for unit in units]
        known = [part for part in parts if part is not None]
        return sum(known, Decimal(0)) if known else None

    def series_of_city(self, indicator_id: int, until: date) -> list[tuple[date, Decimal]]:
        """The city's figure at the end of each period that brought one, oldest first."""
        days = {
            figure.as_of
            for (indicator, _), found in self.by_place.items()
            if indicator == indicator_id
            for figure in found
            if figure.value is not None and figure.as_of <= until
        }
        series = ((day, self.of_city(indicator_id, day)) for day in sorted(days))
        return [(day, value) for day, value in series if value is not None]


def figures_of(tasks: Iterable[int], until: date, *, trial: int | None = None) -> Figures:
    """Accepted figures of the tasks (ids) in periods up to `until`, in one query.

    `trial`: the id of a version to count as if it were accepted (what would this draft give?).
    """
    accepted = Q(version__report__accepted_version=F("version"))
    rows = (
        Reading.objects.filter(accepted | Q(version=trial))
        .filter(
            indicator__task__in=list(tasks),
            version__report__period__data_as_of__lte=until,
        )
        .annotate(
            as_of=F("version__report__period__data_as_of"),
            figure=Coalesce("verified", "value"),
        )
        # within one period: filled in by the lead, then the unit's own, then a later version
        .order_by("as_of", "-filled_by_lead", "version__number", "id")
    )
    figures = Figures()
    for reading in rows:
        place = (reading.indicator_id, reading.unit_id)
        figures.by_place[place].append(
            Figure(reading.as_of, reading.figure, reading.started, reading.source)
        )
    return figures
