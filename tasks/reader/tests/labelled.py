"""Notices with labels: what a reading of each has to give, and how right one is.

`data/` holds eight public notices as a web store keeps them and eleven invented ones; `genre.py`
ten more in other layouts.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from tasks.reader.directory import Directory
from tasks.reader.parsed import ParsedItem, ParsedSubItem
from tasks.reader.reading import Reading

DATA = Path(__file__).parent / "data"
NOBODY = Directory({})
Entry = ParsedItem | ParsedSubItem


@cache
def labels() -> dict[str, Any]:
    """File → its labels."""
    found: dict[str, Any] = json.loads((DATA / "labels.json").read_text("utf-8"))["notices"]
    return found


def names() -> list[str]:
    """Files that have items."""
    return [name for name, each in labels().items() if "items" in each]


def plain(text: str) -> str:
    """For comparison: no blanks, half-width signs."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("。", ".")


def units(entry: Entry) -> tuple[list[str], list[str]]:
    """Printed leads in order, and the others sorted."""
    leads = [plain(each.printed_name) for each in entry.designations if each.role == "lead"]
    others = [plain(each.printed_name) for each in entry.designations if each.role != "lead"]
    return leads, sorted(others)


def number_of(entry: Entry) -> int:
    digits = re.search(r"\d+", str(entry.number))
    return int(digits[0]) if digits else 0


def entries(reading: Reading) -> list[Entry]:
    """Items and their parts, in order."""
    found: list[Entry] = []
    for item in reading.items:
        found += [item, *item.sub_items]
    return found


def is_right(label: dict[str, Any], entry: Entry) -> bool:
    """Text, number, leads and others, as the label has them."""
    texts = [plain(each) for each in [label["text"], *(label["text_also"] or [])]]
    leads, others = units(entry)
    wanted = [plain(each) for each in label["lead"]]
    rest = sorted(plain(each) for each in label["others"])
    if not wanted and not rest and label["sub_items"]:  # it answers for its parts
        parts = [
            plain(name) for sub in label["sub_items"] for name in [*sub["lead"], *sub["others"]]
        ]
        rest = sorted(set(parts))
    has_units = (leads, others) == (wanted, rest) if wanted else sorted(leads + others) == rest
    return plain(entry.text) in texts and number_of(entry) == label["number"] and has_units


def right(name: str, reading: Reading) -> tuple[int, int]:
    """(labels that a reading gives exactly, labels)."""
    left = entries(reading)
    count = 0
    for label in labels()[name]["items"]:
        hit = next((each for each in left if is_right(label, each)), None)
        if hit is not None:
            left.remove(hit)
            count += 1
    return count, len(labels()[name]["items"])


def shape(entry: Entry) -> tuple[Any, ...]:
    """What two readings of one notice have to agree in."""
    leaders = tuple(plain(each) for each in entry.leaders)
    return (plain(entry.text), number_of(entry), *map(tuple, units(entry)), entry.deadline, leaders)
