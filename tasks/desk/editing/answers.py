"""What somebody answered to a doubt, cleaned to what is said of the draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from huangshi_tasks.lib.figures import half_width, trimmed
from tasks.desk import changes as said
from tasks.desk.acts import correct
from tasks.desk.changes import Change
from tasks.desk.content import Content
from tasks.desk.editing import names
from tasks.desk.editing.names import NOT_FOUND, names_in
from tasks.desk.open_doubts import places_in
from tasks.models import DraftAct
from tasks.reader.reading import Doubt
from units.actors import Actor
from units.face.fields import line_field
from units.models import GroupMode, Unit, UnitGroup, UnitKind
from units.people.unit_names import NAME_TAKEN, is_taken

# Values of the buttons that are no answer of the reader.
UNIT, NEW_UNIT, GROUP, NEW_GROUP, LEAD, ASIDE, NUMBERS = (
    "@unit", "@new_unit", "@group", "@new_group", "@lead", "@aside", "@numbers",
)  # fmt: skip
ENTERED = "@entered"  # the Enter key in a field, which means the button beside it
_BESIDE = {"reason": ASIDE, "lead": LEAD, "unit": UNIT}
NAME_LENGTH, REASON_LENGTH, MOST_NUMBER = 60, 100, 9999
NOT_A_NUMBER = "请填写1至9999之间的整数编号。"


class AnswerForm(forms.Form):
    """Every field of every answer; which ones are needed the pressed button says."""

    answer = forms.CharField()
    unit = line_field("单位", NAME_LENGTH, required=False)
    name = line_field("名称", NAME_LENGTH, required=False)
    kind = forms.ChoiceField(choices=UnitKind, required=False)
    group = line_field("集合称谓", NAME_LENGTH, required=False)
    mode = forms.ChoiceField(choices=GroupMode, required=False)
    lead = forms.CharField(required=False, max_length=1000)
    reason = line_field("原因", REASON_LENGTH, required=False)

    def __init__(self, data: QueryDict, *, content: Content, doubt: Doubt) -> None:
        self.sent = _pressed(data)
        super().__init__(self.sent)
        self.content, self.doubt = content, doubt
        self.of: Unit | UnitGroup | None = None
        self.leads: list[str] = []
        self.numbers: dict[str, int] = {}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check = _CHECKS.get(cleaned.get("answer", ""))
        if check is not None:
            check(self, cleaned)
        elif self._chosen() is None:
            self.add_error("answer", "请从列出的答案中选择。")
        return cleaned

    def _chosen(self) -> Change | None:
        words = self.cleaned_data.get("answer")
        found = (each.decision for each in self.doubt.answers if each.words == words)
        return next((Change.of(each) for each in found), None)

    def chosen(self) -> Change:
        """The answer of the reader that was pressed, of a clean form."""
        change = self._chosen()
        assert change is not None
        return change

    # what each button needs

    def _unit(self, cleaned: dict[str, Any]) -> None:
        self.of = names.found(cleaned.get("unit") or "", self.content.directory)
        if self.of is None:
            typed = cleaned.get("unit") or ""
            self.add_error("unit", NOT_FOUND.format(typed) if typed else "请填写或选择单位。")

    def _group(self, cleaned: dict[str, Any]) -> None:
        found = names.found(cleaned.get("group") or "", self.content.directory)
        self.of = found if isinstance(found, UnitGroup) else None
        if self.of is None:
            self.add_error("group", "没有这个集合称谓，请从列出的中选择，或新增。")

    def _new_unit(self, cleaned: dict[str, Any]) -> None:
        self._new_name(cleaned)
        if not cleaned.get("kind"):
            self.add_error("kind", "请选择单位类别。")

    def _new_group(self, cleaned: dict[str, Any]) -> None:
        self._new_name(cleaned)
        if not cleaned.get("mode"):
            self.add_error("mode", "请选择这个称谓的含义。")

    def _new_name(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("name"):
            self.add_error("name", "请填写名称。")
        elif is_taken(cleaned["name"]):
            self.add_error("name", NAME_TAKEN)

    def _lead(self, cleaned: dict[str, Any]) -> None:
        typed = names_in(cleaned.get("lead") or "")
        for each in typed:
            found = names.found(each, self.content.directory)
            if found is None:
                self.add_error("lead", NOT_FOUND.format(each))
            else:
                self.leads.append(found.name)
        if not typed:
            self.add_error("lead", "请填写或选择牵头单位。")

    def _aside(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("reason"):
            self.add_error("reason", "请说明暂缓的原因。")

    def _numbers(self, cleaned: dict[str, Any]) -> None:
        for each in self.content.items:
            typed = half_width(trimmed(self.data.get(f"number-{each.key}", "")))
            if not typed:
                continue
            if not typed.isdecimal() or not 1 <= int(typed) <= MOST_NUMBER:
                self.add_error("answer", NOT_A_NUMBER)
            elif int(typed) != each.item.number:
                self.numbers[each.key] = int(typed)
        if not self.numbers and not self.errors:
            self.add_error("answer", "编号没有改动，请填写新的编号。")


_CHECKS = {
    UNIT: AnswerForm._unit,
    NEW_UNIT: AnswerForm._new_unit,
    GROUP: AnswerForm._group,
    NEW_GROUP: AnswerForm._new_group,
    LEAD: AnswerForm._lead,
    ASIDE: AnswerForm._aside,
    NUMBERS: AnswerForm._numbers,
}


def _pressed(data: QueryDict) -> QueryDict:
    """With the button that was meant: that of the one field with something typed into it."""
    if data.get("answer") != ENTERED:
        return data
    sent = data.copy()
    typed = [button for name, button in _BESIDE.items() if data.get(name, "").strip()]
    if len(typed) == 1:
        sent["answer"] = typed[0]
    elif not typed and "name" in data:
        sent["answer"] = NEW_UNIT
    elif not typed and any(name.startswith("number-") for name in data):
        sent["answer"] = NUMBERS
    return sent


@dataclass(frozen=True)
class _Said:
    changes: list[Change]
    words: str


def answer(*, form: AnswerForm, actor: Actor, now: datetime) -> DraftAct:
    """Carry out a clean form; call in a transaction, a new unit and the act belong together."""
    made = _said(form, actor, now)
    return correct(
        draft=form.content.draft, changes=made.changes, words=made.words, actor=actor, now=now
    )


def _said(form: AnswerForm, actor: Actor, now: datetime) -> _Said:
    cleaned, doubt = form.cleaned_data, form.doubt
    chosen = cleaned["answer"]
    if doubt.kind == "unknown_unit":
        return _of_name(form, actor, now)
    if doubt.item is not None and chosen in (LEAD, ASIDE):
        item = form.content.items[doubt.item]
        code = f"第{item.item.number}项"
        if chosen == LEAD:
            role = "lead" if item.item.kind == "key_task" else "responsible"
            change = Change(said.FIELD, f"{item.key}:{role}", form.leads)
            return _Said([change], f"{code}牵头单位：{'、'.join(form.leads)}")
        reason = cleaned["reason"]
        return _Said([Change(said.ASIDE, item.key, reason)], f"{code}暂缓：{reason}")
    if chosen == NUMBERS:
        numbers = form.numbers.items()
        changes = [Change(said.FIELD, f"{key}:number", number) for key, number in numbers]
        return _Said(changes, f"重新编号：{'、'.join(str(number) for _, number in numbers)}")
    change = form.chosen()
    return _Said([change], f"{doubt.sentence}：{chosen}")


def _of_name(form: AnswerForm, actor: Actor, now: datetime) -> _Said:
    cleaned, doubt = form.cleaned_data, form.doubt
    printed, chosen = doubt.key.partition("@")[2], cleaned["answer"]
    count = f"，{places_in(doubt)}处"
    if chosen == NEW_UNIT:
        changes = names.new_unit(
            printed=printed, name=cleaned["name"], kind=cleaned["kind"], actor=actor, now=now
        )
        return _Said(changes, f"“{printed}”：新增单位{cleaned['name']}{count}")
    if chosen == NEW_GROUP:
        changes = names.new_group(
            printed=printed, name=cleaned["name"], mode=cleaned["mode"], actor=actor, now=now
        )
        return _Said(changes, f"“{printed}”：新增集合称谓{cleaned['name']}{count}")
    of = form.of
    if of is None:
        change = form.chosen()
        if not change.value:
            return _Said([change], f"“{printed}”不是单位{count}")
        of = names.found(change.value, form.content.directory)
        if of is None:  # the project's own list, before the first units are in the database
            return _Said([change], f"“{printed}”= {change.value}{count}")
    changes = names.adopt(printed=printed, of=of, actor=actor, now=now)
    return _Said(changes, f"“{printed}”= {of.name}{count}")
