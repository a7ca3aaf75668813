"""A text of progress as amounts, each with what it counts and what it is told as. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from progress.quality.amounts import Amount, amounts_in, base_of, plain
from progress.quality.clauses import Clause, sentences_of
from progress.quality.facts import Facts, Measure
from progress.quality.naming import Names, left_of, names_of
from progress.quality.roles import Role, role_of, tells

MOST_LEFT = 7  # characters that may stand beside a name without making it another thing
# whose part an amount is: a county, a district; 小区 and 城区 are none
_PLACE = re.compile(
    r"(?<![全我本])(?:[\u4e00-\u9fff·]{1,7}?(?<![小社园片地景校辖城库灾牧郊上超门夜集菜贸城全各])(?:县|区|市)(?:政府)?"
    r"|(?:其他|其余|四个)(?:城区|县市区|区|县市|地区|县区)|各城区)"
)
_SMALLER = re.compile("片区|街道|社区|(?<![城乡市])镇(?!就)|(?<!城)乡(?![村镇土亲])")
_OTHERS = re.compile(
    "总里程|总数|总量|保有量|储备|入库|在库|库内|项目库|企业库|名录库|意向|岗位|投资|总户数|存量|缺口"
)
_WIDER = ("总投资", "协议投资", "概算投资")


@dataclass(frozen=True)
class Told:
    """An amount with its role; `at` is the place of its measure among those of the item, or None.

    `whose` names the county whose part it is; `before` and `clause` are where it stands.
    """

    amount: Amount
    role: Role
    at: int | None
    clause: Clause
    sentence: int
    before: str = ""
    after: str = ""
    whose: str = ""
    is_listed: bool = False  # with 、 behind the amount before


@dataclass
class _Reader:
    facts: Facts
    names: Names
    text: str
    told: list[Told] = field(default_factory=list)
    subject: int | None = None  # what the sentence speaks of until it names another
    is_lost: bool = False  # it has come to speak of something else
    begin: int = 0  # where the amounts of this sentence begin in `told`
    is_within: bool = False  # in a list that 其中 has opened
    listed: list[int] = field(default_factory=list)  # A、B分别: in this order

    def read(self) -> list[Told]:
        amounts = amounts_in(self.text)
        for place, sentence in enumerate(sentences_of(self.text)):
            self.listed, self.is_lost, self.is_within = [], False, False
            self.begin = len(self.told)
            for clause in sentence.clauses:
                inside = [each for each in amounts if clause.start <= each.start < clause.end]
                self._clause(place, clause, inside)
        return self.told

    def _clause(self, place: int, clause: Clause, inside: list[Amount]) -> None:
        if not inside:
            self._topic(clause.text)
        apart = self._apart(clause, inside)
        at = clause.start
        for nth, amount in enumerate(inside):
            behind = inside[nth + 1].start if nth + 1 < len(inside) else clause.end
            before, after = self.text[at : amount.start], self.text[amount.end : behind]
            after = re.split("、", after)[0] if "、" in after else after
            follows = nth + 1 < len(inside) and self.text[amount.end : behind] == after
            at = amount.end
            before = before[before.rfind("、") + 1 :] if not apart else before
            told = self._told(amount, clause, before, after, follows=follows)
            if "分别" in clause.text and len(inside) > 1 and not apart:
                told = replace(told, at=None)  # of which the words do not say
            if nth < len(apart):
                told = replace(told, at=apart[nth], role=self._of_apart(told))
                self.subject = apart[nth]
            self.told.append(replace(told, sentence=place))

    def _topic(self, words: str) -> None:
        """A clause without amounts may say what the next ones speak of."""
        named = self.names.best(words)
        if len(named) == 1:
            self.subject = named[0]

    def _told(
        self, amount: Amount, clause: Clause, before: str, after: str, *, follows: bool
    ) -> Told:
        whose = self._whose(before)
        if not whose and self.told and self.text[clause.start - 1 : clause.start] == "(":
            whose = self.told[-1].whose  # 大冶市完成28座（任务40座）
        at, is_named = self._subject(amount, before, after)
        words = self._nameless(before, at)
        role = role_of(words, after, clause.ahead, self.facts.span, follows=follows)
        previous = self.told[-1] if self.told else None
        is_next = previous is not None and previous.clause == clause
        if role == Role.UNSAID and previous is not None and is_next:
            role = self._as_before(previous, amount, before, is_named=is_named)
        if role == Role.UNSAID and is_named and left_of(before):
            role = Role.DONE
        if _SMALLER.search(words) and not whose:
            role = Role.OTHER
        if self._is_part(before, amount, is_next=is_next):
            at, role = None, Role.UNSAID
        if role == Role.SHARE and not amount.is_share:
            role = Role.TARGET  # 占11个的63.6%
        is_listed = is_next and "、" in self.text[self.told[-1].amount.end : amount.start]
        told = Told(amount, role, at, clause, 0, before, after, whose, is_listed)
        return replace(told, role=self._of_share(told, previous)) if amount.is_share else told

    def _is_part(self, before: str, amount: Amount, *, is_next: bool) -> bool:
        """其中公共停车场3200个、路内泊位2800个: of something within what was said before."""
        opens = before.lstrip(",").startswith("其中") and not tells(before)
        listed = is_next and "、" in self.text[self.told[-1].amount.end : amount.start]
        self.is_within = opens or (self.is_within and listed and not tells(before))
        return self.is_within and not self._whose(before)

    def _nameless(self, before: str, at: int | None) -> str:
        """Without the name, which has verbs of its own: 亿元以上项目开工入库."""
        return before if at is None else self.names.without(at, before)

    def _as_before(self, previous: Told, amount: Amount, before: str, *, is_named: bool) -> Role:
        """幼儿园19所、小学13所: the second of a list is what the first was."""
        between = self.text[previous.amount.end : amount.start].strip()
        if between == "":
            return Role.OTHER
        if "、" in between or between.startswith(("和", "及")) or is_named:
            return previous.role if not previous.amount.is_share else Role.UNSAID
        return Role.UNSAID

    def _of_share(self, told: Told, previous: Told | None) -> Role:
        """Of a percentage: the measure itself where it is a rate, else how far it is."""
        is_of_goal = previous is not None and previous.role == Role.TARGET
        if told.at is not None and self.facts.measures[told.at].is_rate:
            if told.before.startswith("的") and is_of_goal:
                return Role.SHARE
            return Role.DONE if told.role == Role.UNSAID else told.role
        if told.role in (Role.DONE, Role.UNSAID):
            if told.before in ("的", "") and not is_of_goal and told.role == Role.UNSAID:
                return Role.OTHER
            return Role.SHARE
        return told.role

    def _whose(self, before: str) -> str:
        found = [each[0] for each in _PLACE.finditer(before)]
        known = [name for name, _ in self._parts() if name[:2] in before]
        names = [name for name in [*found, *known] if not self.facts.own.startswith(name[:2])]
        return names[-1] if names else ""

    def _parts(self) -> list[tuple[str, object]]:
        return [part for measure in self.facts.measures for part in measure.parts]

    def _subject(self, amount: Amount, before: str, after: str) -> tuple[int | None, bool]:
        """The measure that the amount counts, and whether the words name it."""
        base = "" if amount.base in ("%", "百分点") else amount.base
        for words in (before, after):
            if words is after and left_of(_without_places(before)):
                break  # it has a name of its own
            named = self._named(words, base, amount)
            if named is not None:
                if words is before or base:
                    self.subject, self.is_lost = named, False
                return named, True
        if left_of(_without_places(before)):
            self.subject, self.is_lost = None, True
            return None, False
        if not tells(before) and len(left_of(after[:6])) > 1:
            return None, False  # 7月对5个项目开展检查
        return self._inherited(base), False

    def _named(self, words: str, base: str, amount: Amount) -> int | None:
        words = _without_places(words)
        found = [at for at in self.names.best(words, base=base) if self._fits(at, words, amount)]
        if len(found) > 1:
            found = self._clearest(found, amount)
        return found[0] if found else None

    def _clearest(self, found: list[int], amount: Amount) -> list[int]:
        """Of measures that the words name alike: by the unit, else by what was named last."""
        bases = {at: base_of(self.names.measures[at].unit)[0] for at in found}
        found = [at for at in found if bases[at] == amount.base] or found
        if len(found) == 1:
            return found
        context = self.text[: amount.start]
        places = {at: self.names.last_own(at, context, found) for at in found}
        latest = max(found, key=places.__getitem__)
        return [latest] if places[latest] >= 0 else []

    def _fits(self, at: int, words: str, amount: Amount) -> bool:
        """Whether little else is said; very little where name or unit are not quite the same."""
        is_wider = any(each in words and each not in self.names.cores[at] for each in _WIDER)
        if is_wider or _OTHERS.search(self.names.without(at, words)):
            return False
        left = left_of(words, [self.names.cores[at]])
        is_its_unit = amount.is_share or amount.base == base_of(self.names.measures[at].unit)[0]
        is_clear = is_its_unit and self.names.score(at, words) >= 0.5
        return len(left) <= (MOST_LEFT if is_clear else 0)

    def _inherited(self, base: str) -> int | None:
        """What the sentence spoke of, if it can be counted so; else the only one that can."""
        counted = [at for at in range(len(self.names.measures)) if self._may_be(at, base)]
        if self.subject in counted:
            return self.subject
        is_open = self.subject is None and not self.is_lost
        return counted[0] if len(counted) == 1 and is_open else None

    def _may_be(self, at: int, base: str) -> bool:
        """Without its name an amount is of a measure only in the measure's own unit."""
        return not base or base == base_of(self.facts.measures[at].unit)[0]

    def _apart(self, clause: Clause, inside: list[Amount]) -> list[int]:
        """The measures of A、B分别达到x、y, in their order; the next list is of the same."""
        head, sign, _ = clause.text.partition("分别")
        if sign:
            order = sorted(
                (place, at)
                for at in range(len(self.names.measures))
                if (place := self.names.last_own(at, head)) >= 0
            )
            self.listed = [at for _, at in order] or self._counted_before()
            if len(inside) == len(self.listed):
                return self.listed
        is_list = len(inside) == len(self.listed) > 1 and all(
            self.text[one.end : two.start] in ("、", "和", "及") for one, two in pairwise(inside)
        )
        return self.listed if is_list else []

    def _counted_before(self) -> list[int]:
        """The measures that the sentence has counted, each once: the percentages follow them."""
        return list(
            dict.fromkeys(each.at for each in self.told[self.begin :] if each.at is not None)
        )

    def _of_apart(self, told: Told) -> Role:
        if told.role in (Role.UNSAID, Role.OTHER) and told.amount.is_share:
            return Role.SHARE
        return Role.DONE if told.role in (Role.UNSAID, Role.OTHER) else told.role


def _without_places(words: str) -> str:
    return _PLACE.sub("", words)


def read(text: str, facts: Facts) -> list[Told]:
    """Every amount of `text`. Never raises."""
    return _Reader(facts, names_of(facts.measures), plain(text)).read()


def measure_of(told: Told, facts: Facts) -> Measure | None:
    """The measure that an amount counts."""
    return facts.measures[told.at] if told.at is not None else None
