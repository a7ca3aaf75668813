"""进展质检 as findings: one for a sentence and kind, with what to say of it. Pure."""

from __future__ import annotations

from dataclasses import replace

from progress.checking.findings import STEPS_FIELD, WARNING, Finding
from progress.quality.facts import Contradiction, Facts
from progress.quality.findings import findings_of_text

LONGEST_QUOTE = 40
FIELDS = {
    "progress": "进展情况",
    "digest": "采用稿",
    "next_digest": "采用稿·下一步",
    STEPS_FIELD: "上期下一步",
}


def doubts_about(text: str, facts: Facts, place: str = "progress") -> list[Finding]:
    """The doubts about a text as findings of its field, each with the key of its answer."""
    found: dict[str, Finding] = {}
    for each in findings_of_text(text, facts, place=place):
        finding = _finding(each)
        if (known := found.get(finding.key)) is None:
            found[finding.key] = finding
        elif known.other != finding.other:  # two amounts of a sentence are answered together
            more = f"{known.sentence.removesuffix('，请核对。')}；{finding.sentence}"
            found[finding.key] = replace(known, sentence=more)
    return list(found.values())


def _finding(doubt: Contradiction) -> Finding:
    field = STEPS_FIELD if doubt.kind == "dropped" else doubt.place
    return Finding(
        code=f"{doubt.kind}.{doubt.mark}",
        level=WARNING,
        field=field,
        sentence=_sentence(doubt),
        quote=doubt.quote,
        start=doubt.start,
        end=doubt.end,
        other=doubt.other,
        other_field=doubt.other_place,
    )


def _sentence(doubt: Contradiction) -> str:
    field, quote = FIELDS.get(doubt.place, ""), doubt.quote
    if len(quote) > LONGEST_QUOTE:
        quote = f"{quote[:LONGEST_QUOTE]}…"
    if doubt.kind == "no_fact":
        return f"{field}{doubt.other}，请补充。"
    if doubt.kind == "copied":
        return f"{field}{doubt.other}，请按本事项实际填写。"
    if doubt.kind == "dropped":
        return f"上期下一步“{quote}”{doubt.other}，请说明。"
    if doubt.place == STEPS_FIELD:
        return f"上期下一步“{quote}”选择已完成，{doubt.other}，请核对。"
    return f"{field}写“{quote}”，{doubt.other}，请核对。"
