"""The accounts of the sample: named after unit and role, never after a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from pypinyin import lazy_pinyin

from demo.times import moment
from tasks.models import Portfolio, PortfolioKind
from units.actors import Actor
from units.models import Appointment, Post, PostKind, Role, Unit, UnitKind, User

PASSWORD = "Shili-2022"  # noqa: S105  # the demonstration's own, printed at every start
SINCE = date(2022, 1, 21)  # the notice's date

REPORTER, SIGNER = "联络员", "负责人"
SUFFIXES = {REPORTER: "lly", SIGNER: "fzr"}
# Units whose reports nobody signs on screen: theirs go out on paper or unsigned, and say so.
WITHOUT_SIGNER = ("市工业遗产保护中心", "市统计局", "市工商联", "市残联", "黄石海关")
# One person, two capacities: the second unit has a liaison of its own besides.
SECOND_APPOINTMENT = ("市乡村振兴局", "市农业农村局")
BUILDING, INDUSTRY = "分管城建副市长（示例）", "分管产业副市长（示例）"
POSTS = {BUILDING: "fz-cj", INDUSTRY: "fz-cy"}
OFFICER = "城建口督查员"  # of the 督查室: what is 我负责 on the review desk
# Party bodies, bodies of the state and counties are in no vice-mayor's charge.
UNASSIGNED = (UnitKind.PARTY_MASS, UnitKind.CENTRAL_PROVINCIAL, UnitKind.COUNTY_GOVERNMENT)
BUILDING_UNITS = frozenset(
    (
        "市自然资源和规划局",
        "市生态环境局",
        "市住建局",
        "市交通运输局",
        "市水利和湖泊局",
        "市农业农村局",
        "市应急管理局",
        "市城管委",
        "市人防办",
        "市乡村振兴局",
        "新港(物流)工业园管委会",
        "市城发集团",
        "市东楚投资集团",
        "市港口物流发展中心",
        "市工业遗产保护中心",
        "市公安局",
        "市司法局",
        "市退役军人事务局",
        "市民政局",
    )
)


@dataclass(frozen=True)
class Account:
    """One line of the list of accounts; `unit` is empty for those who belong to none."""

    username: str
    display_name: str
    role: Role
    unit: str = ""
    post: str = ""
    is_head: bool = False


def accounts() -> list[Account]:
    """Every account in the order in which they are printed; needs the unit directory."""
    return [*_office(), *_unit_people(), *_others()]


def _office() -> Iterator[Account]:
    yield Account("dcs-fzr", "督查室 负责人", Role.OFFICE, is_head=True)
    yield Account("dcs-shy", "督查室 审核员", Role.OFFICE, post=OFFICER)


def _unit_people() -> Iterator[Account]:
    taken: set[str] = set()
    for unit in Unit.objects.all():
        stem = _stem(unit, taken)
        yield Account(f"{stem}-lly", f"{unit.name} {REPORTER}", Role.REPORTER, unit.name)
        if unit.name not in WITHOUT_SIGNER:
            yield Account(f"{stem}-fzr", f"{unit.name} {SIGNER}", Role.SIGNER, unit.name)


def _others() -> Iterator[Account]:
    for title, username in POSTS.items():
        yield Account(username, title, Role.LEADER, post=title)
    yield Account("jxb", "绩效办 查阅", Role.OBSERVER)
    yield Account("xtgly", "系统管理员", Role.ADMIN)
    yield Account("sjy", "审计员", Role.AUDITOR)


def _stem(unit: Unit, taken: set[str]) -> str:
    """The initials of the unit, or its whole pinyin where an earlier unit has the same initials."""
    letters = "".join(char for char in unit.name if char.isalpha())
    stem = unit.pinyin if unit.pinyin not in taken else "".join(lazy_pinyin(letters))
    taken.add(stem)
    return stem


MAIL_DOMAIN = "sample.invalid"  # reserved: no mail to it can leave (RFC 2606)


def create_people() -> dict[str, Actor]:
    """Write accounts, posts and who is in charge of what; returns actors by display name."""
    posts = {title: _post(title, place) for place, title in enumerate(POSTS, start=1)}
    posts[OFFICER] = Post.objects.create(
        title=OFFICER, kind=PostKind.SUPERVISOR, ordinal=len(POSTS) + 1
    )
    units = {unit.name: unit for unit in Unit.objects.all()}
    password = make_password(PASSWORD)  # one hash for all: it costs a third of a second
    people = {
        account.display_name: _create(account, password, units, posts) for account in accounts()
    }
    first, second = SECOND_APPOINTMENT
    Appointment.objects.create(
        user=people[f"{first} {REPORTER}"].user,
        role=Role.REPORTER,
        unit=units[second],
        starts_on=SINCE,
    )
    return people


def _create(
    account: Account, password: str, units: dict[str, Unit], posts: dict[str, Post]
) -> Actor:
    user = User.objects.create(
        username=account.username,
        email=f"{account.username}@{MAIL_DOMAIN}",
        display_name=account.display_name,
        password=password,
        must_change_password=False,
        date_joined=moment(SINCE, 9),
    )
    appointment = Appointment.objects.create(
        user=user,
        role=account.role,
        unit=units.get(account.unit),
        post=posts.get(account.post),
        is_head=account.is_head,
        starts_on=SINCE,
    )
    return Actor(user, appointment)


def _post(title: str, place: int) -> Post:
    """A leader's post and the units in its charge."""
    post = Post.objects.create(title=title, kind=PostKind.CITY_LEADER, ordinal=place)
    for unit in Unit.objects.exclude(kind__in=UNASSIGNED):
        if (unit.name in BUILDING_UNITS) == (title == BUILDING):
            Portfolio.objects.create(
                post=post, kind=PortfolioKind.IN_CHARGE, unit=unit, starts_on=SINCE
            )
    return post
