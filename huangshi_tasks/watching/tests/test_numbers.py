"""One number of a request in the answer, the log, the page of an error, and a mail."""

from __future__ import annotations

import json
import logging

import pytest
from django.core import mail
from django.test import Client

from huangshi_tasks.lib import tracing
from huangshi_tasks.logs import JsonFormatter
from progress.channels.base import Letter, Line
from progress.channels.mail import Mail
from units.job_runs import noted

GIVEN = "0123456789abcdef0123456789abcdef"


class Written(logging.Handler):
    """Lines as they are written, at the moment at which they are."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(JsonFormatter().format(record)))


@pytest.fixture
def written() -> Written:
    handler = Written()
    logging.getLogger().addHandler(handler)
    return handler


@pytest.fixture(autouse=True)
def _unhook(written: Written) -> object:
    yield
    logging.getLogger().removeHandler(written)


def test_the_number_that_nginx_gave_goes_through(visitor: Client, written: Written) -> None:
    response = visitor.get("/crash", headers={"x-request-id": GIVEN})
    assert response["X-Request-ID"] == GIVEN
    assert f"请求编号 {GIVEN}" in response.content.decode()
    (line,) = [each for each in written.lines if "traceback" in each]
    assert line["request_id"] == GIVEN


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "a b c d e f g h", "<b>12345678</b>"])
def test_a_number_that_is_none_is_replaced(visitor: Client, given: str) -> None:
    found = visitor.get("/healthz", headers={"x-request-id": given})["X-Request-ID"]
    assert found != given
    assert len(found) == 32


def test_each_request_has_its_own(visitor: Client) -> None:
    assert len({visitor.get("/healthz")["X-Request-ID"] for _ in range(3)}) == 3
    assert tracing.current.get() == ""


def test_a_job_has_a_number_that_its_mails_carry(db: None, written: Written) -> None:
    with noted("progress.jobs.send_notices"):
        logging.getLogger("jobs").info("示例")
        Mail().send(Letter("<a@b>", "a@example.cn", "示例", [Line("示例")]))
    (sent,) = mail.outbox
    (line,) = [each for each in written.lines if each["logger"] == "jobs"]
    assert sent.extra_headers["X-Request-ID"] == line["request_id"]
    assert tracing.current.get() == ""
