"""kill -9 of the web process between request and answer never loses an acknowledged save."""

from __future__ import annotations

import http.client
import os
import signal
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from progress.filing.drafts import fingerprint
from progress.models import ProgressReport
from tests.cast import Cast, make_item, make_plan, report_of
from tests.servers import WebServer, wait_for

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TOKEN = "a" * 32  # a CSRF cookie and header that agree
ANSWER_SECONDS = 60
# seconds after the request at which the process dies: before, while and after it is saved
MOMENTS = (0.001, 0.03, 0.1, 0.4)


class Typist:
    """Saves the draft of one report over HTTP, as the form does."""

    def __init__(self, web: WebServer, cast: Cast, report: ProgressReport) -> None:
        client = Client()
        client.force_login(cast.reporter.user)
        self.web, self.report = web, report
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def send(self, words: str, timeout: float) -> http.client.HTTPConnection:
        line = http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=timeout)
        body = urlencode({"base": fingerprint(self.report.latest()), "progress": words})
        address = f"/2022/reports/{self.report.pk}/"
        line.request("POST", address, body=body, headers=self.headers)
        return line

    def save(self, words: str) -> None:
        """Save and wait for the answer."""
        answer = self.send(words, ANSWER_SECONDS).getresponse()
        assert (answer.status, answer.headers["Location"]) == (
            302,
            f"/2022/reports/{self.report.pk}/",
        )

    def stored(self) -> str:
        version = self.report.latest()
        return version.progress if version is not None else ""


def kill_at_once(web: WebServer) -> None:
    """SIGKILL to the worker that serves, then to its master."""
    assert web._process is not None
    master = web._process.pid
    for child in Path(f"/proc/{master}/task/{master}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)
    web.stop(signal.SIGKILL)


def start(web: WebServer) -> None:
    web.start()
    wait_for(lambda: is_up(web))


def is_up(web: WebServer) -> bool:
    try:
        with urllib.request.urlopen(f"{web.url}/healthz", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def test_what_was_acknowledged_is_there_whenever_the_process_dies() -> None:
    cast = Cast()
    report = report_of(make_item(make_plan(), cast), cast.lead)
    here = connection.settings_dict
    environment = {
        "DATABASE_URL": f"postgres://{here['USER']}@{here['HOST']}:{here['PORT']}/{here['NAME']}",
        "SECRET_KEY": settings.SECRET_KEY,
        "FILES_DIR": str(settings.FILES_DIR),
        "BUSINESS_DATE": "2022-08-03",
        "ALLOW_BUSINESS_DATE": "1",
    }
    with WebServer(environment) as web:
        wait_for(lambda: is_up(web))
        typist = Typist(web, cast, report)
        for turn, moment in enumerate(MOMENTS):
            saved, begun = f"示例：第{turn}次已保存。", f"示例：第{turn}次未得到答复。"
            typist.save(saved)
            line = typist.send(begun, ANSWER_SECONDS)
            assert line.sock is not None
            line.sock.settimeout(moment)
            with suppress(TimeoutError):
                line.sock.recv(1)
            kill_at_once(web)
            line.close()
            assert typist.stored() in {saved, begun}
            start(web)
        typist.save("示例：最后一次。")
        assert typist.stored() == "示例：最后一次。"
        assert report.versions.count() == 1
