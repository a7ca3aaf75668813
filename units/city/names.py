"""The names and words of the place, as everything that is printed asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

from units.models import City, UnitKind
from units.models.city import SUBJECT, Level
from units.stamps.small import as_if_found, found_once

# of a level: 市 of 市政府, the heads, what stands below it and how a 通报 addresses that
SHORT = {Level.CITY: "市", Level.COUNTY_CITY: "市", Level.COUNTY: "县", Level.DISTRICT: "区"}
REGIONS = {
    Level.CITY: "县（市、区）",
    Level.COUNTY_CITY: "乡镇（街道）",
    Level.COUNTY: "乡镇",
    Level.DISTRICT: "镇街道",
}
ADDRESSEES = {
    Level.CITY: "各县（市、区）人民政府，各开发区、园区管委会，市政府各部门",
    Level.COUNTY_CITY: "各乡镇人民政府、街道办事处，各开发区、园区管委会，市政府各部门",
    Level.COUNTY: "各乡镇人民政府，各开发区、园区管委会，县政府各部门",
    Level.DISTRICT: "各镇人民政府、街道办事处，各开发区、园区管委会，区政府各部门",
}


@dataclass(frozen=True)
class Names:
    """All of them are filled: what nobody typed follows from the level. `kinds`: kind of unit →
    its word.
    """

    level: Level
    place: str
    organisation: str
    bureau: str
    phone: str
    title: str
    sender: str
    letterhead: str
    short: str
    head: str
    leaders: str
    regions: str
    addressee: str
    kinds: Mapping[str, str]

    @property
    def government(self) -> str:
        """市政府."""
        return f"{self.short}政府"

    @property
    def office(self) -> str:
        """The office in full, as papers are signed: 机关名称 and 督查机构."""
        return f"{self.organisation}{self.bureau}"

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title, broken before 重点工作督查系统."""
        before = self.title.removesuffix(SUBJECT)
        whole = before == self.title or not before
        return (self.title,) if whole else (before, SUBJECT)


def city() -> Names:
    """Those that hold now."""
    return found_once(read)


@contextmanager
def as_if_named(names: Names) -> Iterator[None]:
    """For what is written where there is no database."""
    with as_if_found({read: names}):
        yield


def read() -> Names:
    """The row, else what the environment says (`ORGANISATION`, `BUREAU`); the row wins."""
    return named(City.objects.first() or City(**first_values()))


def first_values() -> dict[str, str]:
    """The fields that the environment knows, for a place that nobody has named."""
    given = settings.OFFICE_NAMES
    place, found, _ = given["organisation"].partition("人民政府")
    return {
        "name": place if found else "",
        "organisation": given["organisation"],
        "bureau": given["bureau"],
        "phone": given["phone"],
    }


def named(row: City) -> Names:
    """A row with everything that follows from its level where nobody typed it."""
    level = Level(row.level)
    short, bureau = SHORT[level], row.bureau or settings.OFFICE_NAMES["bureau"]
    return Names(
        level=level,
        place=row.name,
        organisation=row.organisation or (f"{row.name}人民政府办公室" if row.name else ""),
        bureau=bureau,
        phone=row.phone,
        title=row.title or (f"{row.name}政府{SUBJECT}" if row.name else SUBJECT),
        sender=row.sender or bureau,
        letterhead=row.letterhead or _letterhead(row, bureau),
        short=short,
        head=row.head or f"{short}长",
        leaders=row.leaders or f"{short}领导",
        regions=row.regions or REGIONS[level],
        addressee=row.addressee or ADDRESSEES[level],
        kinds=kinds_of(level, row.regions or REGIONS[level]) | row.kind_words,
    )


def _letterhead(row: City, bureau: str) -> str:
    organisation = row.organisation or (f"{row.name}人民政府办公室" if row.name else "")
    return f"{organisation}{bureau}"


def kinds_of(level: Level, regions: str) -> dict[str, str]:
    """The kinds of unit as a place of this level calls them; `regions` what it calls those below.

    In the order of `UnitKind`.
    """
    short = SHORT[level]
    below = "县市区政府" if level == Level.CITY else regions
    words = {
        UnitKind.MUNICIPAL_DEPARTMENT: f"{short}直部门",
        UnitKind.COUNTY_GOVERNMENT: below,
        UnitKind.STATE_ENTERPRISE: f"{short}属国企",
    }
    return {str(kind): words.get(kind, str(kind.label)) for kind in UnitKind}
