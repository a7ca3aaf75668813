"""The list of styles."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tasks.reader.styles.known import NAMES, STYLES

ROOM = Path(__file__).parent.parent
NO_STYLES = {"__init__", "known", "scoring", "style"}


def test_every_style_is_in_the_list_under_the_name_of_its_module() -> None:
    modules = {each.stem for each in ROOM.glob("*.py")} - NO_STYLES
    assert sorted(NAMES) == sorted(modules)
    for name in modules:
        assert import_module(f"tasks.reader.styles.{name}").STYLE in STYLES


def test_every_style_has_a_test_and_a_name_for_people() -> None:
    tests = {each.stem.removeprefix("test_") for each in Path(__file__).parent.glob("test_*.py")}
    assert set(NAMES) <= tests
    assert len({each.title for each in STYLES}) == len(STYLES)
