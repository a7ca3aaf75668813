"""What the list of people shows: units with those who act for them, and who needs a look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from huangshi_tasks.lib import text
from huangshi_tasks.lib.fold import fold
from huangshi_tasks.lib.telephones import mobile_in
from units.models import Appointment, Role, Unit, User
from units.models.people import READING_ROLES
from units.people.accounts import is_run_out

ALL, NO_LIAISON, NO_MOBILE, UNUSED, STOPPED = "", "no-liaison", "no-mobile", "unused", "stopped"
STATES = {
    ALL: "全部",
    NO_LIAISON: "无联络员",
    NO_MOBILE: "无手机",
    UNUSED: "未用和过期",
    STOPPED: "已停用",
}
DIGITS = 4
LONG = timedelta(days=90)
LEADERS, ELSE, NOBODY = "政府领导和查阅", "督查室、系统管理员和审计员", "没有任职"
NEVER, RUN_OUT, LONG_UNUSED, ENDED = "从未使用", "初始密码过期", "90天未用", "任职已终止"


def role_of(held: Appointment) -> str:
    """The role, with what the person is in it."""
    word = held.post.title if held.post is not None else str(Role(held.role).label)
    return (
        word
        + ("（代行）" if held.stands_in_for_id else "")
        + ("，主要负责人" if held.is_head else "")
    )


def term_of(held: Appointment) -> str:
    """From when to when."""
    begins, last = text.long_day(held.starts_on), held.ends_on
    return f"{begins}起" if last is None else f"{begins}至{text.long_day(last)}"


@dataclass(frozen=True)
class Row:
    """One person in one group; `held` those appointments that are of it."""

    user: User
    held: list[Appointment]
    is_unreached: bool  # by a short message
    look: list[str]  # why it is among 未用和过期

    @property
    def roles(self) -> str:
        """联络员、单位负责人（代行）; of who has a post, that."""
        return "、".join(dict.fromkeys(role_of(each) for each in self.held))

    @property
    def terms(self) -> str:
        """1月21日起, 7月1日至8月31日."""
        return "；".join(dict.fromkeys(term_of(each) for each in self.held))


@dataclass
class Group:
    """A unit, or those without one; `unit` None."""

    name: str
    unit: Unit | None
    rows: list[Row] = field(default_factory=list)
    has_liaison_elsewhere: bool = False  # among the rows that are not asked for

    @property
    def in_words(self) -> str:
        """联络员2人、单位负责人1人."""
        counts: dict[str, int] = {}
        for row in self.rows:
            for role in dict.fromkeys(str(Role(each.role).label) for each in row.held):
                counts[role] = counts.get(role, 0) + 1
        return "、".join(f"{role}{count}人" for role, count in counts.items())

    @property
    def has_liaison(self) -> bool:
        """Whether somebody in use files for the unit."""
        return (
            self.unit is None
            or self.has_liaison_elsewhere
            or any(
                each.role == Role.REPORTER
                for row in self.rows
                if row.user.is_active
                for each in row.held
            )
        )


@dataclass(frozen=True)
class Asked:
    """What the list is asked for."""

    state: str = ALL
    words: str = ""
    role: str = ""
    unit: int | None = None


@dataclass(frozen=True)
class ListPage:
    """`alike`: accounts whose names are another's but for width or case."""

    groups: list[Group]
    counts: dict[str, int]
    units: int
    people: int
    alike: list[User]

    @property
    def chips(self) -> list[tuple[str, str, int | None]]:
        """State, its words and how many there are."""
        return [(state, word, self.counts.get(state)) for state, word in STATES.items()]


def list_page(today: date, real_now: datetime, asked: Asked) -> ListPage:
    """Everybody, by unit; four queries. `real_now`: passwords and last use are of real time."""
    units = list(Unit.objects.current(today).prefetch_related("aliases"))
    groups = _groups(units, today, real_now)
    people = {row.user.pk: row for group in groups for row in group.rows}
    active = [row for row in people.values() if row.user.is_active]
    return ListPage(
        groups=[shown for group in groups if (shown := _shown(group, asked)) is not None],
        counts={
            NO_LIAISON: sum(not group.has_liaison for group in groups),
            NO_MOBILE: sum(row.is_unreached for row in active),
            UNUSED: sum(bool(row.look) for row in active),
            STOPPED: len(people) - len(active),
        },
        units=len(units),
        people=len(active),
        alike=[row.user for row in people.values() if row.user.folded_name is None],
    )


