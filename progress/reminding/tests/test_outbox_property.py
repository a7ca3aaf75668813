"""Whatever happens to the deliveries of a day, in whatever order: every good one is taken once, and
every bad one ends as 未送达, within the promised attempts.

Taken twice is only what was taken by the channel in a run that was killed before it could write
that down, once for each such kill and under the same reference (docs/reliability.md, the window).
"""

from __future__ import annotations

import http.client
import logging
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.core.mail import BadHeaderError
from django.db import DataError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from progress.channels.base import Letter, NotTakenError, RejectedError
from progress.channels.mail import Mail
from progress.models import Delivery, DeliveryState, Message, Reminder, ReminderState
from progress.reminding import outbox
from tests.cast import Cast, at
from units.models import User

pytestmark = pytest.mark.django_db
START = at("2022-08-03", "09:00:00")
A_DAY_AND_A_BIT = timedelta(hours=30)  # 28 attempts with their waits, and leases of killed runs


@pytest.fixture(autouse=True)
def unlogged() -> Iterator[None]:
    """What is logged of these faults is half characters too, which no report of a test may hold."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Killed(BaseException):
    """The worker is gone: nothing behind it runs."""


FAULTS: dict[str, Exception] = {
    "not taken": NotTakenError("示例：没有连上"),
    "header": BadHeaderError("一\r\n二"),
    "reset": ConnectionResetError(),
    "cut off": http.client.IncompleteRead(b""),
    "encoding": UnicodeDecodeError("utf-8", b"\xff", 0, 1, "示例"),
    "packed": zlib.error("示例"),
    "no json": ValueError("\x00\ud800"),
    "no key": KeyError("code"),
    "deep": RecursionError(),
    "row": DataError("示例"),
}
BEFORE, AFTER, OVERTAKEN, GOOD, REFUSED = (
    "killed before",
    "killed after",
    "overtaken",
    "",
    "refused",
)
fault = st.sampled_from([*FAULTS, BEFORE, OVERTAKEN])
good = st.lists(st.one_of(fault, st.just(AFTER)), max_size=4).map(tuple)
hard = st.tuples(st.integers(5, outbox.MOST_ATTEMPTS - 1), fault).map(
    lambda each: (each[1],) * each[0]
)
refused = st.lists(fault, max_size=3).map(lambda faults: (*faults, REFUSED))
poisoned = st.sampled_from([*FAULTS, BEFORE]).map(lambda each: (each,) * (outbox.MOST_ATTEMPTS + 2))
FATES = st.lists(st.one_of(good, good, good, hard, refused, poisoned), min_size=2, max_size=7)


@dataclass
class Post:
    """A channel; what befalls each attempt at a delivery stands in `fates`, then it is taken."""

    fates: dict[str, tuple[str, ...]]
    now: datetime = START
    taken: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    key, label, is_group = Mail.key, Mail.label, False

    def address_of(self, person: User) -> str:
        return "示例"

    def close(self) -> None:
        """Nothing is kept open."""

    def send(self, letter: Letter) -> str:
        mine = letter.reference
        place = self.tried[mine]
        self.tried[mine] += 1
        befalls = self.fates[mine][place] if place < len(self.fates[mine]) else GOOD
        if befalls in FAULTS:
            raise FAULTS[befalls]
        if befalls == REFUSED:
            raise RejectedError("示例：没有这个号码")
        if befalls == BEFORE:
            raise Killed
        if befalls == OVERTAKEN:  # another worker looks for work while this one waits
            outbox.deliver(at=self.now, ladder_too=True)
            raise NotTakenError("示例")
        self.taken[mine] += 1
        if befalls == AFTER:
            raise Killed
        return "已接收"


def waiting_rows(user: User, fates: list[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    known = {}
    for place, fate in enumerate(fates):
        message = Message.objects.create(
            key=f"notice:{place}", recipient=user, is_immediate=True, made_at=START
        )
        Reminder.objects.create(
            subject=f"trial:{place}", rung="now", recipient=user, due_on=START.date(), text="示例",
            is_immediate=True, message=message, claimed_at=START, state=ReminderState.CLAIMED,
        )  # fmt: skip
        row = Delivery.objects.create(
            message=message, channel=Mail.key, address="x", reference=f"<{place}>", next_at=START
        )
        known[row.reference] = fate
    return known


def next_moment(now: datetime) -> datetime | None:
    """When something can be tried again."""
    lease = outbox.minutes(outbox.LEASE_MINUTES) + timedelta(seconds=1)
    waits = Delivery.objects.filter(state=DeliveryState.WAITING).values_list("next_at", flat=True)
    claims = Delivery.objects.filter(state=DeliveryState.CLAIMED).values_list(
        "claimed_at", flat=True
    )
    moments = [*waits, *(claimed + lease for claimed in claims if claimed is not None)]
    return max(now, min(moments)) if moments else None


def run_to_the_end(post: Post) -> None:
    moment: datetime | None = START
    while moment is not None:
        post.now = moment
        with suppress(Killed):
            outbox.deliver(at=moment, ladder_too=True)
        moment = next_moment(moment)
        assert post.now < START + A_DAY_AND_A_BIT


def judge(post: Post) -> None:
    for row in Delivery.objects.select_related("message"):
        fate = post.fates[row.reference]
        killed_after = fate[: row.attempts].count(AFTER)
        reminder = row.message.reminders.get()
        assert reminder.state == ReminderState.SENT
        dies = BEFORE in fate  # found out by the run after the last one that died
        assert row.attempts <= outbox.MOST_ATTEMPTS + dies
        if fate[-1:] == (REFUSED,) or len(fate) > outbox.MOST_ATTEMPTS:
            assert row.state == DeliveryState.GIVEN_UP
            assert "未送达" in reminder.delivery
            assert post.taken[row.reference] == 0
            assert post.tried[row.reference] <= outbox.MOST_ATTEMPTS
        else:
            assert row.state == DeliveryState.SENT
            assert row.attempts == len(fate) + 1
            assert post.taken[row.reference] == 1 + killed_after
            assert "未送达" not in reminder.delivery


def walk(cast: Cast, monkeypatch: pytest.MonkeyPatch, fates: list[tuple[str, ...]]) -> None:
    with transaction.atomic(), monkeypatch.context() as patched:
        post = Post(waiting_rows(cast.reporter.user, fates))
        patched.setattr(outbox, "configured", lambda: [post])
        run_to_the_end(post)
        judge(post)
        transaction.set_rollback(True)


FIXTURE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=12, deadline=None, suppress_health_check=FIXTURE, derandomize=True)
@given(fates=FATES)
def test_every_good_one_is_taken_once_and_every_bad_one_ends(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, fates: list[tuple[str, ...]]
) -> None:
    walk(cast, monkeypatch, fates)


@pytest.mark.slow
@settings(max_examples=250, deadline=None, suppress_health_check=FIXTURE)
@given(fates=FATES)
def test_the_same_for_many_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, fates: list[tuple[str, ...]]
) -> None:
    walk(cast, monkeypatch, fates)


def test_each_kind_of_fault_in_the_middle_of_good_ones(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = [(name,) * (outbox.MOST_ATTEMPTS + 2) for name in FAULTS]
    walk(cast, monkeypatch, [(), *bad, (REFUSED,), ()])
