"""An item as reading pages show it: plain, frozen, kept as JSON.

The names are those of the tables they come from, so that a template need not know which of both it
is given. Nothing in here depends on who looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Self

from django.urls import reverse
from msgspec import Struct
from msgspec.structs import astuple, replace

from huangshi_tasks.lib.fold import words_of
from progress.models import ReportVersion, TaskPeriod
from progress.states import Light, lowest_words
from tasks.models import Cycle, Responsibility, ResponsibilityRole, Task, TaskKind, Tracking
from tasks.models.items import code_of
from units.models import Unit
from units.models.units import place_of


class Kept(Struct, frozen=True, kw_only=True):
    """A row of a table, or of some of its columns."""

    @classmethod
    def of(cls, row: Any) -> Self:
        """Out of a row that has everything of these names at hand."""
        return cls(**{name: getattr(row, name) for name in cls.__struct_fields__})


class Short(Kept, frozen=True, kw_only=True, array_like=True):
    """The same, of which there are so many that the names of the columns are left out."""


class UnitName(Short, frozen=True, kw_only=True, eq=False):
    """A unit; equal to the `Unit` of which it is, and to what reads the same."""

    pk: int
    name: str
    kind: str
    ordinal: int
    pinyin: str

    @classmethod
    def named(cls, unit: Unit, names: Mapping[int, str]) -> Self:
        """As the unit was called by `names` (its id → name), else as it is called now."""
        own = cls.of(unit)
        name = names.get(unit.pk, own.name)
        return own if name == own.name else replace(own, name=name)

    @property
    def place(self) -> str:
        return place_of(self.name, self.kind)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Unit):
            return other.pk == self.pk
        return isinstance(other, UnitName) and astuple(other) == astuple(self)

    def __ne__(self, other: object) -> bool:  # a Struct's own does not ask `__eq__`
        return not self == other

    def __hash__(self) -> int:
        return hash(self.pk)

    def __str__(self) -> str:
        return self.name


class PostName(Short, frozen=True, kw_only=True):
    pk: int
    title: str
    ordinal: int


class Holder(Short, frozen=True, kw_only=True):
    """A unit that answers for the item on the day; of what stands in `Responsibility`."""

    unit: UnitName
    role: str
    is_primary: bool
    leader_name: str = ""
    section: str = ""
    contact_name: str = ""
    telephone: str = ""

    @property
    def unit_id(self) -> int:
        return self.unit.pk

    @property
    def role_label(self) -> str:
        return str(ResponsibilityRole(self.role).label)


def holder_of(held: Responsibility) -> Holder:
    """Of a responsibility that is at hand with its unit."""
    names = ("role", "is_primary", "leader_name", "section", "contact_name", "telephone")
    return Holder(unit=UnitName.of(held.unit), **{name: getattr(held, name) for name in names})


class Printed(Short, frozen=True, kw_only=True):
    """A unit as the notice prints it beside the item; of what stands in `Designation`."""

    unit_id: int | None
    role: str
    printed: str


class PlanName(Short, frozen=True, kw_only=True):
    pk: int
    slug: str
    year: int
    is_sample: bool


class AreaName(Short, frozen=True, kw_only=True):
    pk: int
    ordinal: int
    title: str
    called: str = ""


class ThemeName(Short, frozen=True, kw_only=True):
    pk: int
    area_id: int
    ordinal: int
    title: str


class Item(Kept, frozen=True, kw_only=True):
    """A numbered item of the plan."""

    pk: int
    number: int
    plan: PlanName
    kind: str = str(TaskKind.KEY_TASK)
    area: AreaName | None = None
    theme: ThemeName | None = None
    text: str = ""
    mended_text: str = ""
    short_title: str = ""
    tracking: str = ""
    cycle: str = ""
    visibility: str = ""
    added_on: date | None = None
    carried_from_id: int | None = None

    @classmethod
    def of(cls, row: Task) -> Self:
        plain = ("pk", "number", "kind", "text", "mended_text", "short_title", "tracking")
        names = (*plain, "cycle", "visibility", "added_on", "carried_from_id")
        return cls(
            **{name: getattr(row, name) for name in names},
            plan=PlanName.of(row.plan),
            area=AreaName.of(row.area) if row.area is not None else None,
            theme=ThemeName.of(row.theme) if row.theme is not None else None,
        )

    @property
    def is_project(self) -> bool:
        return self.kind == TaskKind.PRACTICAL_PROJECT

    @property
    def is_added(self) -> bool:
        return self.added_on is not None

    @property
    def words(self) -> str:
        """The wording in force."""
        return self.mended_text or self.text

    @property
    def code(self) -> str:
        return code_of(self.kind, self.number)

    def get_absolute_url(self) -> str:
        return _address(self.plan.slug, self.is_project, self.number)

    def get_tracking_display(self) -> str:
        return str(Tracking(self.tracking).label)

    def get_cycle_display(self) -> str:
        return str(Cycle(self.cycle).label)

    def __str__(self) -> str:
        return f"{self.code} {self.short_title}"


@lru_cache(maxsize=4096)  # a list asks for every item's at each opening
def _address(slug: str, is_project: bool, number: int) -> str:
    return reverse("reports:project" if is_project else "reports:item", args=[slug, number])


class FrozenPeriod(Short, frozen=True, kw_only=True):
    pk: int
    cycle: str
    code: str
    label: str
    data_as_of: date


class Source(Short, frozen=True, kw_only=True):
    """The accepted report whose words stand in a 定稿: which draft of it, of which period."""

    report_id: int
    number: int
    label: str
    data_as_of: date

    @classmethod
    def of_version(cls, version: ReportVersion | None) -> Source | None:
        """Of a version that is at hand with its report and period."""
        if version is None:
            return None
        period = version.report.period
        return cls(
            report_id=version.report_id,
            number=version.number,
            label=period.label,
            data_as_of=period.data_as_of,
        )


class Frozen(Kept, frozen=True, kw_only=True):
    """定稿 of an item: `before` is the light at the one before it, empty for the first; `source`
    says whose words these are.
    """

    light: str
    period: FrozenPeriod
    frozen_at: datetime
    version_id: int | None = None
    computed_light: str = ""
    override_reason: str = ""
    percent: Decimal | None = None
    expected: Decimal | None = None
    expected_basis: str = ""
    gap: Decimal | None = None
    lowest_name: str = ""
    lowest_percent: Decimal | None = None
    reason: str = ""
    unit_reason: str = ""
    digest: str = ""
    next_digest: str = ""
    problems: str = ""
    is_missing: bool = False
    is_in_review: bool = False
    is_corrected: bool = False
    parts_in_review: int = 0
    supplement: int = 0
    before: str = ""
    source: Source | None = None

    @classmethod
    def of(cls, row: TaskPeriod, source: Source | None = None) -> Self:
        """`before` comes of `with_before`."""
        own = set(cls.__struct_fields__) - {"period", "before", "source"}
        return cls(
            **{name: getattr(row, name) for name in own},
            period=FrozenPeriod.of(row.period),
            before=getattr(row, "before", None) or "",
            source=source,
        )

    @property
    def period_id(self) -> int:
        return self.period.pk

    @property
    def lowest_in_words(self) -> str:
        """The row that the mean of several hides; empty where there is none."""
        return lowest_words(self.lowest_name, self.lowest_percent)

    def get_light_display(self) -> str:
        return str(Light(self.light).label)

    def get_computed_light_display(self) -> str:
        return str(Light(self.computed_light).label)


class Said(Kept, frozen=True, kw_only=True):
    """What a unit asks of the city, of what stands in `ReportVersion`."""

    coordination: str
    coordination_lead: str
    coordination_by: date | None


class Asking(Kept, frozen=True, kw_only=True):
    """One 需市政府协调解决的问题, with the unit that raised it."""

    unit: UnitName
    version: Said
    source: Source | None = None


class Shown(Kept, frozen=True, kw_only=True, dict=True):
    """One item at a 定稿. `holders` and `posts` are those of the day it was written for; `history`
    is day and light of every 定稿 of the item, the oldest first.
    """

    item: Item
    due_on: date
    holders: tuple[Holder, ...] = ()
    designations: tuple[Printed, ...] = ()
    posts: tuple[PostName, ...] = ()
    frozen: Frozen | None = None
    history: tuple[tuple[date, str], ...] = ()
    problems: tuple[Asking, ...] = ()
    lacks_action_plan: bool = False
    is_short: bool = False
    figures_on: date | None = None  # the oldest 数据截至 behind its percent

    @cached_property
    def folded(self) -> list[list[str]]:
        """Every text by which the item is found, as words (`huangshi_tasks.lib.fold`)."""
        item = self.item
        texts = [item.code, item.short_title, item.words]
        texts += [each.printed for each in self.designations]
        texts += [held.unit.name for held in self.holders]
        return [words_of(text) for text in texts]
