"""What a person is told of the own account, and the auditor of acts on powers: sent in the
transaction of the act. Messages stand above this app; `progress.telling.accounts` writes them.
"""

from __future__ import annotations

from datetime import datetime

from django.dispatch import Signal

from units.models import User

account_changed = Signal()
powers_changed = Signal()


def tell(user: User, text: str, *, now: datetime, link: str = "") -> None:
    """`user` is told `text`; `link`: where it is acted on, else the list of messages."""
    account_changed.send(sender=User, user=user, text=text, now=now, link=link)


def tell_auditors(text: str, *, now: datetime, link: str = "") -> None:
    """Every auditor is told `text`."""
    powers_changed.send(sender=User, text=text, now=now, link=link)
