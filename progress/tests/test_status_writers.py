"""A status has one writer: `units.transitions`. This walks the code for others."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("progress", "reports")  # where reports, periods, closures and adjustments are reached
WRITER = "units/transitions.py"
STATUS = "state"
MIGRATIONS = "progress/migrations"
# A reminder's state belongs to the ledger of messages, which claims rows by `update`.
MATTERS = {"Instruction", "InstructionRequest", "SupervisionOrder"}
LEDGER_OF_MESSAGES = (
    "progress/reminding/planning.py",
    "progress/reminding/messages.py",
    "progress/reminding/outbox.py",
)


def modules() -> list[str]:
    found = []
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            is_of_tests = "/tests/" in name or path.name == "conftest.py"
            if not is_of_tests and not name.startswith((*LEDGER_OF_MESSAGES, MIGRATIONS)):
                found.append(name)
    return found


def test_the_ledger_of_messages_stands_where_it_is_exempted() -> None:
    assert [name for name in LEDGER_OF_MESSAGES if not (ROOT / name).is_file()] == []


def writes_of_a_status(source: str) -> Iterator[int]:
    """Lines that assign `.state` or pass `state=` to create, update or a constructor."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == STATUS:
            if isinstance(node.ctx, ast.Store):
                yield node.lineno
        elif isinstance(node, ast.Call) and _makes_or_changes_rows(node):
            yield from (node.lineno for word in node.keywords if word.arg == STATUS)


def _makes_or_changes_rows(call: ast.Call) -> bool:
    name = ast.unparse(call.func).rsplit(".", 1)[-1]
    models = {"ProgressReport", "Period", "Adjustment", "Closure", *MATTERS}
    return name in models | {"create", "update", "bulk_create", "update_or_create", "get_or_create"}


@pytest.mark.parametrize(
    "source",
    [
        "report.state = 'accepted'",
        "reports.filter(pk=1).update(state='accepted')",
        "ProgressReport(state='accepted')",
        "Closure.objects.create(task=task, state='closed')",
    ],
)
def test_the_walk_sees_a_write(source: str) -> None:
    assert list(writes_of_a_status(source)) == [1]


def test_reading_a_status_is_no_write() -> None:
    assert list(writes_of_a_status("reports.filter(state='draft'); x = report.state")) == []


@pytest.mark.parametrize("name", modules())
def test_no_status_is_written_outside_the_mechanism(name: str) -> None:
    assert list(writes_of_a_status((ROOT / name).read_text(encoding="utf-8"))) == []


def test_the_mechanism_itself_writes_the_status_by_name() -> None:
    assert "setattr(locked, self.field, transition.target)" in (ROOT / WRITER).read_text("utf-8")
