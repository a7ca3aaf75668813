"""责任领导, 科室, 责任人, 电话 from Excel: a unit its own, the office everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huangshi_tasks.lib.text import full_width
from progress.duties.forms import LENGTH, ContactsForm
from tasks.holders.receipts import CONTACTS, held_by, receivable, set_contacts
from tasks.models import Plan, Responsibility
from units.actors import Actor
from units.errors import NotNow
from units.permissions import ALLOWED, Verdict, denied
from units.sheets.book import Book
from units.sheets.columns import Column, Table, Value, text_field
from units.sheets.known import ID, row_of, run_known
from units.sheets.reading import Line
from units.sheets.results import Result
from units.sheets.running import BadRow
from units.sheets.writing import Filled, write_book

HINT = f"不超过{LENGTH}字。"
TABLE = Table(
    "联系人",
    "责任领导和联系人",
    (
        ID,
        Column("code", "编号", 16),
        Column("item", "事项", 26),
        Column("unit", "单位", 22),
        Column("role", "责任类别", 10),
        Column("leader_name", "责任领导", 18, text_field(LENGTH), HINT),
        Column("section", "责任科室", 20, text_field(LENGTH), HINT),
        Column("contact_name", "责任人", 18, text_field(LENGTH), HINT),
        Column("telephone", "联系电话", 20, text_field(LENGTH), "如 13800138000。"),
    ),
    ("只填黄色单元格；灰色单元格供对照，不能修改。不要增删列、改动表头、跨行粘贴。",),
)


@dataclass(frozen=True)
class ContactSheet:
    """An `Import` (`units.sheets.running`) of one plan."""

    plan: Plan
    kind: str = "contacts"
    title: str = "责任领导和联系人"
    about: str = "成批填写各事项的责任领导、责任科室、责任人和联系电话。"

    @property
    def scope(self) -> str:
        return self.plan.slug

    def may(self, actor: Actor) -> Verdict:
        if actor.is_of_a_unit or actor.is_office:
            return ALLOWED
        return denied("联系人由各责任单位和督查室填写。")

    def template(self, actor: Actor, now: datetime) -> bytes:
        return self._book(actor, now)

    def without_telephones(self, actor: Actor, now: datetime) -> bytes:
        return self._book(actor, now, without=("telephone",))

    def _book(self, actor: Actor, now: datetime, without: Sequence[str] = ()) -> bytes:
        held = self._held(actor, now.date())
        if not held:
            raise NotNow("本单位在本年度没有承担事项，不需要填写联系人。")
        rows = [row_of(str(each.pk), TABLE, _values(each), without=without) for each in held]
        return write_book([Filled(TABLE, rows)])

    def run(self, book: Book, actor: Actor, now: datetime) -> Result:
        held = {str(each.pk): each for each in self._held(actor, now.date())}

        def write(row: Responsibility, line: Line) -> None:
            form = ContactsForm({key: line.values[key] for key in CONTACTS}, instance=row)
            if not form.is_valid():
                raise BadRow({key: str(said[0]) for key, said in form.errors.items()})
            set_contacts(responsibility=row, contacts=form.contacts, actor=actor, now=now)

        return run_known(book, TABLE, held, _values, write, ("code", "unit"))

    def _held(self, actor: Actor, day: date) -> list[Responsibility]:
        """What the actor may fill in: a unit's own; the office's all."""
        if actor.is_office:
            return list(receivable(self.plan, day))
        return list(held_by(self.plan, actor.unit, day))


def _values(held: Responsibility) -> dict[str, Value]:
    shown: dict[str, Value] = {
        "code": held.task.code,
        "item": full_width(held.task.short_title),
        "unit": held.unit.name,
        "role": held.get_role_display(),
    }
    return shown | {name: getattr(held, name) for name in CONTACTS}
