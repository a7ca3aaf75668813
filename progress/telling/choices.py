"""By which channels and when a person wants to be told, within what the office allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time

from progress.models import TellingChoice, TellingRule
from units.models import User

TIMES = (time(8, 30), time(10, 0), time(14, 0), time(16, 30))  # in office hours


@dataclass(frozen=True)
class Allowed:
    """What the office allows: `always` are channels that nobody switches off."""

    always: frozenset[str] = frozenset()
    times: tuple[time, ...] = TIMES


def allowed() -> Allowed:
    """As the office has set it, else everything."""
    rule = TellingRule.objects.order_by("pk").first()
    if rule is None:
        return Allowed()
    times = tuple(time.fromisoformat(each) for each in rule.times)
    return Allowed(frozenset(rule.always), times)


@dataclass(frozen=True)
class Choices:
    """Of several people; who has chosen nothing hears by every channel, as early as can be."""

    allowed: Allowed
    by_person: Mapping[int, TellingChoice] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[User]) -> Choices:
        """Two queries."""
        found = TellingChoice.objects.filter(user__in=[person.pk for person in people])
        return cls(allowed(), {each.user_id: each for each in found})

    def takes(self, person: User, channel: str, *, is_immediate: bool) -> bool:
        """Whether `person` hears by the channel with this key."""
        choice = self.by_person.get(person.pk)
        return (
            choice is None
            or channel in self.allowed.always
            or choice.takes(channel, is_immediate=is_immediate)
        )

    def is_time(self, person: User, now: time) -> bool:
        """Whether the digest of `person` may be made by now; a time that is not offered any more
        holds nothing back.
        """
        choice = self.by_person.get(person.pk)
        wanted = choice.digest_at if choice is not None else None
        return wanted is None or wanted not in self.allowed.times or wanted <= now
