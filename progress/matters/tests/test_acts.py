"""An act of a matter is one row, and every row has its transition: none is missing anywhere."""

from __future__ import annotations

from typing import Any

import pytest

from progress.matters.acts import INSTRUCTION_ACTS, ORDER_ACTS, REQUEST_ACTS, MatterAct
from progress.matters.workflow import INSTRUCTIONS, ORDERS, REQUESTS
from progress.models import RequestKind
from units.transitions import Table

ROWS: list[tuple[dict[str, MatterAct], Table[Any]]] = [
    (INSTRUCTION_ACTS, INSTRUCTIONS),
    (ORDER_ACTS, ORDERS),
    *((rows, REQUESTS) for rows in REQUEST_ACTS.values()),
]


@pytest.mark.parametrize(("rows", "table"), ROWS)
def test_every_row_has_its_transition_or_says_itself_who_may(
    rows: dict[str, MatterAct], table: Table[Any]
) -> None:
    assert {name for name, row in rows.items() if row.may is None} == set(table.transitions)


def test_what_a_unit_asks_is_the_only_act_without_a_transition() -> None:
    assert {name for rows, _ in ROWS for name, row in rows.items() if row.may is not None} == {
        "object",
        "extend",
    }


def test_every_kind_of_request_can_be_answered() -> None:
    assert set(REQUEST_ACTS) == set(RequestKind)


@pytest.mark.parametrize(("rows", "table"), ROWS)
def test_every_row_has_a_verb_on_its_button_and_a_title_where_there_is_a_form_to_open(
    rows: dict[str, MatterAct], table: Table[Any]
) -> None:
    for name, row in rows.items():
        assert row.words.button, name
        assert row.form is not None, name
        assert bool(row.form.base_fields) == bool(row.words.title), name
