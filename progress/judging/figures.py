"""The figures in force: per indicator and unit what was last accepted, as of a date.

Blank is not zero: it keeps the last accepted value. A verified figure (核定数) takes the place of
the filed one; a county's own row takes the place of one that the primary filled in for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import DateField, F, IntegerField, QuerySet
from django.db.models.functions import Coalesce

from progress.models import Reading, ReportVersion
from units.asking.prepared import Many, prepared

Place = tuple[int, int | None]  # indicator, unit (None: the city)


@dataclass(frozen=True)
class Figure:
    """One accepted figure of the period that ended on `as_of`."""

    as_of: date
    value: Decimal | None
    started: Decimal | None
    source: str = ""


class Filed(NamedTuple):
    """A figure with what puts it in order: within one period what the lead filled in, then the
    unit's own, then a later version.
    """

    as_of: date
    is_own: bool
    number: int
    pk: int
    version_id: int
    place: Place
    figure: Figure


@dataclass
class Figures:
    """Accepted figures by place, oldest first. `filed`: what they were made of (`figures_of`)."""

    by_place: dict[Place, list[Figure]] = field(default_factory=lambda: defaultdict(list))
    filed: Sequence[Filed] = ()

    @classmethod
    def of(cls, filed: Iterable[Filed]) -> Figures:
        """Figures out of `filed`, in whatever order it comes."""
        figures = cls(filed=sorted(filed, key=itemgetter(0, 1, 2, 3)))
        for each in figures.filed:
            figures.by_place[each.place].append(each.figure)
        return figures

    def trying(self, version: ReportVersion) -> Figures:
        """As if `version`, which comes with its readings, were accepted."""
        as_of = version.report.period.data_as_of
        tried = [
            Filed(
                as_of,
                not each.filled_by_lead,
                version.number,
                each.pk,
                version.pk,
                (each.indicator_id, each.unit_id),
                Figure(as_of, each.effective, each.started, each.source),
            )
            for each in version.readings.all()
        ]
        return Figures.of([*(f for f in self.filed if f.version_id != version.pk), *tried])

    def values(self, indicator_id: int, unit_id: int | None, until: date) -> list[Decimal]:
        """Every accepted value of one place up to `until`, oldest first; blanks left out."""
        found = self.by_place.get((indicator_id, unit_id), [])
        return [fig.value for fig in found if fig.value is not None and fig.as_of <= until]

    def value(self, indicator_id: int, unit_id: int | None, until: date) -> Decimal | None:
        """The value in force of one place."""
        values = self.values(indicator_id, unit_id, until)
        return values[-1] if values else None

    def day(self, indicator_id: int, unit_id: int | None, until: date) -> date | None:
        """The end of the period that brought the value in force of one place."""
        found = self.by_place.get((indicator_id, unit_id), [])
        days = [fig.as_of for fig in found if fig.value is not None and fig.as_of <= until]
        return days[-1] if days else None

    def day_of_city(self, indicator_id: int, until: date) -> date | None:
        """The same of the city's figure; of a sum the oldest part counts."""
        if (filed := self.day(indicator_id, None, until)) is not None:
            return filed
        units = [unit for place, unit in self.by_place if place == indicator_id and unit]
        days = [day for unit in units if (day := self.day(indicator_id, unit, until)) is not None]
        return min(days, default=None)

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


def figures_of(tasks: Iterable[int], until: date) -> Figures:
    """Accepted figures of the tasks (ids) in periods up to `until`, in one query."""
    rows = _in_force(tasks=tasks, until=until)
    return Figures.of(
        Filed(as_of, not by_lead, number, pk, version, (indicator, unit), Figure(as_of, *stated))
        for as_of, by_lead, number, pk, version, indicator, unit, *stated in rows
    )


@prepared(tasks=Many(IntegerField()), until=DateField())
def _in_force(tasks: Any, until: Any) -> QuerySet[Reading, tuple[Any, ...]]:
    as_of = "version__report__period__data_as_of"
    found = Reading.objects.filter(
        version__report__accepted_version=F("version"),
        indicator__task__in=tasks,
        **{f"{as_of}__lte": until},
    )
    in_order = (as_of, "filled_by_lead", "version__number", "pk", "version_id")
    value = Coalesce("verified", "value")
    return found.order_by().values_list(
        *in_order, "indicator_id", "unit_id", value, "started", "source"
    )
