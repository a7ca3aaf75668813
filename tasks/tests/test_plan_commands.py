"""load_plan, import_notice and export_plan as they are typed."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tasks.intake.plan import load_reference_units
from tasks.models import Plan
from tasks.reader.reference import NOTICE_FILE
from units.models import Unit

pytestmark = pytest.mark.django_db

COPIES = Path(__file__).parent.parent / "reader" / "tests" / "notices"
INDICATOR = {"name", "value", "upper", "unit", "comparator", "source_text"}
ITEM = {
    "kind",
    "number",
    "area",
    "theme",
    "text",
    "lead",
    "support",
    "responsible",
    "deadline",
    "deadline_text",
    "leaders",
    "sub_items",
    "indicators",
}
PLAN = {
    "plan",
    "headline",
    "areas",
    "items",
    "warnings",
    "paragraphs",
    "unused",
    "sections",
    "columns",
}


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def document(*arguments: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(run(*arguments))
    return parsed


def test_load_plan_says_so_when_the_plan_is_there() -> None:
    assert "已载入《关于印发2022年" in run("load_plan")
    assert "已经载入，未作改动" in run("load_plan")
    assert Plan.objects.get().state == "active"


def test_a_dry_run_prints_the_plan_and_writes_nothing() -> None:
    plan = document("import_notice", str(NOTICE_FILE), "--dry-run")
    assert set(plan) == PLAN
    assert plan["plan"] == {
        "year": 2022,
        "title": "关于印发2022年市政府重点工作和十件实事责任分解的通知",
        "document_number": "黄政办发〔2022〕1号",
        "issued_on": "2022-01-21",
    }
    assert all(set(each) == ITEM for each in plan["items"])
    numbers = [*plan["headline"], *(one for each in plan["items"] for one in each["indicators"])]
    assert all(set(each) == INDICATOR for each in numbers)
    assert {type(each["value"]) for each in numbers} == {int, float}
    assert not Plan.objects.exists()
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    "file", [NOTICE_FILE, COPIES / "full_width.txt", COPIES / "other_order.txt"]
)
def test_what_is_imported_comes_out_as_the_dry_run_said(file: Path) -> None:
    before = document("import_notice", str(file), "--dry-run")
    assert document("import_notice", str(file), "--format", "json") == before
    assert document("import_notice", str(file), "--dry-run") == before
    assert Plan.objects.get().state == "draft"
    assert document("export_plan", str(before["plan"]["year"])) == before


def test_the_loaded_plan_exports_as_the_notice_reads() -> None:
    run("load_plan")
    assert document("export_plan", "2022") == document(
        "import_notice", str(NOTICE_FILE), "--dry-run"
    )


def test_an_import_reports_its_warnings_line_by_line() -> None:
    printed = run("import_notice", str(NOTICE_FILE))
    assert "已导入为草稿，共144项" in printed
    assert "第208行：" in printed


def test_the_same_notice_twice_is_refused() -> None:
    run("import_notice", str(NOTICE_FILE))
    with pytest.raises(CommandError, match="不能重复导入"):
        run("import_notice", str(NOTICE_FILE))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "是空文件"),
        (b"\xff\xd8\xff\xe0 picture \x80\x81\xff", "是图片"),
        ("没有事项的文件".encode(), "没有找到任何编号事项"),
        (b"x" * 2_000_001, "超过2MB"),
        (
            "关于印发2022年示例的通知\n一、甲\n1.乙。[牵头单位:市发改委]".encode(),
            "没有找到成文日期",
        ),
        ("2022年1月1日\n1.乙\x00。[牵头单位:市发改委]".encode(), "NUL"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "示例.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        run("import_notice", str(file))
    assert not Plan.objects.exists()


def test_a_missing_file_and_a_folder_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有文件"):
        run("import_notice", str(tmp_path / "无.txt"))
    with pytest.raises(CommandError, match="不是可以读取的文件"):
        run("import_notice", str(tmp_path))


def test_an_old_encoding_is_read(tmp_path: Path) -> None:
    load_reference_units()
    text = (COPIES / "full_width.txt").read_text("utf-8")
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        file = tmp_path / f"{encoding}.txt"
        file.write_bytes(text.encode(encoding))
        assert document("import_notice", str(file), "--dry-run") == json.loads(
            (COPIES / "full_width.json").read_text("utf-8")
        )


def test_a_year_without_plan_is_refused_in_a_sentence() -> None:
    with pytest.raises(CommandError, match="没有2031年的责任分解"):
        run("export_plan", "2031")
