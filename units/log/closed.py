"""What is closed is written no more, by whichever way one comes to it.

Whoever closes things says here what they are; every transition asks before it moves a state, and
the log before it takes an entry, without which no act ends: what was written is taken back.

A 查阅副本 was made of an archive without its log: it is known by the end of its log, which nobody
can continue, and so it is read and never worked in.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import models

from units.log.chain import GENESIS
from units.models import LogHead
from units.permissions import ALLOWED, Verdict

COPY = "reference-copy"  # as the key of the end of a log
IS_COPY = "这是归档包的查阅副本，没有账号和日志，只能用 manage.py explain 查阅，不能启动或办理。"
Question = Callable[[models.Model, str], Verdict]
_questions: list[Question] = []


def ask_of_every_act(question: Question) -> None:
    """`question` is asked with the row an act is on and the name under which it is logged."""
    if question not in _questions:
        _questions.append(question)


def may_write(subject: models.Model | None, action: str) -> Verdict:
    """Whether anything may still be done with it; the first refusal."""
    if subject is None:
        return ALLOWED
    answers = (question(subject, action) for question in _questions)
    return next((each for each in answers if not each), ALLOWED)


def mark_as_copy() -> None:
    """From now on this database is a 查阅副本."""
    LogHead.objects.create(id=1, position=0, hash=GENESIS, key=COPY)


def is_copy() -> bool:
    return LogHead.objects.filter(key=COPY).exists()
