"""What a load balancer and a watchman ask. Both answers are plain text and need no login.

`/healthz`: this process answers. `/readyz`: 503 when pages would fail (database, migrations), else
200; its first line says `ok`, `degraded` (something waits) or `not ok` (somebody has to act), the
others name the parts, without details: those are in the log and on 系统状态. An answer stands for
two seconds in a process: whoever asks without a login asks the database no more often.
"""

import time

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from huangshi_tasks.watching.parts import Level, Part, essential, worst

PLAIN = "text/plain; charset=utf-8"
STANDS = 2.0  # seconds
_last: tuple[float, list[Part]] | None = None
WORDS = {
    Level.OK: "ok",
    Level.DEGRADED: "degraded",
    Level.NOT_OK: "not ok",
    Level.FAILING: "failing",
}


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type=PLAIN)


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """200 or 503, a word for the whole, then the parts that are not as they should be."""
    parts = _parts()
    level = worst(parts)
    lines = [WORDS[level], *(f"{p.key}: {WORDS[p.level]}" for p in parts if p.level != Level.OK)]
    status = 503 if level == Level.FAILING else 200
    return HttpResponse("".join(f"{line}\n" for line in lines), status=status, content_type=PLAIN)


def _parts() -> list[Part]:
    """Two threads that ask at once both look; the later answer stands."""
    global _last  # of this process
    now = time.monotonic()
    if _last is None or now - _last[0] >= STANDS:
        _last = now, essential(timezone.now())
    return _last[1]
