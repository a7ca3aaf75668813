"""What the rows of the one list of 我的工作台 show, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.urls import reverse

from huangshi_tasks.lib import text
from progress.models import ReportState
from progress.periods.owed import OVERDUE
from progress.todo import kinds
from progress.todo.filings import RETURNED, SIGNING
from progress.todo.list import Row
from reports.desk import asked_words
from reports.desk.asked_words import days_left
from reports.desk.page import Desk
from tasks.item_address import item_pages
from tasks.models import TaskKind
from tasks.plan_names import Chip, chips_of
from units.actors import Actor
from units.face.addresses import addresses

GROUPS = {kinds.LATE: "已逾期", kinds.SOON: "今天和明天", kinds.LATER: "以后"}
FROM_NOW = (kinds.LATE, kinds.SOON)  # what is blue: to be done today
# where what was sent on lies, beside filings
LIES = {
    "signing": "待本单位负责人审签",
    "answered": "已答复，待督查室认可",
    "mended": "已报整改，待复核",
}


class Code(NamedTuple):
    """Kind and number of an item, as `task_code` takes them."""

    kind: str
    number: int

    @property
    def is_project(self) -> bool:
        return self.kind == TaskKind.PRACTICAL_PROJECT


class ToDoFace(NamedTuple):
    """One row. `label` stands where there is no item; `state` draws it; `chip` its plan, where
    several are worked on; `spoken` names the button.
    """

    url: str
    title_url: str
    code: Code | None
    label: str
    title: str
    state: str
    icon: str
    word: str
    why: str
    due_on: date | None
    is_late: bool
    is_last_day: bool
    left: str
    is_urgent: bool
    button: str
    spoken: str
    chip: Chip | None


class SentFace(NamedTuple):
    """What lies with others: `where`, since when, and the address that takes it back, if any."""

    url: str
    title_url: str
    code: Code | None
    title: str
    state: str
    word: str
    where: str
    withdraw_url: str
    chip: Chip | None


class Group(NamedTuple):
    """Rows of one urgency; `number` of the list, a folded row counts as many as it names."""

    key: str
    word: str
    number: int
    rows: Sequence[ToDoFace]


class TodoFaces:
    """Of one desk; every address is looked up once."""

    def __init__(self, desk: Desk, actor: Actor, today: date) -> None:
        self.desk, self.actor, self.today = desk, actor, today
        self.plans = {plan.pk: plan for plan in desk.plans}
        self.chips = chips_of(desk.plans)
        self.items = {plan.pk: item_pages(plan.slug) for plan in desk.plans}
        self.report: dict[int, Callable[[object], str]] = {
            plan.pk: addresses("progress:report", plan.slug) for plan in desk.plans
        }
        self.signing: dict[int, Callable[[object], str]] = {
            plan.pk: addresses("progress:signing_report", plan.slug) for plan in desk.plans
        }
        self._open = {
            each.report.task.pk: self.report[each.report.period.plan_id](each.report.pk)
            for each in desk.reports.values()
            if each.is_mine and each.report.state != SIGNING
        }

    def groups(self, rows: Iterable[Row]) -> list[Group]:
        """What waits for a signature first, then by urgency."""
        found = []
        for key, those in groupby(rows, key=lambda row: "sign" if row.is_to_sign else row.group):
            members = list(those)
            faces = [self._folded(each) for each in _folds(members)]
            found.append(Group(key, self._word(key), len(members), faces))
        return found

    def sent(self) -> list[SentFace]:
        return [self._sent(row) for row in self.desk.list.sent]

    def _word(self, key: str) -> str:
        if key == "sign":
            return "待审签"
        if key != kinds.NOW:
            return GROUPS[key]
        window = self.desk.list.window
        labels = {
            each.report.period.label
            for each in self.desk.reports.values()
            if each.report.due_on == window
        }
        day = text.day(window) if window is not None else ""
        return f"{day}前：{'、'.join(sorted(labels))}进展" if labels else f"{day}前"

    def _folded(self, rows: Sequence[Row]) -> ToDoFace:
        face = self._face(rows[0])
        if len(rows) == 1:
            return face
        title = asked_words.folded_title(asked_words.FOLDED_WORDS[rows[0].kind], rows)
        url = reverse("progress:duties", args=[self.plans[rows[0].plan_id].slug])
        return face._replace(
            title=title, code=None, spoken=f"{face.button}：{title}", url=url, title_url=url
        )

    def _face(self, row: Row) -> ToDoFace:
        return self._of_report(row) if row.filed is not None else self._of_asked(row)

    def _of_report(self, row: Row) -> ToDoFace:
        assert row.filed is not None
        report, said = row.filed, self.desk.reports[row.filed.pk]
        left = days_left(row.due_on, self.today) if row.due_on is not None else "更正"
        state = "urged" if said.kind == OVERDUE else "draft" if said.kind == SIGNING else said.kind
        chip = self.chips.get(row.plan_id)
        spoken = f"{chip.label if chip else ''}{report.task.code}{report.period.label}进展"
        is_first = said.kind in (RETURNED, OVERDUE, SIGNING) or row.group in FROM_NOW
        return ToDoFace(
            url=(self.signing if row.is_to_sign else self.report)[row.plan_id](report.pk),
            title_url=self.items[row.plan_id](report.task),
            code=Code(report.task.kind, report.task.number),
            label="",
            title=report.task.short_title,
            state=state,
            icon=said.icon,
            word=said.word,
            why=said.why,
            due_on=row.due_on,
            is_late=row.group == kinds.LATE,
            is_last_day=row.due_on == self.today,
            left=left,
            is_urgent=said.is_mine and is_first,
            button=said.button,
            spoken=f"{said.button}：{spoken}",
            chip=chip,
        )

    def _of_asked(self, row: Row) -> ToDoFace:
        said = asked_words.say(
            row, self.plans[row.plan_id], self.actor, self._url_of, self._item(row)
        )
        code = self._code(row)
        button = said.verb or "查看"
        return ToDoFace(
            url=said.url,
            title_url=said.url,
            code=code,
            label=said.label,
            title=said.title,
            state="urged" if row.group == kinds.LATE or row.state == "returned" else "asked",
            icon=asked_words.ICONS[row.kind],
            word=said.word,
            why=said.why,
            due_on=row.due_on,
            is_late=row.group == kinds.LATE,
            is_last_day=row.due_on == self.today,
            left=days_left(row.due_on, self.today),
            is_urgent=bool(said.verb) and (row.is_to_sign or row.group in FROM_NOW),
            button=button,
            spoken=f"{button}：{said.word}{said.title}",
            chip=self.chips.get(row.plan_id),
        )

    def _url_of(self, item_id: int | None) -> str:
        return self._open.get(item_id or 0, "")

    def _code(self, row: Row) -> Code | None:
        one = row.one
        has_item = one.item_id is not None and row.kind not in (kinds.CHECK, kinds.RECEIPT)
        return Code(one.item_kind, one.item_number) if has_item else None

    def _item(self, row: Row) -> str:
        code = self._code(row)
        return self.items[row.plan_id](code) if code is not None else ""

    def _sent(self, row: Row) -> SentFace:
        return self._sent_report(row) if row.filed is not None else self._sent_asked(row)

    def _sent_report(self, row: Row) -> SentFace:
        report = row.filed
        assert report is not None
        plan, url = self.plans[row.plan_id], self.report[row.plan_id](report.pk)
        newest = next(iter(self.desk.drafts.get(report.pk, ())), None)
        is_signing = report.state == SIGNING
        when = newest and (newest.submitted_at if is_signing else newest.signed_at)
        when = when or report.first_left_at
        moment = text.moment(when) if when is not None else ""
        where = f"{report.period.label}进展{moment}{'送本单位负责人' if is_signing else '报督查室'}"
        may_withdraw = is_signing and self.actor.is_reporter
        withdraw = reverse("progress:withdraw", args=[plan.slug, report.pk])
        return SentFace(
            url,
            url,
            Code(report.task.kind, report.task.number),
            report.task.short_title,
            str(report.state),
            str(ReportState(report.state).label),
            where,
            withdraw if may_withdraw else "",
            self.chips.get(row.plan_id),
        )

    def _sent_asked(self, row: Row) -> SentFace:
        said = asked_words.say(
            row, self.plans[row.plan_id], self.actor, self._url_of, self._item(row)
        )
        state = "signing" if row.state == "signing" else "reviewing"
        title = f"{said.label} {said.title}".strip()
        where = LIES.get(row.state, said.why)
        chip = self.chips.get(row.plan_id)
        return SentFace(
            said.url, said.url, self._code(row), title, state, said.word, where, "", chip
        )


def _folds(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """More than three of one kind, state, plan and day are one row; the others each their own."""
    folded = [row for row in rows if row.kind in asked_words.FOLDED]
    together: dict[tuple[object, ...], list[Row]] = {}
    for row in folded:
        together.setdefault(_alike(row), []).append(row)
    shown: set[tuple[object, ...]] = set()
    for row in rows:
        those = together.get(_alike(row), []) if row.kind in asked_words.FOLDED else []
        if len(those) <= asked_words.MOST_ROWS:
            yield [row]
        elif _alike(row) not in shown:
            shown.add(_alike(row))
            yield those


def _alike(row: Row) -> tuple[object, ...]:
    return row.kind, row.state, row.plan_id, row.due_on
