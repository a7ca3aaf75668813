"""Out and back with anything in the cells: the drafts hold the valid file's values, or nothing
and the error workbook names exactly the invalid cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from progress.filing import drafts
from progress.models import ReportVersion
from progress.workbook.filing import FilingSheet
from tests.cast import Cast, at, make_item, make_milestone, make_plan, report_of
from units.sheets import running
from units.sheets.book import open_book
from units.sheets.marking import LIST_NAME, marked
from units.sheets.tests.filled import Filler

NOW = at("2022-08-03")
TEXTS, NUMBERS, STEPS = "进展文字", "数字", "节点"
ITEMS = 2

SIGNS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"))
WORDS = st.text(SIGNS, min_size=1, max_size=60).map(str.strip).filter(bool)
LIKE_FORMULAS = st.sampled_from(["=1+1", "+甲", "-乙", "@丙", "_x0041_", "𠮷㙍😀"])
GOOD_TEXT = WORDS.filter(lambda text: "\ufffe" not in text and "\uffff" not in text)
GOOD_NUMBER = st.decimals(0, 10**9, places=4).map(lambda value: value.normalize() + 0)
GOOD_DAY = st.dates(date(2022, 1, 1), date(2022, 12, 31))
BAD_TEXT = st.integers(501, 900).map(lambda length: "长" * length)
BAD_NUMBER = st.sampled_from(["约十条", "十", "-1", "1.23456", "1e9", "=甲", "100000000000000"])
BAD_DAY = st.sampled_from(["昨天", "2022-13-01", "20220801", "2022-02-30"])
BAD_FLAG = st.sampled_from(["对", "1", "yes"])
# sheet, head → the draft's key (of an item's first number and milestone), good values, bad values
CELLS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    (TEXTS, "进展情况"): ("progress", GOOD_TEXT | LIKE_FORMULAS, BAD_TEXT),
    (TEXTS, "存在问题"): ("problems", GOOD_TEXT, BAD_TEXT),
    (TEXTS, "下一步工作安排"): ("next_steps", GOOD_TEXT, BAD_TEXT),
    (TEXTS, "本期无新进展"): ("no_progress", st.just("是"), BAD_FLAG),
    (TEXTS, "希望解决时间"): ("coordination_by", GOOD_DAY, BAD_DAY),
    (NUMBERS, "累计完成"): ("reading:{number}::value", GOOD_NUMBER, BAD_NUMBER),
    (NUMBERS, "未填原因"): ("reading:{number}::blank_reason", GOOD_TEXT, BAD_TEXT),
    (STEPS, "完成日期"): ("milestone:{step}:done_on", GOOD_DAY, BAD_DAY),
}


@st.composite
def typed(draw: Any) -> list[tuple[str, int, str, Any, bool]]:
    """Cells that somebody filled: sheet, item, head, value, whether it is valid."""
    cells = draw(
        st.lists(
            st.tuples(st.sampled_from(sorted(CELLS)), st.integers(1, ITEMS)),
            min_size=1,
            max_size=6,
            unique=True,
        )
    )
    found = []
    for (sheet, head), item in cells:
        is_good = draw(st.booleans() | st.just(True))
        _, good, bad = CELLS[sheet, head]
        found.append((sheet, item, head, draw(good if is_good else bad), is_good))
    return found


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_out_and_back(cast: Cast) -> None:
    plan = make_plan()
    tasks = [make_item(plan, cast, number) for number in range(1, ITEMS + 1)]
    reports = [report_of(task, cast.lead) for task in tasks]
    for task, report in zip(tasks, reports, strict=True):
        make_milestone(task, report.responsibility, date(2022, 9, 30))
    blank = FilingSheet(plan).template(cast.reporter, NOW)

    def key_of(sheet: str, item: int, head: str) -> str:
        task = tasks[item - 1]
        ids = {"number": task.indicators.get().pk, "step": task.milestones.get().pk}
        return CELLS[sheet, head][0].format(**ids)

    @example([(NUMBERS, 1, "累计完成", Decimal(0), True)])
    @given(typed())
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def goes_out_and_back(cells: list[tuple[str, int, str, Any, bool]]) -> None:
        filler = Filler(blank)
        bad, good = set(), {}
        for sheet, item, head, value, is_good in cells:
            plain = float(value) if isinstance(value, Decimal) else value
            address = filler.put(sheet, item, head, plain)
            if is_good:
                meant = True if head == "本期无新进展" else value
                good[item, key_of(sheet, item, head)] = meant
            else:
                bad.add((sheet, address))
        with undone():
            result, is_written = running.perform(
                FilingSheet(plan), filler.read, cast.reporter, NOW, skips_bad=False
            )
            assert is_written is not bool(bad)
            named = {(each.sheet, f"{each.letter}{each.row}") for each in result.mistakes}
            assert named == bad
            if bad:
                assert not ReportVersion.objects.exists()
                assert _marked_cells(filler.content, result.mistakes) == bad
            else:
                assert _held(reports) == good

    goes_out_and_back()


def _held(reports: list[Any]) -> dict[tuple[int, str], Any]:
    """What the drafts hold, blanks and defaults left out."""
    found = {}
    for item, report in enumerate(reports, start=1):
        for key, value in drafts.values_of(report.latest()).items():
            is_blank = value is None or value is False or value == ""  # 0 is no blank
            if not is_blank and key != "data_as_of":
                found[item, key] = value
    return found


def _marked_cells(content: bytes, mistakes: list[Any]) -> set[tuple[str, str]]:
    """The cells of the error workbook that carry a comment; each is on its list too."""
    book = load_workbook(BytesIO(marked(open_book(content), mistakes)))
    listed = {(row[0], f"{row[2]}{row[1]}") for row in book[LIST_NAME].values if row[1] != "行"}
    commented = {
        (page.title, cell.coordinate)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.comment is not None
    }
    assert listed == commented
    return commented
