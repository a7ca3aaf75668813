"""填报表: the unit's workbook for the open periods. It fills drafts; signing stays on the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huangshi_tasks.lib import text
from progress.checking.look import Look, examine
from progress.contents.values import keys_of
from progress.filing import drafts
from progress.filing.form import DraftForm
from progress.models import ReportVersion
from progress.workbook.cells import spelled
from progress.workbook.reading_back import AGAIN, ReadRow, label_of, read_back
from progress.workbook.rows_to_fill import ToFill, to_fill
from progress.workbook.tables import TABLES
from tasks.models import Plan
from units.actors import Actor
from units.errors import NotNow
from units.permissions import ALLOWED, Verdict, denied
from units.sheets.book import Book, text_of
from units.sheets.known import shortened
from units.sheets.results import BAD, CHANGED, NEW, SAME, Outcome, Result
from units.sheets.running import sentence_of
from units.sheets.writing import Filled, Row, cell_value, write_book

NOTHING_OPEN = "现在没有可以填报的事项：已送审签、已报送的不在表中，未到报送时间的也不在。"


@dataclass(frozen=True)
class FilingSheet:
    """An `Import` (`units.sheets.running`) of one plan."""

    plan: Plan
    kind: str = "filing"
    title: str = "填报表"
    about: str = "下载本单位的填报表，离线填好后上传，存为草稿；送审签和审签仍在页面上办理。"

    @property
    def scope(self) -> str:
        return self.plan.slug

    def may(self, actor: Actor) -> Verdict:
        return ALLOWED if actor.is_reporter else denied("填报表由联络员下载和上传。")

    def template(self, actor: Actor, now: datetime) -> bytes:
        filling = to_fill(self.plan, actor, now.date())
        if not filling.rows:
            raise NotNow(NOTHING_OPEN)
        periods = "、".join(dict.fromkeys(look.report.period.label for look in filling.looks))
        due = min(look.report.due_on for look in filling.looks)
        fact = (
            f"{actor.unit}　{periods}进展　报送截止：{text.deadline(due)}"
            f"　下载时间：{text.moment(now)}"
        )
        sheets = []
        for table in TABLES:
            rows = [Row(row.values, row.closed) for row in filling.of(table)]
            if rows:
                sheets.append(Filled(table, rows, facts=(fact,)))
        return write_book(sheets)

    def run(self, book: Book, actor: Actor, now: datetime) -> Result:
        filling = to_fill(self.plan, actor, now.date())
        rows, mistakes = read_back(book, filling, self.plan, actor, now.date())
        by_report: dict[int, list[ReadRow]] = defaultdict(list)
        for read in rows:
            if read.row is not None:
                by_report[read.row.report.pk].append(read)
        result = Result(mistakes=mistakes)
        for look in filling.looks:
            if by_report[look.report.pk]:
                result.notes += _save(look, by_report[look.report.pk], actor, now)
        for read in rows:
            result.outcomes.append(_outcome(read))
            result.mistakes += read.mistakes
        if not result.is_unusable:
            result.absent = _absent(filling, rows)
        return result


def _absent(filling: ToFill, rows: Iterable[ReadRow]) -> list[str]:
    """Rows that could be filled and are not in the file: nothing is taken from that."""
    there = {read.place for read in rows}
    return [
        f"{row.table.name}：{label_of(row.values)}"
        for row in filling.rows
        if (row.table.name, row.place) not in there
    ]


def _save(look: Look, rows: list[ReadRow], actor: Actor, now: datetime) -> list[str]:
    """Clean what was changed by the form of the page, and save it as the page does.

    A row with a mistake is left out whole. Returns what is still to be settled before signing.
    """
    try:
        with transaction.atomic():
            return _clean_and_save(look, rows, actor, now)
    except Exception as problem:
        sentence = sentence_of(problem)
        for read in rows:
            if read.data and not read.mistakes:
                read.blame("code", sentence)
    return []


def _clean_and_save(look: Look, rows: list[ReadRow], actor: Actor, now: datetime) -> list[str]:
    data = {key: value for read in rows for key, value in read.data.items()}
    suggested = {key: value for read in rows for key, value in read.suggested.items()}
    form = DraftForm(suggested | data, look=look, today=now.date())
    values = form.values()
    _blame_unread(form, rows)
    bad = {key for read in rows if read.mistakes for key in {**read.data, **read.suggested}}
    values = {key: value for key, value in values.items() if key not in bad}
    for read in rows:
        _understand(read, values)
    suggested |= {key: value for read in rows for key, value in read.suggested.items()}
    if not values.keys() - suggested.keys():
        return []
    version = _save_draft(look, values, actor, now)
    for read in rows:
        read.data |= read.suggested
    return [f"{look.report}，送审签前：{each.sentence}" for each in examine(version).objections]


def _understand(read: ReadRow, values: dict[str, object]) -> None:
    """Note what each cell will be stored as; what is stored so already, spelled otherwise, is no
    change.
    """
    row = read.row
    if row is None:
        return
    for key in [key for key in read.data if key in values]:
        column = key.removeprefix(row.prefix)
        read.meant[key] = text_of(cell_value(spelled(column, values[key])))
        if read.meant[key] == row.text(column):
            posted = read.data.pop(key)
            if column in row.suggested:
                read.suggested[key] = posted
            else:
                del values[key]


def _blame_unread(form: DraftForm, rows: Iterable[ReadRow]) -> None:
    for read in rows:
        prefix = read.row.prefix if read.row is not None else ""
        for key in read.data:
            if key in form.errors:
                read.blame(key.removeprefix(prefix), str(form.errors[key][0]))


def _save_draft(
    look: Look, values: dict[str, object], actor: Actor, now: datetime
) -> ReportVersion:
    saved = drafts.save_draft(
        report=look.report,
        actor=actor,
        now=now,
        values=values,
        base=drafts.fingerprint(look.version),
        allowed=keys_of(look.rows),
    )
    if saved.conflicts:  # somebody saved between our reading and the lock
        who = saved.conflicts[0].their_name
        raise NotNow(f"{who}正在同时修改此项，{AGAIN}")
    return saved.version


def _outcome(read: ReadRow) -> Outcome:
    details = []
    if read.mistakes:
        what = BAD
    elif not read.data or read.row is None:
        what = SAME
    else:
        what = NEW if read.row.look.version is None else CHANGED
        details = [_change_in_words(read, key) for key in read.data]
    return Outcome(read.table.name, read.number, read.label, what, details)


def _change_in_words(read: ReadRow, key: str) -> str:
    """进展情况：空 → ……"""
    if read.row is None:
        return ""
    column = key.removeprefix(read.row.prefix)
    is_blank = column in read.row.suggested
    before = "空" if is_blank else shortened(read.row.text(column))
    after = shortened(read.meant.get(key, read.spots[column].text))
    return f"{read.table.column(column).title}：{before} → {after}"
