"""Entering units, collective designations and first accounts: all rows of a step, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from huangshi_tasks.lib.fold import fold
from units import log
from units.actors import Actor
from units.city.names import city
from units.errors import NotNow
from units.first_run.pasted import NAME_LENGTH, Row
from units.imports.accounts import put_person
from units.imports.unit_list import put_unit
from units.models import (
    Appointment,
    FirstRun,
    GroupMode,
    Role,
    Unit,
    UnitAlias,
    UnitGroup,
    UnitGroupMember,
    UnitKind,
    User,
)
from units.people.accounts import free_name
from units.people.unit_names import is_taken
from units.permissions import can_administer, require
from units.sheets.running import BadRow, Put

T = TypeVar("T")
Problems = dict[int, dict[str, str]]  # place of a row → field → what is wrong
NO_GROUP = frozenset({UnitKind.PARTY_MASS, UnitKind.CENTRAL_PROVINCIAL})  # they are not ranked
TAKEN = "该名称已是其他单位或集合称谓的名称或别名，请核对。"


def the_run() -> FirstRun | None:
    """The one that is under way; None before it and after."""
    return FirstRun.objects.filter(begun_at__isnull=False, finished_at=None).first()


def known_names() -> list[str]:
    """Names and aliases of the units that are there."""
    names = Unit.objects.values_list("name", flat=True)
    return [*names, *UnitAlias.objects.values_list("name", flat=True)]


def proposed_group(kind: str) -> str:
    """The group in which a unit of this kind is ranked, until somebody says otherwise."""
    if kind in NO_GROUP:
        return ""
    like = UnitKind.COUNTY_GOVERNMENT if kind == UnitKind.PARK else kind
    return city().kinds[like][:20]


def enter_units(rows: Sequence[Row], *, actor: Actor, now: datetime) -> Problems:
    """Add every row that is no double, in order; with any problem nothing is written."""
    require(can_administer(actor))
    start = Unit.objects.count()
    wanted = [(place, row) for place, row in enumerate(rows) if not row.same]

    def put(row: Row, number: int) -> Put:
        if not row.name or len(row.name) > NAME_LENGTH:
            raise BadRow({"name": f"请填写单位名称，不超过{NAME_LENGTH}字。"})
        if is_taken(row.name):
            raise BadRow({"name": TAKEN})
        values = {
            "name": row.name,
            "kind": row.kind,
            "parent": "",
            "rank_group": row.rank_group,
            "ordinal": start + number,
            "telephone": "",
            "retired_on": None,
            "aliases": row.alias_text,
        }
        return put_unit(values, actor, now)

    return _all_or_none(wanted, put)[0]


@dataclass(frozen=True)
class Group:
    """A collective designation that is proposed: `members` are ids of units where they are listed,
    else `member_kind` says whom it means.
    """

    name: str
    mode: str
    member_kind: str = ""
    members: tuple[int, ...] = ()
    chosen: bool = True


def proposed_groups() -> list[Group]:
    """Those that notices of such a place name, as far as it has the units."""
    names = city()
    counties = Unit.objects.filter(kind=UnitKind.COUNTY_GOVERNMENT).values_list("pk", flat=True)
    firms = Unit.objects.filter(kind=UnitKind.STATE_ENTERPRISE).values_list("pk", flat=True)
    below = f"{names.regions}政府" if names.regions.endswith("）") else names.regions
    listed = [(below, tuple(counties)), ("平台公司", tuple(firms))]
    department = UnitKind.MUNICIPAL_DEPARTMENT
    found = [
        Group(f"{names.government}各部门", GroupMode.ALL, department),
        Group(f"相关{names.government}部门", GroupMode.RELEVANT, department),
    ]
    for word, members in listed:
        if members:
            found += [
                Group(f"各{word}", GroupMode.ALL, "", members),
                Group(f"相关{word}", GroupMode.RELEVANT, "", members),
            ]
    there = {fold(name) for name in UnitGroup.objects.values_list("name", flat=True)}
    return [each for each in found if fold(each.name) not in there]


def enter_groups(
    groups: Sequence[Group], *, starts_on: date, actor: Actor, now: datetime
) -> Problems:
    """Add the chosen ones, members from `starts_on` on; with any problem nothing is written."""
    require(can_administer(actor))
    start = UnitGroup.objects.count()
    wanted = [(place, each) for place, each in enumerate(groups) if each.chosen]

    def put(each: Group, number: int) -> None:
        if not each.name or len(each.name) > NAME_LENGTH:
            raise BadRow({"name": f"请填写集合称谓，不超过{NAME_LENGTH}字。"})
        if is_taken(each.name):
            raise BadRow({"name": TAKEN})
        made = UnitGroup.objects.create(
            name=each.name, mode=each.mode, member_kind=each.member_kind, ordinal=start + number
        )
        UnitGroupMember.objects.bulk_create(
            UnitGroupMember(group=made, unit_id=unit, starts_on=starts_on) for unit in each.members
        )
        log.record(
            actor=actor,
            action="unitgroup.add",
            subject=made,
            summary=f"新增集合称谓：{made}",
            changes={"mode": made.mode, "members": list(each.members), "starts_on": starts_on},
            now=now,
        )

    return _all_or_none(wanted, put)[0]


@dataclass(frozen=True)
class Person:
    """One of the first accounts; `must`: nothing runs without."""

    role: str
    word: str
    about: str
    name: str = ""
    telephone: str = ""
    username: str = ""
    is_head: bool = False
    must: bool = False


def first_people() -> list[Person]:
    """The rows of the step, empty."""
    bureau = city().bureau
    return [
        Person(Role.ADMIN, "系统管理员 · 第二人", "账号和任职至少由两人管，互相补位", must=True),
        Person(Role.OFFICE, f"{bureau} · 负责人", "可以登记批准、签发", is_head=True, must=True),
        Person(Role.OFFICE, f"{bureau} · 督查员", "可以再加"),
        Person(Role.OFFICE, f"{bureau} · 督查员", "可以再加"),
        Person(Role.AUDITOR, "审计员", "只看操作日志，不能由系统管理员兼任", must=True),
    ]


def has_people() -> bool:
    """Whether the accounts are there without which nothing runs."""
    held = Appointment.objects.values_list("role", flat=True)
    roles = list(held)
    return roles.count(Role.ADMIN) > 1 and {Role.OFFICE, Role.AUDITOR} <= set(roles)


def enter_people(
    people: Sequence[Person], *, actor: Actor, now: datetime
) -> tuple[Problems, list[tuple[str, ...]]]:
    """Accounts with their appointments from today on, or nothing; and account, name and first
    password of each, to be shown once.
    """
    require(can_administer(actor))
    wanted = [(place, each) for place, each in enumerate(people) if each.name or each.must]

    def put(each: Person, number: int) -> Put:
        if not each.name:
            raise BadRow({"name": "请填写姓名。"})
        username = each.username or free_name(each.name)
        if each.username and User.objects.called(each.username) is not None:
            raise BadRow({"username": "已有这个账号，请另取一个，或留空自动生成。"})
        values = {
            "username": username,
            "display_name": each.name,
            "telephone": each.telephone,
            "email": "",
            "role": each.role,
            "unit": "",
            "post": "",
            "is_head": each.is_head,
            "starts_on": now.date(),
            "ends_on": None,
        }
        return put_person(values, actor, now)

    problems, done = _all_or_none(wanted, put)
    return problems, [] if problems else [each.once for each in done if each.once]


@transaction.atomic
def finish(*, actor: Actor, now: datetime) -> None:
    """首次启用 is done; its pages close. Raises `NotNow` while units or people are missing."""
    require(can_administer(actor))
    run = the_run()
    if run is None:
        return
    if not Unit.objects.exists() or not has_people():
        raise NotNow("单位和首批账号还没有录入，请先完成前面的步骤。")
    run.finished_at, run.pasted, run.units, run.groups, run.people = now, "", [], [], []
    run.save(update_fields=["finished_at", "pasted", "units", "groups", "people"])
    log.record(actor=actor, action="firstrun.finish", summary="完成首次启用", now=now)


def _all_or_none(
    wanted: Sequence[tuple[int, T]], put: Callable[[T, int], Any]
) -> tuple[Problems, list[Any]]:
    """Every row in a savepoint of its own, so that all that is wrong is told at once."""
    problems: Problems = {}
    done = []
    with transaction.atomic():
        for number, (place, row) in enumerate(wanted, start=1):
            try:
                with transaction.atomic():
                    done.append(put(row, number))
            except BadRow as bad:
                problems[place] = dict(bad.problems)
        if problems:
            transaction.set_rollback(True)
    return problems, done


def with_problems(rows: Sequence[Row], problems: Problems) -> list[Row]:
    """The rows, each with what is wrong with it."""
    return [replace(row, problems=problems.get(place, {})) for place, row in enumerate(rows)]
