"""按时报送: a month's cell holds the quarter and the half year that end with it."""

from __future__ import annotations

from datetime import date

from progress.models import Period, ProgressReport
from reports.stats.punctuality import punctuality_of
from tests.cast import at


def owed(cycle: str, label: str, day: date, left: str | None, state: str) -> ProgressReport:
    period = Period(cycle=cycle, label=label, data_as_of=day, state=state)
    sent = at(left) if left is not None else None
    return ProgressReport(period=period, due_on=date(2022, 7, 5), first_left_at=sent)


def test_a_month_and_its_quarter_are_one_cell() -> None:
    day = date(2022, 6, 30)
    cells = punctuality_of(
        [
            owed("quarterly", "二季度", day, "2022-07-04", "finalized"),
            owed("monthly", "6月", day, "2022-07-06", "finalized"),
            owed("monthly", "5月", date(2022, 5, 31), "2022-06-02", "finalized"),
        ]
    )
    assert [(cell.period.label, cell.percent) for cell in cells] == [("5月", 100), ("6月", 50)]


def test_it_is_open_while_one_of_them_is() -> None:
    day = date(2022, 6, 30)
    (cell,) = punctuality_of(
        [
            owed("monthly", "6月", day, "2022-07-04", "finalized"),
            owed("quarterly", "二季度", day, None, "collecting"),
        ]
    )
    assert cell.is_open
    assert cell.sentence == ""
