"""Sessions in the database, as Django's; the stamps come with them, in one query."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from units.stamps.current import SUM_OF, Stamps
from units.stamps.shown import FINALIZED, LIVE

LOADED = f"""
SELECT session_data, {SUM_OF}, {SUM_OF}
FROM django_session WHERE session_key = %s AND expire_date > %s
"""  # noqa: S608  # names of our own


class SessionStore(db.SessionStore):
    """`stamps` as they stood when the session was read; None before, and of a new session."""

    stamps: Stamps | None = None

    def _get_session_from_db(self) -> Any:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(LOADED, [FINALIZED, LIVE, self.session_key, now])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        data, finalized, live = row
        self.stamps = Stamps(int(finalized), int(live))
        return SimpleNamespace(session_data=data)
