"""The rules hold what was asked of them on the texts labelled before they were written."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from progress.quality.findings import KINDS, findings_of_text
from progress.quality.tests.measuring import LABELLED, facts_of, measured

DOCUMENT = json.loads((LABELLED / "reports.json").read_text())


def test_nine_in_ten_contradictions_are_found() -> None:
    assert measured().recall >= 0.9, "\n".join(measured().notes)


def test_at_most_one_clean_text_in_twenty_is_disturbed() -> None:
    assert measured().false_alarms <= 0.05, "\n".join(measured().notes)


def test_the_set_is_large_and_half_of_it_clean() -> None:
    clean = sum(not case["labels"] for case in DOCUMENT["cases"])
    assert len(DOCUMENT["cases"]) >= 240
    assert 0.4 <= clean / len(DOCUMENT["cases"]) <= 0.6
    kinds = {label["kind"] for case in DOCUMENT["cases"] for label in case["labels"]}
    assert kinds == set(KINDS)


@given(
    item=st.sampled_from(sorted(DOCUMENT["items"])),
    text=st.text(
        "约近超0123456789.,%万亿年月日个家条公里完成开工累计本月目标其中，。；“”（）第已未①²",
        max_size=80,
    ),
)
def test_no_text_makes_it_raise_and_each_quote_stands_in_it(item: str, text: str) -> None:
    facts = facts_of(DOCUMENT["items"][item], {})
    for found in findings_of_text(text, facts):
        assert found.quote == text[found.start : found.end]
        assert found.kind in KINDS
        assert found.other
