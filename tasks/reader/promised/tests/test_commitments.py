"""What sentences of the notice commit to, against what a person wrote out of all 144 of them."""

from __future__ import annotations

import pytest

from tasks.reader.promised.commitments import find_commitments, placed
from tasks.reader.reference import commitments_document, plan_document

ITEMS = {
    f"{'k' if item['kind'] == 'key_task' else 'p'}{item['number']}": item
    for item in plan_document()["items"]
}
REVIEWED = commitments_document()


def test_every_sentence_was_reviewed_and_each_commitment_stands_in_it_word_for_word() -> None:
    assert list(REVIEWED) == list(ITEMS)
    for key, written in REVIEWED.items():
        text = ITEMS[key]["text"]
        for each in placed(text, written):
            assert text[each.start : each.end] == each.text


def test_every_number_of_the_notice_belongs_to_one_reviewed_commitment() -> None:
    for key, written in REVIEWED.items():
        spans = [(each.start, each.end) for each in placed(ITEMS[key]["text"], written)]
        for number in ITEMS[key]["indicators"]:
            holding = [s for s in spans if s[0] < number["end"] and number["start"] < s[1]]
            assert holding, (key, number["name"])


def test_what_was_found_by_hand_is_proposed_by_the_reader() -> None:
    found = missed = 0
    for key, written in REVIEWED.items():
        item = ITEMS[key]
        numbers = [(each["start"], each["end"]) for each in item["indicators"]]
        proposed = find_commitments(item["text"], numbers)
        for each in placed(item["text"], written):
            is_there = any(p.start <= each.start and each.end <= p.end for p in proposed)
            found, missed = found + is_there, missed + (not is_there)
    assert found / (found + missed) >= 0.85


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成示例桥,方便群众出行。", ["建成示例桥"]),
        ("加快示例园区二期等项目建设。", ["加快示例园区二期等项目建设"]),
        ("坚持项目为王,力争新增企业100家。", ["力争新增企业100家"]),
        ("出台“一江,两岸”政策措施;完善机制。", ["出台“一江,两岸”政策措施"]),
        ("提升能力水平。", ["提升能力水平"]),  # where nothing is committed to, the whole sentence
        ("", []),
    ],
)
def test_a_clause_commits_where_it_does_something_with_a_thing(
    text: str, expected: list[str]
) -> None:
    at = text.find("新增企业")
    numbers = [(at, at + 9)] if at >= 0 else []
    assert [each.text for each in find_commitments(text, numbers)] == expected


def test_words_that_do_not_stand_there_are_refused() -> None:
    with pytest.raises(ValueError, match="substring"):
        placed("建成示例桥。", ["建成示例路"])
