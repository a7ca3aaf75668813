"""Notices as files of every kind, from the command to the rows of a plan and out again."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tasks.models import Plan, Task, TaskDeadline, TaskLeader, TaskPart
from tasks.reader.tests.labelled import DATA, labels

pytestmark = pytest.mark.django_db
WITH_HEAD = [
    "c1_table.docx",
    "c3_rolelines.docx",
    "c4_text.pdf",
    "c6_projects.docx",
    "c8_letter.docx",
]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def document(*arguments: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(run(*arguments))
    return read


@pytest.mark.parametrize("name", WITH_HEAD)
def test_what_is_imported_comes_out_as_the_dry_run_said(name: str) -> None:
    before = document("import_notice", str(DATA / name), "--dry-run")
    assert len(before["items"]) == len(labels()[name]["items"])
    run("import_notice", str(DATA / name))
    assert document("export_plan", str(before["plan"]["year"])) == before


def test_time_limits_and_leaders_become_rows_from_the_day_of_the_notice() -> None:
    run("import_notice", str(DATA / "c8_letter.docx"))
    task = Task.objects.get(number=11)
    assert (task.printed_number, task.deadline_text) == ("11", "10月底前")
    deadline = TaskDeadline.objects.get(task=task)
    assert (deadline.starts_on, deadline.due_on) == (date(2023, 1, 18), date(2023, 10, 31))
    leaders = TaskLeader.objects.on(date(2023, 1, 18)).filter(task=task)
    assert [each.printed for each in leaders] == ["李江", "赵浦"]
    endless = Task.objects.get(number=12)
    assert endless.deadline_text == "长期坚持"
    assert endless.deadlines.get().due_on == date(2023, 12, 31)


def test_parts_keep_their_units_and_the_item_answers_for_all_of_them() -> None:
    run("import_notice", str(DATA / "c6_projects.docx"))
    second = Task.objects.get(number=2)
    parts = TaskPart.objects.filter(task=second)
    assert [(each.number, each.text[:6]) for each in parts] == [
        ("（1）", "新建公办幼儿"),
        ("（2）", "建设智慧校园"),
    ]
    assert [one["printed"] for one in parts[0].units] == ["市教育局", "东洲区人民政府"]
    printed = [each.printed for each in second.designations.order_by("ordinal")]
    assert printed == ["市教育局", "东洲区人民政府", "教育局", "市政数局"]


def test_the_letter_stays_with_the_plan() -> None:
    run("import_notice", str(DATA / "c8_letter.docx"))
    kinds = Plan.objects.get().paragraphs.values_list("kind", flat=True)
    assert {"letter", "requirement", "reporting"} <= set(kinds)
    reporting = Plan.objects.get().paragraphs.filter(kind="reporting")
    assert [each for each in reporting if "每月25日前" in each.text]


def test_a_style_can_be_named() -> None:
    file = str(DATA / "16_fsou_zeren_bumen_p3.txt")
    assert len(document("import_notice", file, "--dry-run")["items"]) == 10
    other = document("import_notice", file, "--dry-run", "--style", "arabic_paren")
    assert len(other["items"]) == 13
    with pytest.raises(CommandError, match="style"):
        run("import_notice", file, "--dry-run", "--style", "nobody")


@pytest.mark.parametrize("name", ["c9_old.doc", "c9_old.xls", "c10_scan.pdf"])
def test_what_cannot_be_read_is_answered_by_its_sentence(name: str) -> None:
    with pytest.raises(CommandError) as refusal:
        run("import_notice", str(DATA / name), "--dry-run")
    assert any(word in str(refusal.value) for word in labels()[name]["refused"])
    assert not Plan.objects.exists()
