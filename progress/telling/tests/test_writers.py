"""A reminder has two writers: what goes at once (`tell`) and the ladder. This walks the code for
others.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
APPS = ("huangshi_tasks", "units", "tasks", "progress", "reports", "bench")
WRITERS = {"progress/telling/notice.py", "progress/reminding/planning.py"}
MAKERS = {"create", "bulk_create", "get_or_create", "update_or_create", "write"}


def modules() -> list[str]:
    found = (path.relative_to(ROOT) for app in APPS for path in (ROOT / app).rglob("*.py"))
    return sorted(path.as_posix() for path in found if not {"tests", "migrations"} & {*path.parts})


def reminders_made_in(source: str) -> Iterator[int]:
    """The lines that make rows: `Reminder(…)`, `Reminder.objects.create(…)` and the like."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            *owner, name = ast.unparse(node.func).split(".")
            if name == "Reminder" or (name in MAKERS and {"Reminder", "reminders"} & {*owner}):
                yield node.lineno


@pytest.mark.parametrize(
    "source",
    [
        "Reminder(subject='report:17')",
        "models.Reminder(subject='report:17')",
        "Reminder.objects.bulk_create(rows)",
        "Reminder.objects.get_or_create(subject='export:1')",
        "Reminder.objects.write(rows, once=True)",
        "person.reminders.create(subject='report:17')",
    ],
)
def test_the_walk_sees_a_writer(source: str) -> None:
    assert list(reminders_made_in(source)) == [1]


def test_reading_reminders_makes_none() -> None:
    assert not list(reminders_made_in("Reminder.objects.filter(pk=1).update(read_at=now)"))


def test_no_reminder_is_made_elsewhere() -> None:
    made = {
        f"{name}:{line}" if name not in WRITERS else name
        for name in modules()
        for line in reminders_made_in((ROOT / name).read_text(encoding="utf-8"))
    }
    assert made == WRITERS
