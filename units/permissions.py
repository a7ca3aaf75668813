"""May this person? A refusal carries its reason in words. Row scope is
`QuerySet.visible_to(actor)`.
"""

from __future__ import annotations

from dataclasses import dataclass

from units.actors import Actor
from units.errors import Refused


@dataclass(frozen=True)
class Verdict:
    """True when allowed; a refusal says why."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


ALLOWED = Verdict()


def denied(reason: str) -> Verdict:
    """A refusal with its reason, a whole Chinese sentence."""
    return Verdict(reason)


def require(verdict: Verdict) -> None:
    """Raise `Refused` (403) unless allowed."""
    if not verdict:
        raise Refused(verdict.reason)


def can_administer(actor: Actor) -> Verdict:
    """Accounts, appointments, units: the admin's, and nothing else of the system is (三权分立)."""
    return ALLOWED if actor.is_admin else denied("账号和单位由系统管理员维护。")


def can_read_log(actor: Actor) -> Verdict:
    return ALLOWED if actor.is_auditor else denied("操作日志只供审计员查阅。")


def can_run_the_year(actor: Actor) -> Verdict:
    """Periods, reviewing, 定稿: the office's."""
    return ALLOWED if actor.is_office else denied("此项由督查室办理。")
