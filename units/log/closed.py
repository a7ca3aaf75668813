"""What is closed is written no more, by whichever way one comes to it.

Whoever closes things says here what they are; every transition asks before it moves a state, and
the log before it takes an entry, without which no act ends: what was written is taken back.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import models

from units.permissions import ALLOWED, Verdict

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
