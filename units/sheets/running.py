"""An import, rehearsed and performed by the same code: the dry run is the real run, rolled back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from django.db import transaction

from units import log
from units.actors import Actor
from units.errors import NotNow, Refused, ends_the_run
from units.locks import one_at_a_time
from units.permissions import Verdict
from units.sheets.book import Book
from units.sheets.columns import Table
from units.sheets.reading import Line, read_table
from units.sheets.results import BAD, Mistake, Outcome, Result

logger = logging.getLogger(__name__)
LOCK = 7_300_000_000  # with the number of the person behind it
UNWRITABLE = "本行无法写入，请核对各栏内容；仍不成功请联系系统管理员。"
TWICE = "本行在表中出现两次，请只保留一行。"


class Import(Protocol):
    """What can be filled in Excel. `kind` is its word in addresses, `scope` the plan's slug or
    empty.
    """

    @property
    def kind(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def about(self) -> str:
        """One or two sentences for the page."""

    def may(self, actor: Actor) -> Verdict:
        """Whether the actor may fill this in."""

    def template(self, actor: Actor, now: datetime) -> bytes:
        """The workbook to fill, with what stands now."""

    def run(self, book: Book, actor: Actor, now: datetime) -> Result:
        """Write every good row, each for itself; inside the caller's transaction."""


@runtime_checkable
class HoldsTelephones(Protocol):
    """An `Import` whose workbook has telephones: they are left out unless ticked."""

    def without_telephones(self, actor: Actor, now: datetime) -> bytes:
        """As `template`, with （不变） in their place."""


@runtime_checkable
class HoldsAccounts(Protocol):
    """An `Import` whose workbook tells of accounts: filled, it leaves encrypted only."""

    def blank(self, actor: Actor, now: datetime) -> bytes:
        """As `template`, without a row."""


def rehearse(wanted: Import, book: Book, actor: Actor, now: datetime) -> Result:
    """预检: what the file would do. Nothing is kept."""
    with transaction.atomic():
        result = _run(wanted, book, actor, now)
        transaction.set_rollback(True)
    return result


def perform(
    wanted: Import, book: Book, actor: Actor, now: datetime, *, skips_bad: bool
) -> tuple[Result, bool]:
    """Write the file: all of it, or with `skips_bad` its good rows. Returns whether it was
    written.
    """
    with transaction.atomic():
        result = _run(wanted, book, actor, now)
        is_written = not result.is_unusable and (skips_bad or not result.mistakes)
        if not is_written:
            transaction.set_rollback(True)
    return result, is_written


def note(wanted: Import, result: Result, actor: Actor, now: datetime, sha256: str) -> None:
    """One log entry for the whole file, beside those of its rows."""
    log.record(
        action="import",
        summary=f"从Excel导入{wanted.title}：{result.sentence}",
        changes={"kind": wanted.kind, "sha256": sha256, "counts": result.counts},
        actor=actor,
        now=now,
    )


def _run(wanted: Import, book: Book, actor: Actor, now: datetime) -> Result:
    """One import per person at a time; whoever sends two files at once has the second one wait."""
    one_at_a_time(LOCK + actor.user.pk)
    return wanted.run(book, actor, now)


class BadRow(Exception):  # noqa: N818  # an answer, not a fault
    """What is wrong with a row: key of the column → what is accepted."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("；".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True)
class Put:
    """What one row did. `details` from what to what."""

    what: str
    label: str
    details: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


def marked_as(line: Line) -> str:
    """The key in the hidden mark of a row."""
    return line.text("id").partition("|")[0]


def run_table(
    book: Book,
    table: Table,
    put: Callable[[Line], Put],
    label_key: str,
    *,
    year: int | None = None,
    expected: Mapping[Any, str] | None = None,
    key_of: Callable[[Line], Any] = marked_as,
) -> Result:
    """Every line of one sheet through `put`, which writes it or raises `BadRow`.

    `year`: of days written without one. `expected`: key → label of the rows that stand already;
    those of them that no line names (`key_of`) are told as left out.
    """
    sheetful = read_table(book, table, year)
    result = Result(mistakes=list(sheetful.mistakes))
    seen: set[str] = set()
    for line in sheetful.lines:
        _refuse_twice(line, seen)
        done = None if line.mistakes else _try(line, put)
        if done is None:
            outcome = Outcome(table.name, line.row, line.text(label_key), BAD)
        else:
            outcome = Outcome(table.name, line.row, done.label, done.what, list(done.details))
            result.once += [done.once] if done.once else []
        result.outcomes.append(outcome)
        result.mistakes += line.mistakes
    if expected and not result.is_unusable:
        there = {key_of(line) for line in sheetful.lines}
        result.absent = [label for key, label in expected.items() if key not in there]
    if not sheetful.lines and not sheetful.mistakes:
        result.mistakes.append(Mistake(table.name, 0, "", "", "", "表中没有数据行，请填写后上传。"))
    return result


def _refuse_twice(line: Line, seen: set[str]) -> None:
    """A row copied with its hidden mark would be written twice, the second over the first."""
    mark = line.spots["id"].text if "id" in line.spots else ""
    if mark and mark in seen:
        line.blame(line.table.first, TWICE)
    seen.add(mark)


def _try(line: Line, put: Callable[[Line], Put]) -> Put | None:
    """One row in a savepoint of its own, so that a bad one leaves nothing behind."""
    try:
        with transaction.atomic():
            return put(line)
    except BadRow as bad:
        for key, sentence in bad.problems.items():
            line.blame(key, sentence)
    except Exception as error:
        line.blame(line.table.first, sentence_of(error))
    return None


def sentence_of(error: Exception) -> str:
    """What is said at a row that could not be written. Raises what is not the row's own fault."""
    if isinstance(error, NotNow | Refused):
        return str(error)
    if ends_the_run(error):
        raise error
    logger.error("A row of a workbook could not be written", exc_info=error)
    return UNWRITABLE
