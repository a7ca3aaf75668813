"""病毒扫描 of what comes in, for every upload: a virus is logged and refused."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models, transaction

from huangshi_tasks.lib.clamd import Answer, Scan, scan
from units import log
from units.actors import Actor

INFECTED = "文件含有病毒（{virus}），没有保存。请用杀毒软件检查本机后重新上传。"
problems = logging.getLogger(__name__)


class ScanState(models.TextChoices):
    """What the virus scanner said of a file; who opens it then is its keeper's to say."""

    NOT_CONFIGURED = "", "未配置病毒扫描"
    CLEAN = "clean", "未发现病毒"
    WAITING = "waiting", "待扫描"
    INFECTED = "infected", "含病毒"


# nobody opens a file in these
CLOSED = frozenset({ScanState.WAITING, ScanState.INFECTED})
STATES = {
    Answer.NOT_CONFIGURED: ScanState.NOT_CONFIGURED,
    Answer.CLEAN: ScanState.CLEAN,
    Answer.UNREACHABLE: ScanState.WAITING,
    Answer.INFECTED: ScanState.INFECTED,
}


class Infected(ValueError):  # noqa: N818  # an answer, not a fault
    """Why a file is refused; `str()` is a whole Chinese sentence."""


def scanned(
    chunks: Iterable[bytes], *, name: str, sha256: str, actor: Actor, now: datetime
) -> Scan:
    """Ask the scanner that is configured, outside any transaction. Raises `Infected`.

    What a scanner that does not answer means is the caller's to decide.
    """
    found = scan(chunks, settings.CLAMD_URL)
    if found.answer == Answer.UNREACHABLE:
        problems.error("virus scanner does not answer: %s", found.problem)
    if found.answer != Answer.INFECTED:
        return found
    with transaction.atomic():
        log.record(
            actor=actor,
            action="evidence.infected",
            summary=f"拒收含病毒文件：{name}（{found.virus}）",
            changes={"sha256": sha256, "virus": found.virus},
            now=now,
        )
    raise Infected(INFECTED.format(virus=found.virus[:60]))
