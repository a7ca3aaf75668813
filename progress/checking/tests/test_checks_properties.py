"""What holds of the findings for every filing: what blocks is mended, what warns is answered."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from progress.checking.checks import findings_for
from progress.checking.findings import Figure, Filing, Part
from progress.checking.tests.test_checks import FILINGS

AMOUNTS = st.decimals(0, 10**9, places=2)
ANSWER = "示例：情况属实。"


def found_in(filing: Filing) -> set[str]:
    return {finding.code for finding in findings_for(filing)}


def one(value: Decimal | None, **fields: object) -> Filing:
    figure = replace(Figure("reading:1::", "改造道路", value, Decimal(300)), **fields)  # type: ignore[arg-type]  # each test names its own
    return Filing(figures=(figure,), progress="示例：正在招标。")


@given(FILINGS)
def test_the_same_filing_has_the_same_findings_each_with_a_key_of_its_own(filing: Filing) -> None:
    found = findings_for(filing)
    assert found == findings_for(filing)
    by_figure = [each for each in found if len(filing.figures) < 2]
    assert len({each.key for each in by_figure}) == len(by_figure)


@given(FILINGS)
def test_only_what_the_design_lists_blocks(filing: Filing) -> None:
    blocking = {each.code for each in findings_for(filing) if each.is_blocking}
    assert blocking <= {
        "no_number",
        "negative",
        "fell",
        "parts_differ",
        "no_reason",
        "no_text",
        "no_evidence",
        "no_light",
        "no_light_reason",
    }


@given(FILINGS)
def test_a_reason_for_no_news_stands_for_numbers_and_text(filing: Filing) -> None:
    quiet = replace(filing, no_progress=True, no_progress_reason=ANSWER)
    assert not found_in(quiet) & {"no_number", "no_text", "no_reason", "unanswered"}


@given(AMOUNTS, AMOUNTS)
def test_a_fallen_figure_passes_as_a_correction_and_only_so(before: Decimal, now: Decimal) -> None:
    filed = one(now, history=(before,))
    assert ("fell" in found_in(filed)) == (now < before)
    assert "fell" not in found_in(one(now, history=(before,), is_correction=True))


@given(st.lists(AMOUNTS, min_size=1, max_size=6), AMOUNTS)
def test_parts_block_when_all_are_in_and_do_not_sum(parts: list[Decimal], whole: Decimal) -> None:
    filed = tuple(Part(f"示例{n}", value) for n, value in enumerate(parts))
    total = sum(parts, Decimal(0))
    assert ("parts_differ" in found_in(one(whole, parts=filed))) == (total != whole)
    assert "parts_differ" not in found_in(one(total, parts=filed))
    missing = (*filed, Part("示例", None))
    codes = found_in(one(whole, parts=missing))
    assert "parts_missing" in codes
    assert "parts_differ" not in codes


@given(st.none() | AMOUNTS, st.lists(AMOUNTS, max_size=3))
def test_a_blank_number_asks_for_a_reason_and_blocks_only_while_never_filled(
    value: Decimal | None, history: list[Decimal]
) -> None:
    found = findings_for(one(value, history=tuple(history)))
    blank = [each for each in found if each.code == "no_number"]
    assert bool(blank) == (value is None)
    assert all(each.is_blocking == (not history) for each in blank)
    reasoned = one(value, history=tuple(history), blank_reason=ANSWER)
    assert "no_number" not in found_in(reasoned)
