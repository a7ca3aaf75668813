"""The list of an indicator's 子项 as one person may see it.

Who keeps a row sees it as it is now. Everybody else on the item, and readers, see what was last
accepted of it; a row of which nothing was accepted yet is not there for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import F

from huangshi_tasks.lib.fold import fold
from progress.models import Evidence, SubItemReading
from tasks.models import Indicator, IndicatorShare, SubItem, SubItemStage
from tasks.sub_items.rules import can_edit, keeps_all
from units.actors import Actor
from units.models import Unit


@dataclass(frozen=True)
class Row:
    """One thing, with the state that this person sees."""

    sub_item: SubItem
    said: SubItem | SubItemReading
    may_edit: bool
    photos: list[Evidence] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return self.said.stage == SubItemStage.DONE

    @property
    def is_started(self) -> bool:
        return self.said.stage != SubItemStage.PREPARING


@dataclass(frozen=True)
class SubItemList:
    """Rows in the order of units and names, with what they come to."""

    rows: list[Row]
    may_edit_all: bool
    may_add: bool

    @property
    def started(self) -> int:
        return sum(row.is_started for row in self.rows)

    @property
    def finished(self) -> int:
        return sum(row.is_done for row in self.rows)

    @property
    def invested(self) -> Decimal | None:
        known = [row.said.invested for row in self.rows if row.said.invested is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def units(self) -> list[Unit]:
        """The units that have rows, each once."""
        return list(dict.fromkeys(row.sub_item.unit for row in self.rows))

    @property
    def start_percent(self) -> Decimal | None:
        return self._percent(self.started)

    @property
    def finish_percent(self) -> Decimal | None:
        return self._percent(self.finished)

    def _percent(self, part: int) -> Decimal | None:
        return Decimal(part * 100) / len(self.rows) if self.rows else None

    def filtered(self, *, unit: str = "", stage: str = "", words: str = "") -> list[Row]:
        """The rows that the fields above the list ask for; what makes no sense asks nothing."""
        return [
            row
            for row in self.rows
            if (not unit or str(row.sub_item.unit_id) == unit)
            and (not stage or row.said.stage == stage)
            and fold(words) in fold(row.sub_item.name)
        ]


def list_for(actor: Actor, indicator: Indicator, day: date) -> SubItemList:
    """The list of `indicator` for `actor`, in about seven queries whatever its length."""
    may_all = keeps_all(actor, indicator, day)
    may_own = may_all or bool(can_edit(actor, indicator, None, day))
    standing = list(SubItem.objects.standing().filter(indicator=indicator).select_related("unit"))
    accepted = {} if may_all else _accepted([each.pk for each in standing])
    photos = _photos(actor, standing)
    rows = []
    for sub_item in standing:
        may_edit = may_all or (may_own and sub_item.unit_id == actor.unit_id)
        said = sub_item if may_edit else accepted.get(sub_item.pk)
        if said is not None:
            rows.append(Row(sub_item, said, may_edit, photos.get(sub_item.pk, [])))
    return SubItemList(rows, may_all, may_own)


def _accepted(sub_items: Iterable[int]) -> dict[int, SubItemReading]:
    readings = SubItemReading.objects.filter(
        sub_item__in=list(sub_items),
        version=F("version__report__accepted_version"),
    )
    return {each.sub_item_id: each for each in readings.order_by("version__decided_at", "pk")}


def _photos(actor: Actor, sub_items: Sequence[SubItem]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = {}
    visible = Evidence.objects.visible_to(actor).filter(
        sub_item__in=[each.pk for each in sub_items], withdrawn_at__isnull=True
    )
    for each in visible.order_by("-uploaded_at", "-pk"):
        found.setdefault(each.sub_item_id or 0, []).append(each)
    return found


def own_share(actor: Actor, indicator: Indicator, day: date) -> IndicatorShare | None:
    """The part of the target that is this person's unit's."""
    if not actor.is_of_a_unit:
        return None
    shares = IndicatorShare.objects.on(day).filter(indicator=indicator, unit=actor.unit_id)
    own: IndicatorShare | None = shares.select_related("unit").first()
    return own
