"""A notice as it is copied out of a PDF: radicals in the place of characters, and hidden signs."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from huangshi_tasks.lib.fold import unified
from tasks.models import Plan, Task
from tasks.reader.reference import notice_text

pytestmark = pytest.mark.django_db

BLOCKS = (range(0x2E81, 0x2EF4), range(0x2F00, 0x2FD6), range(0xF900, 0xFAFF))
LOOKS = {
    unified(chr(place)): chr(place)
    for block in BLOCKS
    for place in block
    if unified(chr(place)) != chr(place)
}


def copied(text: str, into: Path) -> Path:
    into.write_text(text, "utf-8")
    return into


def dry_run(file: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("import_notice", str(file), "--dry-run", stdout=out)
    read: dict[str, Any] = json.loads(out.getvalue())
    return read


def test_radicals_of_both_blocks_give_the_same_plan_and_one_warning(tmp_path: Path) -> None:
    text = notice_text()
    garbled = "".join(LOOKS.get(sign, sign) for sign in text)
    changed = sum(one != other for one, other in zip(text, garbled, strict=True))
    assert {sign for sign in garbled if "\u2e80" <= sign <= "\u2eff"}
    assert {sign for sign in garbled if "\u2f00" <= sign <= "\u2fdf"}
    clean = dry_run(copied(text, tmp_path / "clean.txt"))
    read = dry_run(copied(garbled, tmp_path / "copied.txt"))
    assert len(read["items"]) == 144
    assert sum(len(each["indicators"]) for each in read["items"]) + len(read["headline"]) == 86
    new = [each for each in read["warnings"] if each not in clean["warnings"]]
    reason = f"原文（可能从PDF复制）有{changed}个部首或兼容字形，已按所示汉字读入"
    assert new == [{"line": 1, "text": "", "reason": reason}]
    assert read | {"warnings": []} == clean | {"warnings": []}


def test_hidden_signs_are_left_out_and_counted(tmp_path: Path) -> None:
    text = notice_text()
    sprinkled = "\u200b".join(text.split("建")).replace("门", "⻔")
    del_count, doors = text.count("建"), text.count("门")
    read = dry_run(copied(sprinkled, tmp_path / "sprinkled.txt"))
    clean = dry_run(copied(text.replace("建", ""), tmp_path / "clean.txt"))
    assert read["items"] == clean["items"]
    said = f"有{doors}个部首或兼容字形，已按所示汉字读入；{del_count}个看不见的字符，已略去"
    assert [each for each in read["warnings"] if said in each["reason"]]


def test_rare_characters_stay_and_the_source_stays_as_it_came(tmp_path: Path) -> None:
    text = notice_text().replace("攻坚", "𠮷䶮⾦", 1).replace("1.", "1.𠮷䶮", 1)
    file = copied(text, tmp_path / "rare.txt")
    call_command("import_notice", str(file), stdout=StringIO())
    assert Plan.objects.get().source_text == text
    assert Task.objects.filter(text__contains="𠮷䶮").exists()
