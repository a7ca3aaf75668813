"""方面简称: what an area is called on 大屏 and in the trails of pages, at most four characters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction

from tasks.models import Area, Plan
from tasks.models.areas import NAME_LENGTH
from units import log
from units.actors import Actor
from units.face.fields import line_field
from units.permissions import can_run_the_year, require


class AreaNamesForm(forms.Form):
    """One field for each area; empty takes what is proposed."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, areas: list[Area]) -> None:
        super().__init__(data)
        self.areas = areas
        for area in areas:
            field = line_field(area.title, NAME_LENGTH, required=False)
            field.initial = area.called
            self.fields[str(area.pk)] = field

    @property
    def names(self) -> dict[int, str]:
        """Area → its name as typed, empty for the proposal."""
        return {area.pk: self.cleaned_data[str(area.pk)] for area in self.areas}


def name_areas(*, plan: Plan, names: Mapping[int, str], actor: Actor, now: datetime) -> int:
    """Give the areas these names; returns how many changed."""
    require(can_run_the_year(actor))
    changes: dict[str, list[str]] = {}
    with transaction.atomic():
        for area in plan.areas.select_for_update().filter(pk__in=names):
            before, name = area.called, names[area.pk]
            area.short_name = name
            if area.called != before:
                area.save(update_fields=["short_name"])
                changes[str(area.ordinal)] = [before, area.called]
        if changes:
            log.record(
                actor=actor,
                action="plan.area_names",
                subject=plan,
                summary=f"设置方面简称：{plan}",
                changes=changes,
                now=now,
            )
    return len(changes)
