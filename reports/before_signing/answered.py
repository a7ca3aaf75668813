"""A paper's figures as they print: what was answered left out or marked, and no step whose day is
over. Pure; the figures that are kept stay as they were taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from huangshi_tasks.lib.planned import still_ahead
from reports.before_signing.lines import DOUBT, KEEP, OMIT
from reports.before_signing.shapes import Figures, Item, ProjectFigures

Answers = Mapping[str, Mapping[str, Any]]
P = TypeVar("P", Item, ProjectFigures)


def answered(figures: Figures, answers: Answers | None, day: date) -> Figures:
    """What the paper of `day` says under these answers (key of a line → its answer). What was
    drafted before papers knew whose words they print is as it was.
    """
    if "in_review" not in figures:
        return figures
    out, doubted = _decided(answers or {})
    shown: Figures = {**figures}
    shown["behind"] = [_item(each, out, doubted, day) for each in figures["behind"]]
    shown["reached"] = [_doubted(each, doubted) for each in figures["reached"]]
    shown["projects"] = [_project(each, out, doubted, day) for each in figures["projects"]]
    shown["problems"] = [
        each
        for each in figures["problems"]
        if f"problem:{each.get('task')}:{each['unit_name']}" not in out
    ]
    return shown


def is_kept(answers: Answers | None) -> bool:
    """Whether the paper prints figures that newer ones are known of."""
    return any(each["choice"] == KEEP for each in (answers or {}).values())


def _decided(answers: Answers) -> tuple[set[str], set[str]]:
    """The sentences left out, and the items (ids) whose figures are doubted."""
    out: set[str] = set()
    doubted: set[str] = set()
    for each in answers.values():
        refs: Iterable[str] = each["refs"]
        doubted |= {ref.removeprefix("doubt:") for ref in refs if ref.startswith("doubt:")}
        if each["choice"] == OMIT:
            out |= set(refs)
    return out, doubted


def _item(item: Item, out: set[str], doubted: set[str], day: date) -> Item:
    shown = _ahead(_doubted(item, doubted), day)
    if f"next:{item['task']}" in out:
        shown["next_step"] = ""
    if f"reason:{item['task']}" in out:
        shown["omitted"] = ["reason"]
    return shown


def _project(
    project: ProjectFigures, out: set[str], doubted: set[str], day: date
) -> ProjectFigures:
    shown, task = _ahead(_doubted(project, doubted), day), project.get("task")
    if f"next:{task}" in out:
        shown["next_step"] = ""
    if f"digest:{task}" in out:
        shown["digest"] = ""
    return shown


def _doubted(each: P, doubted: set[str]) -> P:
    shown: P = {**each}
    if str(each.get("task")) in doubted:
        shown["doubt"] = DOUBT
    return shown


def _ahead(each: P, day: date) -> P:
    if (said := each.get("source")) is not None:
        said_on = date.fromisoformat(said["as_of"])
        each["next_step"] = still_ahead(each.get("next_step", ""), said_on=said_on, day=day).text
    return each
