"""The reviewed files of the demonstration: place, units, the notice of 2022 and its plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tasks.reader.directory import Directory

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
NOTICE_FILE = FIXTURES / "notice_2022.txt"
PLAN_FILE = FIXTURES / "plan_2022.json"
UNITS_FILE = FIXTURES / "units.json"
CITY_FILE = FIXTURES / "city.json"
COMMITMENTS_FILE = FIXTURES / "commitments_2022.json"


def city_entry() -> dict[str, Any]:
    """The place of the demonstration: fields of the table `City`."""
    entry: dict[str, Any] = json.loads(CITY_FILE.read_text("utf-8"))
    return entry


def unit_entries() -> dict[str, list[dict[str, Any]]]:
    """`units` and `groups` of the directory file, in its order."""
    entries: dict[str, list[dict[str, Any]]] = json.loads(UNITS_FILE.read_text("utf-8"))
    return entries


def plan_document() -> dict[str, Any]:
    """The reviewed plan of 2022 (the schema of `document.reviewed`)."""
    document: dict[str, Any] = json.loads(PLAN_FILE.read_text("utf-8"))
    return document


def commitments_document() -> dict[str, list[str]]:
    """What each sentence of 2022 commits to, reviewed by hand: `k17`, `p3` → its own words."""
    document: dict[str, list[str]] = json.loads(COMMITMENTS_FILE.read_text("utf-8"))
    return document


def notice_text() -> str:
    """The notice of 2022, byte for byte."""
    return NOTICE_FILE.read_bytes().decode("utf-8")


def reference_directory() -> Directory:
    """The directory file as a directory."""
    entries = unit_entries()
    return Directory.of(
        units=[each["name"] for each in entries["units"]],
        groups=[each["name"] for each in entries["groups"]],
        aliases={alias: each["name"] for each in entries["units"] for alias in each["aliases"]},
    )
