"""Reading the stamps, and keeping their table short."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection, transaction

from units.locks import one_at_a_time
from units.models import Stamp
from units.stamps.shown import FINALIZED, LIVE

LOCK = 7_320_220_127  # any constant that no other lock has
AT_ONCE = 5000
SUM_OF = "(SELECT COALESCE(SUM(n), 0) FROM units_stamp WHERE topic = %s)"


class Stamps(NamedTuple):
    """How often each topic was written. Equal stamps, equal pages."""

    finalized: int
    live: int

    def of(self, topics: Iterable[str]) -> tuple[int, ...]:
        """Those of the topics, in their order."""
        return tuple(self.finalized if topic == FINALIZED else self.live for topic in topics)


def current() -> Stamps:
    """The stamps as this transaction sees them; one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SUM_OF}, {SUM_OF}", [FINALIZED, LIVE])
        finalized, live = cursor.fetchone()
    return Stamps(int(finalized), int(live))


@transaction.atomic
def add_up() -> None:
    """One row a topic instead of many. The sums stay; a writer not yet committed is not touched."""
    one_at_a_time(LOCK)
    seen = list(Stamp.objects.order_by("pk").values_list("pk", "topic", "n")[:AT_ONCE])
    sums: dict[str, int] = {}
    for _, topic, n in seen:
        sums[topic] = sums.get(topic, 0) + n
    if len(seen) > len(sums):
        Stamp.objects.filter(pk__in=[pk for pk, *_ in seen]).delete()
        Stamp.objects.bulk_create(Stamp(topic=topic, n=n) for topic, n in sums.items())
