"""The rules on the labelled texts: which labels they find, and where they cry without need.

`python -m progress.quality.tests.measuring` prints the table of docs/quality.md and what it missed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from progress.quality.facts import Contradiction, Facts, Measure, Other, Span, Step
from progress.quality.findings import KINDS, findings_of_text

LABELLED = Path(__file__).parent / "labelled"
JULY = ["7月", "2022-07-01", "2022-07-31"]
# one doubt, told by either name: the digits or the scale are wrong
ALIKE = {"unit": "number"}


@dataclass
class Measured:
    """Labels by kind, those found, false alarms by kind; clean texts and those with a finding."""

    labels: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    disturbed: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found.total() / self.labels.total()

    @property
    def false_alarms(self) -> float:
        """Of clean texts, the part with a finding."""
        return self.disturbed / self.clean

    def table(self) -> str:
        """By kind, as docs/quality.md has it."""
        rows = ["| 类别 | 说明 | 标注 | 发现 | 误报 |", "|---|---|---|---|---|"]
        rows += [
            f"| `{kind}` | {name} | {self.labels[kind]} | {self.found[kind]} | {self.false[kind]} |"
            for kind, name in KINDS.items()
        ]
        total = f"| 合计 |  | {self.labels.total()} | {self.found.total()} | {self.false.total()} |"
        return "\n".join([*rows, total])


@cache
def measured(name: str = "reports.json") -> Measured:
    """All cases of a labelled file."""
    document = json.loads((LABELLED / name).read_text())
    so_far = Measured()
    for case in document["cases"]:
        facts = facts_of(document["items"][case["item"]], case)
        _count(so_far, case, findings_of_text(case["text"], facts))
    return so_far


def _count(so_far: Measured, case: dict[str, Any], found: list[Contradiction]) -> None:
    for label in case["labels"]:
        so_far.labels[label["kind"]] += 1
        if any(_is_of(each, label, case["text"]) for each in found):
            so_far.found[label["kind"]] += 1
        else:
            so_far.notes.append(f"没有发现 {label['kind']}：{label['quote']}（{case['text']}）")
    if not case["labels"]:
        so_far.clean += 1
        so_far.disturbed += bool(found)
        so_far.false.update(each.kind for each in found)
        so_far.notes += [f"误报 {each.kind}：{each.quote}（{case['text']}）" for each in found]


def _is_of(found: Contradiction, label: dict[str, str], text: str) -> bool:
    """The same kind, on words that overlap."""
    if ALIKE.get(found.kind, found.kind) != ALIKE.get(label["kind"], label["kind"]):
        return False
    quote = label["quote"]
    if found.kind == "dropped":
        return found.quote in quote or quote in found.quote
    start = text.index(quote)
    return found.start < start + len(quote) and start < found.end


def facts_of(item: dict[str, Any], case: dict[str, Any]) -> Facts:
    """What a case says of its item, as the rules take it."""
    _, first, last = item.get("period", JULY)
    figures = enumerate(item["figures"])
    steps = enumerate(item.get("steps", []))
    return Facts(
        span=Span(date.fromisoformat(first), date.fromisoformat(last)),
        measures=tuple(_measure(at, each) for at, each in figures),
        steps=tuple(
            Step(each["name"], _day(each["due"]), _day(each["done"]), f"milestone:{at}:")
            for at, each in steps
        ),
        percent=_decimal(item["percent"]),
        is_done=item["light"] == "done",
        previous_text=case.get("previous_text", ""),
        previous_next_steps=case.get("previous_next_steps", ""),
        told_elsewhere=case.get("next_steps", ""),
        others=tuple(Other(each["who"], each["text"]) for each in case.get("others", [])),
    )


def _measure(at: int, figure: dict[str, Any]) -> Measure:
    return Measure(
        name=figure["name"],
        unit=figure["unit"],
        target=_decimal(figure["target"]),
        value=_decimal(figure["value"]),
        last=_decimal(figure["last"]),
        started=_decimal(figure.get("started")),
        last_started=_decimal(figure.get("last_started")),
        is_rate=figure.get("kind") == "rate",
        parts=tuple((name, Decimal(str(value))) for name, value in figure.get("parts", [])),
        place=f"reading:{at}::",
    )


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _report() -> str:
    said = []
    for each in sorted(LABELLED.glob("*.json")):
        result = measured(each.name)
        said.append(f"{each.name} {result.recall:.1%} {result.false_alarms:.1%}")
        said += [result.table(), *result.notes]
    return "\n".join(said)


if __name__ == "__main__":
    sys.stdout.write(f"{_report()}\n")
