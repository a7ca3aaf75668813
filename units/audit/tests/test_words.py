"""What the auditor reads is Chinese: every act has its words, and so has what an entry carries."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from units.log.actions import ACTIONS
from units.log.reading import WORDS

ROOT = Path(__file__).resolve().parents[3]
PRODUCT = ("units", "tasks", "progress", "reports", "huangshi_tasks")


def words_of(source: str) -> Iterator[tuple[str, str]]:
    """Of each call that says them by hand: its action, and the names of its changes."""
    for call in ast.walk(ast.parse(source)):
        for word in call.keywords if isinstance(call, ast.Call) else ():
            if word.arg == "action" and isinstance(word.value, ast.Constant):
                yield "action", str(word.value.value)
            if word.arg in ("changes", "details") and isinstance(word.value, ast.Dict):
                for key in word.value.keys:
                    if isinstance(key, ast.Constant):
                        yield "change", str(key.value)


def test_every_act_and_change_of_the_log_has_words() -> None:
    known = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    known |= set(WORDS)
    missing = set()
    for package in PRODUCT:
        for path in (ROOT / package).rglob("*.py"):
            if not {"tests", "migrations"} & set(path.parts):
                found = set(words_of(path.read_text()))
                missing |= {each for kind, each in found if kind == "change"} - known
                missing |= {each for kind, each in found if kind == "action" and "." in each} - set(
                    ACTIONS
                )
    assert not missing
    assert list(words_of('record(action="a.b", changes={"c": 1})')) == [
        ("action", "a.b"),
        ("change", "c"),
    ]
