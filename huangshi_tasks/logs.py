"""Log lines for machines: one JSON object per line on stderr."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from huangshi_tasks.lib import tracing


class JsonFormatter(logging.Formatter):
    """Time in UTC, level, logger, message; of a request or job the number that nginx, the page and
    mails have too; of a request its path, user and error number.

    The error number is the one on the page, so that what somebody reads out over the telephone
    finds its line, traceback included. Query strings and form contents are left out: they may hold
    names and unpublished figures.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if number := tracing.current.get():
            line["request_id"] = number
        line |= _request_facts(getattr(record, "request", None))
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        text = json.dumps(line, ensure_ascii=False, default=str)
        # half a character, as a broken answer brings it, cannot be written; the line still can
        return text.encode(errors="backslashreplace").decode()


def _request_facts(request: Any) -> dict[str, Any]:
    """Facts of the request that Django attaches to its records (sometimes it is a socket)."""
    if not hasattr(request, "META"):
        return {}
    facts = {
        "method": request.method,
        "path": request.path,
        "error_number": getattr(request, "error_number", None),
        "user": getattr(getattr(request, "user", None), "pk", None),
    }
    return {name: fact for name, fact in facts.items() if fact is not None}
