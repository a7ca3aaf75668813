"""Units and people that change while the year turns, each by the act with which a clerk does it.

A unit is called anew, another is merged into a new one with everything it owes, and gives items and
a person to a third; a head leaves, somebody stands in, a new head comes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from progress.duties.handover import hand_over
from progress.models import UnitChangeKind
from progress.unit_list.passing import carry_out_due, register
from tasks.models import PlanState, Responsibility
from tests.cast import Cast
from units.models import Appointment, Role, Unit, UnitName, User
from units.renaming.acts import rename, take_names

ONE_DAY = timedelta(days=1)
AUTHORITY = "示例：机构改革方案"
RENAMED, MERGED = "市城市管理综合执法局", "市住房和城市建设局"
# registered on the first day, holding from the second
RENAMING = (date(2022, 11, 28), date(2022, 12, 12))
# the head of the unit leaves, somebody stands in from the next day, a new head comes
LEAVING, NEW_HEAD = date(2022, 12, 19), date(2023, 1, 5)
# while December of the old year is filed late, the day after the new one begins
MERGER = (date(2023, 1, 5), date(2023, 1, 10))
SPLIT = (date(2023, 2, 13), date(2023, 2, 20))
SPLIT_ITEMS = (2, 4)


@dataclass
class Changes:
    """`lead` and `other` are who carries the items today."""

    cast: Cast
    lead: Unit
    other: Unit

    def of(self, day: date, now: datetime) -> None:
        """What is registered on `day`, and what the night of `day` has carried out."""
        take_names(now)
        carry_out_due(now)
        acts: dict[date, Callable[[datetime], None]] = {
            RENAMING[0]: self._call_anew,
            LEAVING: self._head_leaves,
            NEW_HEAD: self._new_head,
            MERGER[0]: self._merge,
            SPLIT[0]: self._split,
        }
        if day in acts:
            acts[day](now)
        if day == MERGER[1]:
            self.lead = Unit.objects.get(name=MERGED)

    def succeed(self, held: Appointment, now: datetime) -> None:
        """Somebody leaves at the end of the day, somebody else comes the next."""
        name = f"{held.unit}{held.get_role_display()}{now:%m%d}"
        user = User.objects.create(username=name, display_name=name, must_change_password=False)
        day, admin = now.date(), self.cast.admin
        hand_over(held=held, successor=user, last_day=day, actor=admin, now=now)

    def names_hold(self, day: date) -> bool:
        """The unit is called on each day as it was registered to be."""
        is_new = day >= RENAMING[1]
        held = UnitName.objects.on(day).filter(unit=self.other).first()
        self.other.refresh_from_db()
        return (self.other.name == RENAMED) == is_new and (held is not None or not is_new)

    def _call_anew(self, now: datetime) -> None:
        rename(
            unit=self.other,
            name=RENAMED,
            starts_on=RENAMING[1],
            authority=AUTHORITY,
            actor=self.cast.office,
            now=now,
        )

    def _head_leaves(self, now: datetime) -> None:
        held = self._head_of(self.lead, now.date())
        held.ends_on = now.date()
        held.save(update_fields=["ends_on"])
        self._appoint(self.lead, "代行负责人", now.date() + ONE_DAY, stands_in_for=held)

    def _new_head(self, now: datetime) -> None:
        """Who stood in stays until the evening."""
        held = self._head_of(self.lead, now.date())
        self.succeed(held, now)

    def _merge(self, now: datetime) -> None:
        into = Unit.objects.create(name=MERGED, kind=self.lead.kind)
        self._register(UnitChangeKind.MERGER, self.lead, into, MERGER[1], now)

    def _split(self, now: datetime) -> None:
        """Items with the people who go along; the other unit has its own signer already."""
        active = Responsibility.objects.open_ended().filter(
            unit=self.lead,
            task__plan__state=PlanState.ACTIVE,
            task__number__in=SPLIT_ITEMS,
        )
        tasks = sorted(set(active.values_list("task", flat=True)))
        self._register(UnitChangeKind.SPLIT, self.lead, self.other, SPLIT[1], now, tasks)

    def _register(
        self,
        kind: str,
        leaving: Unit,
        into: Unit,
        starts_on: date,
        now: datetime,
        tasks: list[int] | None = None,
    ) -> None:
        register(
            kind=kind,
            leaving=leaving,
            into=into,
            starts_on=starts_on,
            authority=AUTHORITY,
            actor=self.cast.office,
            now=now,
            tasks=tasks or (),
        )

    def _head_of(self, unit: Unit, day: date) -> Appointment:
        found: Appointment = (
            Appointment.objects.on(day).filter(unit=unit, role=Role.SIGNER).latest("starts_on")
        )
        return found

    def _appoint(
        self, unit: Unit, name: str, day: date, *, stands_in_for: Appointment
    ) -> Appointment:
        user = User.objects.create(username=name, display_name=name, must_change_password=False)
        return Appointment.objects.create(
            user=user,
            role=Role.SIGNER,
            unit=unit,
            starts_on=day,
            stands_in_for=stands_in_for,
        )
