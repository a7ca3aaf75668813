"""What the browser gets: clean under the strict policy, readable by Chromium 88."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(ROOT.glob("templates/**/*.html")) + sorted(ROOT.glob("*/templates/**/*.html"))
SHEETS = sorted(ROOT.glob("static/css/**/*.css"))
SCRIPTS = sorted(ROOT.glob("static/js/*.js"))

INLINE = re.compile(
    r"""<[^>]*\s(?:style|on[a-z]+|hx-on[:\w-]*)\s*=|<style|javascript:|hx-vals=["']js:"""
    r"""|<script(?![^>]*(?:\ssrc=|application/json))""",
    re.IGNORECASE,
)
TOO_NEW = re.compile(
    r":has\(|@container|@layer|color-mix\(|\d(?:dvh|svh|lvh)\b|subgrid|^\s*&", re.M
)
EVAL = re.compile(r"\beval\(|new Function\(|\.style\b|insertAdjacentHTML|innerHTML")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_a_template_has_no_inline_style_or_script(template: Path) -> None:
    assert INLINE.findall(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_a_style_sheet_uses_nothing_newer_than_chromium_88(sheet: Path) -> None:
    source = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert TOO_NEW.findall(source) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_a_script_neither_evaluates_nor_writes_markup(script: Path) -> None:
    assert EVAL.findall(script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=name)
def test_every_style_sheet_is_linked(sheet: Path) -> None:
    head = (ROOT / "templates" / "_head.html").read_text(encoding="utf-8")
    assert str(sheet.relative_to(ROOT / "static")) in head


def test_nothing_third_party_is_fetched_from_a_named_place() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