def _groups(units: Iterable[Unit], today: date, real_now: datetime) -> list[Group]:
    """Units in their order, then those without one."""
    held: dict[int, list[Appointment]] = {}
    appointments = Appointment.objects.not_over(today).select_related("unit", "post")
    for each in appointments.order_by("starts_on", "pk"):
        held.setdefault(each.user_id, []).append(each)
    groups = {unit.pk: Group(unit.name, unit) for unit in units}
    rest = {name: Group(name, None) for name in (ELSE, LEADERS, NOBODY)}
    for user in User.objects.all():
        own = held.get(user.pk, [])
        look = _look(user, own, real_now) if user.is_active else []
        leads = any(each.role == Role.LEADER for each in own)  # nobody is sent messages then
        is_unreached = user.is_active and not leads and not mobile_in(user.telephone)
        places: dict[int | str, list[Appointment]] = {}
        for each in own:
            places.setdefault(_place(each, groups), []).append(each)
        for place, of_it in (places or {NOBODY: []}).items():
            group = groups[place] if isinstance(place, int) else rest[place]
            group.rows.append(Row(user, of_it, is_unreached, look))
    return [rest[ELSE], *groups.values(), rest[LEADERS], rest[NOBODY]]


def _place(held: Appointment, groups: dict[int, Group]) -> int | str:
    if held.unit_id in groups:
        return int(held.unit_id)
    return LEADERS if held.role in READING_ROLES else ELSE


def _look(user: User, own: list[Appointment], real_now: datetime) -> list[str]:
    """Why somebody should look at this account: nobody uses it, or it cannot be used."""
    found = []
    if user.last_login is None:
        found.append(NEVER)
    elif real_now - user.last_login > LONG:
        found.append(LONG_UNUSED)
    if is_run_out(user):
        found.append(RUN_OUT)
    if not own:
        found.append(ENDED)
    return found


def _shown(group: Group, asked: Asked) -> Group | None:
    """The group with the rows that are asked for; None where it is not to be seen."""
    if asked.unit is not None and (group.unit is None or group.unit.pk != asked.unit):
        return None
    if asked.state == NO_LIAISON and group.has_liaison:
        return None
    is_named = not asked.words or _is_called(group, asked.words)
    rows = [
        row
        for row in group.rows
        if _has_state(row, asked.state)
        and (not asked.role or any(each.role == asked.role for each in row.held))
        and (is_named or _is_person(row.user, asked.words))
    ]
    is_wanted_empty = asked.state in (ALL, NO_LIAISON) and not asked.role and is_named
    if rows or (group.unit is not None and is_wanted_empty):
        return Group(group.name, group.unit, rows, has_liaison_elsewhere=group.has_liaison)
    return None


def _has_state(row: Row, state: str) -> bool:
    if state == STOPPED:
        return not row.user.is_active
    if state == NO_MOBILE:
        return row.is_unreached
    return row.user.is_active and (state != UNUSED or bool(row.look))


def _is_called(group: Group, words: str) -> bool:
    if group.unit is None:
        return fold(words) in fold(group.name)
    names = [group.name, *(alias.name for alias in group.unit.aliases.all())]
    return group.unit.pinyin.startswith(words.lower()) or any(
        fold(words) in fold(name) for name in names
    )


def _is_person(user: User, words: str) -> bool:
    """By name, account, or the last four digits of the telephone."""
    wanted = fold(words)
    is_digits = len(words) == DIGITS and words.isdecimal()
    return (
        wanted in fold(user.display_name)
        or wanted in fold(user.username)
        or (is_digits and mobile_in(user.telephone).endswith(words))
    )


def person_of(user: User) -> list[Appointment]:
    """All appointments, the latest first."""
    own = Appointment.objects.filter(user=user).select_related(
        "unit", "post", "stands_in_for__user"
    )
    return list(own.order_by("-starts_on", "-pk"))
