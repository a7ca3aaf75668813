"""采用稿 against the figures, before the report is accepted: what the office's own words add."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from progress.checking.doubts import doubts_about
from progress.checking.findings import Finding
from progress.checking.look import Look
from progress.quality.facts import Facts
from progress.reviewing.form import ReviewForm


def doubts_of_digest(look: Look, form: ReviewForm) -> list[Finding]:
    """Doubts about the 采用稿 as it stands in the form; those about a sentence of the unit are
    shown with it, and with its answer.
    """
    if look.version is None:
        return []
    known = {each.code for each in (*look.findings, *look.settled)}
    found = doubts_about(str(form["digest"].value() or ""), _facts(look, form), "digest")
    return [each for each in found if each.code not in known]


def unseen(doubts: Collection[Finding], seen: Collection[str]) -> bool:
    """Whether one of the doubts was not on the page that was posted."""
    return any(each.code not in seen for each in doubts)


def _facts(look: Look, form: ReviewForm) -> Facts:
    """With 核定数 as typed; steps of last period are the unit's to answer."""
    assert look.version is not None
    facts = look.facts_of(look.version)
    verified = _verified(look, form)
    measures = tuple(
        replace(each, value=verified.get(each.place, each.value)) for each in facts.measures
    )
    return replace(facts, measures=measures, previous_next_steps="", said_done=())


def _verified(look: Look, form: ReviewForm) -> dict[str, Decimal]:
    """Place of a number → the 核定数 that was typed for it."""
    if not form.is_bound or not form.is_valid():
        return {}
    figures = {pk: figure for pk, (figure, _) in form.verified.items()}
    return {
        row.prefix: figures[row.reading.pk]
        for row in look.rows.indicators
        if row.reading is not None and row.reading.pk in figures
    }
