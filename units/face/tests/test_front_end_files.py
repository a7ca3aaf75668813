"""Our style sheets and scripts: nothing newer than Chromium 88, nothing the strict policy refuses.

Templates and the lock file are looked at by ``tests.text_rules``.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

ROOT = Path(settings.BASE_DIR)
SHEETS = sorted(ROOT.glob("static/css/**/*.css"))
SCRIPTS = sorted(ROOT.glob("static/js/*.js"))
ALL_SHEETS, ALL_SCRIPTS = ROOT / "static/css/all.css", ROOT / "static/js/all.js"

TOO_NEW = re.compile(
    r":has\(|@container|@layer|color-mix\(|\d(?:dvh|svh|lvh)\b|subgrid|^\s*&", re.M
)
EVAL = re.compile(r"\beval\(|new Function\(|\.style\b|insertAdjacentHTML|innerHTML")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_style_sheet_uses_nothing_newer_than_chromium_88(sheet: Path) -> None:
    source = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert TOO_NEW.findall(source) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_a_script_neither_evaluates_nor_writes_markup(script: Path) -> None:
    assert EVAL.findall(script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("sheet", sorted({*SHEETS} - {ALL_SHEETS}), ids=name)
def test_every_style_sheet_is_bundled(sheet: Path) -> None:
    bundle = ALL_SHEETS.read_text(encoding="utf-8")
    assert f'"./{sheet.relative_to(ALL_SHEETS.parent)}"' in bundle


@pytest.mark.parametrize("script", sorted({*SCRIPTS} - {ALL_SCRIPTS}), ids=name)
def test_every_script_is_bundled_or_linked_by_a_page(script: Path) -> None:
    bundle = ALL_SCRIPTS.read_text(encoding="utf-8")
    if f'"./{script.name}"' not in bundle:
        templates = (path.read_text(encoding="utf-8") for path in ROOT.glob("templates/**/*.html"))
        assert any(f"static 'js/{script.name}'" in source for source in templates)


@pytest.mark.parametrize("made", ["site.css", "site.js"])
def test_what_pages_get_is_what_the_bundler_made(made: str) -> None:
    found = finders.find(made)
    assert found == str(settings.BUILD / made)
    source = Path(found).read_text(encoding="utf-8")
    assert not re.search(r"^\s*@?import\b", source, re.M)
