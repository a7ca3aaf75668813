"""Reports on their way, as often as wanted: opened again, sent, signed and accepted anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bench.databases import all_of, first_of
from bench.load.forms import Typist
from bench.load.site import Answer, Refused, Visitor
from bench.page_list import OF_UNIT

AT_ONCE = 8  # reports a turn
REASON = {"reason": "示例：数据更正。"}
OF_PLAN = """
SELECT r.id FROM progress_progressreport r
JOIN tasks_responsibility h ON h.id = r.responsibility_id
JOIN units_unit u ON u.id = h.unit_id
JOIN progress_period p ON p.id = r.period_id
JOIN tasks_plan plan ON plan.id = p.plan_id AND plan.slug = '2022'
WHERE r.duty = 'main' AND {} ORDER BY r.id DESC LIMIT {}
"""
# of months that were filed, and not copied: no text is that of the month before
FILED = "r.state = 'accepted' AND u.name = %s AND p.data_as_of <= '2022-06-30'"
ACCEPTED = OF_PLAN.format(FILED, AT_ONCE)
WAITING = OF_PLAN.format("r.state = 'reviewing' AND u.name <> %s", 1)
ACTS = (("correct", "office"), ("submit", "reporter"), ("sign", "signer"), ("accept", "office"))


class Step(NamedTuple):
    """One act on the next of the reports; whoever asks does it `times` times."""

    act: str
    role: str
    times: int
    ask: Callable[[Visitor], Answer]


def _each_once(acts: Sequence[Callable[[], Answer]]) -> Callable[[Visitor], Answer]:
    """Does the next of `acts` whenever it is asked; whose they are stands in each."""
    left = iter(acts)
    return lambda _: next(left)()


class Way:
    """Accepted reports of the unit of `PEOPLE`, and the people who carry them on; `waiting`:
    another that is in review.
    """

    def __init__(self, reports: Sequence[int], waiting: int, people: Mapping[str, Visitor]) -> None:
        self._reports, self._waiting, self._people = reports, waiting, people

    @classmethod
    def at(cls, database: str, people: Mapping[str, Visitor]) -> Way:
        """The newest of them."""
        waiting = first_of(database, WAITING, OF_UNIT)
        return cls(all_of(database, ACCEPTED, OF_UNIT), waiting, people)

    def turn(self) -> Iterator[Step]:
        """Every act on every report, one kind after the other; then all are accepted again."""
        for act, role in ACTS:
            acts = [self._act(act, pk) for pk in self._reports]
            yield Step(act, role, len(acts), _each_once(acts))
        # 通过 is held until the person's next act on another report
        self._people["office"].posts(f"/2022/review/{self._waiting}/accept/", {})
        self._people["office"].posts(f"/2022/review/{self._waiting}/undo/", {})

    def _act(self, act: str, pk: int) -> Callable[[], Answer]:
        """Prepared as a page that is open; it is done when it is called."""
        address = f"/2022/reports/{pk}/"
        if act == "submit":
            typist = Typist(self._people["reporter"], address)
            typist.saves()  # as the page does before its button sends
            return _done(typist.submits, f"{address}submit/")
        if act == "accept":
            address = f"/2022/review/{pk}/"
        role, fields = dict(ACTS)[act], REASON if act == "correct" else {}
        visitor = self._people[role]
        return _done(lambda: visitor.posts(f"{address}{act}/", fields), f"{address}{act}/")


def _done(ask: Callable[[], Answer], address: str) -> Callable[[], Answer]:
    def asked() -> Answer:
        answer = ask()
        if answer.status != 302:
            raise Refused(f"{address}: {answer.status}")
        return answer

    return asked
