"""账号和任职, from Excel: one row is one appointment of one account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from huangshi_tasks.lib.fold import fold
from units.actors import Actor
from units.imports.account_table import TABLE
from units.imports.saving import WAITS, save
from units.models import NO_UNIT, Appointment, Post, Role, Unit, User
from units.people.accounts import first_hash, first_password, without_mobile
from units.people.admin_forms import AppointmentForm, UserForm
from units.permissions import Verdict, can_administer
from units.powers import acts as powers
from units.sheets.book import Book
from units.sheets.columns import YES
from units.sheets.reading import Line
from units.sheets.results import CHANGED, NEW, SAME, Result
from units.sheets.running import BadRow, Put, run_table
from units.sheets.writing import Filled, Row, write_book

SPARE = 60
NO_MOBILE = "{user.username} {user}：联系电话“{user.telephone}”中没有手机号，收不到短信。"
NO_TELEPHONE = "{user.username} {user}：没有填联系电话，收不到短信。"
OTHERWISE = "与第{row}行是同一账号，那里的{title}为“{there}”，请改成一致，或将本格留空。"
PERSON = ("username", "display_name", "telephone", "email")
POST_COLUMNS = {  # the first one takes what concerns the whole appointment
    "role": "role",
    "user": "username",
    "unit": "unit",
    "post": "post",
    "is_head": "is_head",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
}


@dataclass(frozen=True)
class AccountSheet:
    """An `Import` (`units.sheets.running`)."""

    kind: str = "accounts"
    scope: str = ""
    title: str = "账号和任职"
    about: str = "成批新增账号和任职，修改姓名、电话，终止任职。"
    notes_title: str = "收不到短信的账号"

    def may(self, actor: Actor) -> Verdict:
        return can_administer(actor)

    def template(self, actor: Actor, now: datetime) -> bytes:
        rows = [Row(each) for each in _rows(now.date())]
        return write_book([Filled(TABLE, rows, SPARE)])

    def blank(self, actor: Actor, now: datetime) -> bytes:
        return write_book([Filled(TABLE, [], SPARE)])

    def run(self, book: Book, actor: Actor, now: datetime) -> Result:
        first: dict[str, Line] = {}

        def put(line: Line) -> Put:
            above = first.setdefault(fold(line.values["username"]), line)
            return put_person(line.values if above is line else _as_above(line, above), actor, now)

        known = User.objects.filter(is_active=True)
        result = run_table(
            book,
            TABLE,
            put,
            "username",
            expected={fold(user.username): f"{user.username} {user}" for user in known},
            key_of=lambda line: fold(line.text("username")),
        )
        unreached = [each for each in without_mobile() if fold(each.username) in first]
        result.notes += [
            (NO_MOBILE if each.telephone else NO_TELEPHONE).format(user=each) for each in unreached
        ]
        return result


def _as_above(line: Line, above: Line) -> dict[str, Any]:
    """A further appointment of the person of a row above: what is left empty is as it stands there.
    Raises `BadRow` where it is not the same.
    """
    values = dict(line.values)
    problems = {}
    for name in PERSON[1:]:
        given, there = values[name], above.values[name]
        if given and given != there:
            title = line.table.column(name).title
            problems[name] = OTHERWISE.format(row=above.row, title=title, there=there or "空")
        values[name] = there
    if problems:
        raise BadRow(problems)
    return values


def _rows(day: date) -> list[dict[str, Any]]:
    """Every appointment that is not over on `day`, and accounts without any."""
    held = Appointment.objects.not_over(day).filter(stands_in_for__isnull=True)
    appointments: dict[int, list[Appointment]] = {}
    for each in held.select_related("unit", "post").order_by("starts_on", "id"):
        appointments.setdefault(each.user_id, []).append(each)
    rows = []
    for user in User.objects.filter(is_active=True):
        person = {name: getattr(user, name) for name in PERSON}
        own = appointments.get(user.pk, [])
        rows += [person | _appointment_values(each) for each in own] or [person]
    return rows


def _appointment_values(each: Appointment) -> dict[str, Any]:
    return {
        "role": Role(each.role).label,
        "unit": each.unit.name if each.unit else None,
        "post": each.post.title if each.post else None,
        "is_head": YES if each.is_head else None,
        "starts_on": each.starts_on,
        "ends_on": each.ends_on,
    }


def put_person(values: dict[str, Any], actor: Actor, now: datetime) -> Put:
    """An account with its appointment; `once` of what comes back has its first password. Raises
    `BadRow`.
    """
    user, details, password = _put_user(values, actor, now)
    is_new = bool(password)
    label = f"{user.username} {user}"
    if values["role"]:
        appointed, lines = _put_appointment(user, values, actor, now)
        is_new, details = is_new or appointed, details + lines
    elif any(values[key] for key in ("unit", "post", "is_head", "starts_on", "ends_on")):
        raise BadRow({"role": "填了单位、职务或起止日期的，须选择角色。"})
    what = NEW if is_new else CHANGED if details else SAME
    once = (user.username, str(user), password) if password else ()
    return Put(what, label, tuple(details), once)


def _put_user(values: dict[str, Any], actor: Actor, now: datetime) -> tuple[User, list[str], str]:
    """The account, made or changed; a first password where it was made."""
    person = {name: values[name] for name in PERSON}
    columns = {name: name for name in PERSON}
    user = User.objects.called(person["username"])
    if user is None:
        password = first_password()
        new = NewAccountForm(person, instance=fresh(password))
        save(new, columns, actor=actor, now=now, put=powers.save)
        return new.instance, ["新增账号"], password
    kept = {"is_active": user.is_active, "must_change_password": user.must_change_password}
    # The name stays as it was registered: the row may spell it in another width or case.
    changed = AccountForm({**person, **kept, "username": user.username}, instance=user)
    return user, save(changed, columns, actor=actor, now=now, put=powers.save), ""


def fresh(password: str) -> User:
    """An account with this first password, which is good from now on for its three days."""
    return User(password=first_hash(password), password_set_at=timezone.now())


class NewAccountForm(forms.ModelForm):  # type: ignore[type-arg]  # not at run time
    class Meta:
        model = User
        fields = PERSON


class AccountForm(UserForm):
    class Meta:
        model = User
        fields = [*PERSON, "is_active", "must_change_password"]


class NewAppointmentForm(AppointmentForm):
    class Meta:
        model = Appointment
        fields = [
            "user",
            "role",
            "unit",
            "post",
            "is_head",
            "stands_in_for",
            "starts_on",
            "ends_on",
        ]


class EndedAppointmentForm(AppointmentForm):
    class Meta:
        model = Appointment
        fields = ["is_head", "ends_on"]


def _put_appointment(
    user: User, values: dict[str, Any], actor: Actor, now: datetime
) -> tuple[bool, list[str]]:
    """Appoint, or end and change the last appointment of the same role, unit and post."""
    unit, post = _unit(values["unit"]), _post(values["post"])
    same = Appointment.objects.not_over(now.date()).filter(
        user=user, role=values["role"], unit=unit, post=post
    )
    held: Appointment | None = same.order_by("starts_on").last()
    is_head, ends_on = bool(values["is_head"]), values["ends_on"]
    if held is None:
        data = {
            "user": user.pk,
            "role": values["role"],
            "unit": unit.pk if unit else None,
            "post": post.pk if post else None,
            "is_head": is_head,
            "starts_on": values["starts_on"] or now.date(),
            "ends_on": ends_on,
        }
        form: forms.ModelForm[Any] = _by(NewAppointmentForm, actor)(data)
        lines = save(form, POST_COLUMNS, actor=actor, now=now, put=powers.save)
        waits = [each for each in lines if each == WAITS]
        return True, [f"新增任职：{form.instance.label}", *waits]
    if (held.is_head, held.ends_on) == (is_head, ends_on):
        return False, []
    form = _by(EndedAppointmentForm, actor)({"is_head": is_head, "ends_on": ends_on}, instance=held)
    lines = save(form, POST_COLUMNS, actor=actor, now=now, put=powers.save)
    return False, [f"{held.label}，{line}" for line in lines]


def _by(form: type[AppointmentForm], actor: Actor) -> type[AppointmentForm]:
    """The form, knowing who types: nobody gives themselves a role."""
    return type(form.__name__, (form,), {"actor_id": actor.user.pk})


def _unit(name: str) -> Unit | None:
    if not name:
        return None
    unit = Unit.objects.called(name)
    if unit is None:
        raise BadRow({"unit": NO_UNIT.format(name=name)})
    return unit


def _post(title: str) -> Post | None:
    if not title:
        return None
    post = next((each for each in Post.objects.all() if fold(each.title) == fold(title)), None)
    if post is None:
        raise BadRow({"post": f"没有名为“{title}”的职务，请先登记职务。"})
    return post
