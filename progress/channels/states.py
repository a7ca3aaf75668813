"""How each channel is doing: what it took last, what waits, what was given up; and a trial."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db.models import Count, Max, Q

from progress.channels.base import Letter, Line, NotTakenError, RejectedError
from progress.channels.configured import LABELS, configured
from progress.models import OPEN_DELIVERIES, Delivery, DeliveryState
from units import log
from units.actors import Actor
from units.errors import NotNow

TRIAL = "这是一条测试消息，收到说明该渠道可用。"


@dataclass(frozen=True)
class ChannelState:
    """One channel as the page shows it. `trouble` is the reason given last."""

    key: str
    label: str
    is_configured: bool
    sent: int = 0
    waiting: int = 0
    given_up: int = 0
    last_sent_at: datetime | None = None
    trouble: str = ""


def states() -> Iterator[ChannelState]:
    """Of every kind of channel, configured or not. Three queries."""
    ours = {channel.key for channel in configured()}
    counts = {row["channel"]: row for row in _counts()}
    troubled = Delivery.objects.exclude(state=DeliveryState.SENT).exclude(result="")
    reasons = dict(troubled.order_by("pk").values_list("channel", "result"))
    for key, label in LABELS.items():
        row: Mapping[str, Any] = counts.get(key, {})
        yield ChannelState(
            key=key,
            label=label,
            is_configured=key in ours,
            sent=row.get("sent", 0),
            waiting=row.get("waiting", 0),
            given_up=row.get("given_up", 0),
            last_sent_at=row.get("last_sent_at"),
            trouble=reasons.get(key, "") if row.get("waiting") or row.get("given_up") else "",
        )


def _counts() -> Iterator[Mapping[str, Any]]:
    is_sent = Q(state=DeliveryState.SENT)
    rows = Delivery.objects.order_by().values("channel")
    yield from rows.annotate(
        sent=Count("pk", filter=is_sent),
        waiting=Count("pk", filter=Q(state__in=OPEN_DELIVERIES)),
        given_up=Count("pk", filter=Q(state=DeliveryState.GIVEN_UP)),
        last_sent_at=Max("ended_at", filter=is_sent),
    )


def try_out(*, key: str, actor: Actor, now: datetime) -> str:
    """Send a trial to the person who asks (a group channel: to its group); what was answered.

    Raises `NotNow` with the reason when it was not taken.
    """
    channel = next((each for each in configured() if each.key == key), None)
    if channel is None:
        raise NotNow("该渠道未配置，请系统管理员在服务器环境变量中设置。")
    address = channel.address_of(actor.user)
    if not address and not channel.is_group:
        raise NotNow(f"您的账号没有登记{channel.label}地址，请系统管理员登记后再试。")
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    letter = Letter(f"<trial-{uuid4().hex}@{host}>", address, str(actor.user), [Line(TRIAL)])
    try:
        result = channel.send(letter)
    except (NotTakenError, RejectedError) as trouble:
        result = f"没有送达：{trouble}"
        raise NotNow(f"{channel.label}{result}。") from trouble
    finally:
        channel.close()
        log.record(
            actor=actor,
            action="channel.try",
            subject=None,
            summary=f"测试消息渠道：{channel.label}，{result}",
            changes={"channel": key},
            now=now,
        )
    return f"{channel.label}：{result}。"
