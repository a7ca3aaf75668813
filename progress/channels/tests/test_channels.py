"""Each channel against a real server on loopback; what an error code in HTTP 200 means."""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
from django.conf import LazySettings

from progress.channels.base import Letter, Line, NotTakenError, RejectedError
from progress.channels.configured import LABELS, configured
from progress.channels.mail import Mail
from progress.channels.robots import LONGEST_BYTES, DingTalk, WeCom, signature, text_of
from progress.channels.sms import FileSms, HttpSms, content_of
from progress.channels.webhook import Webhook
from tests.http_sink import HttpSink
from tests.servers import free_port
from tests.smtp import SmtpSink
from units.models import User

pytestmark = pytest.mark.django_db  # a message is signed with the names of the place
LETTER = Letter(
    "<digest-1-2022-08-03-sms@localhost>",
    "13800000000",
    "市住建局 联络员",
    [Line("示例：重点工作第17项今天24时截止。", "http://x/1"), Line("示例：另一项")],
)


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[HttpSink]:
    settings.OUTBOUND_HOSTS = ["127.0.0.1"]
    server = HttpSink()
    server.start()
    yield server
    server.stop()


def channels_at(url: str) -> list[Any]:
    return [
        HttpSms(f"{url}/sms", "t0ken"),
        WeCom(f"{url}/cgi-bin/webhook/send?key=abc"),
        DingTalk(f"{url}/robot/send?access_token=abc", "s3cret"),
        Webhook(f"{url}/hook", "s3cret"),
    ]


def test_every_channel_hands_its_letter_over(sink: HttpSink) -> None:
    for channel in channels_at(sink.url):
        assert channel.send(LETTER).endswith("已接收")
    sms, wecom, dingtalk, webhook = sink.requests
    assert sms[1]["Authorization"] == "Bearer t0ken"
    assert sms[2] == {
        "id": LETTER.reference,
        "mobile": "13800000000",
        "content": "【督查室】示例：重点工作第17项今天24时截止。等2项，详见系统“消息”。",
    }
    assert wecom[2]["text"]["content"] == "示例：重点工作第17项今天24时截止。\n示例：另一项"
    query = parse_qs(urlsplit(dingtalk[0]).query)
    assert query["sign"][0] == unquote_plus(signature("s3cret", query["timestamp"][0]))
    digest = hmac.new(b"s3cret", sink.last_body, hashlib.sha256).hexdigest()
    assert webhook[1]["X-Signature"] == f"sha256={digest}"


REFUSALS = [
    (200, b'{"errcode": 45009, "code": 7}'),
    (200, b"not json"),
    (200, b"[]"),
    (200, b""),
    (500, b"{}"),
    (404, b"{}"),
]


@pytest.mark.parametrize("answer", REFUSALS)
def test_a_success_status_with_an_error_inside_is_a_failure(
    sink: HttpSink, answer: tuple[int, bytes]
) -> None:
    sink.answer = answer
    for channel in channels_at(sink.url)[:3]:
        with pytest.raises(NotTakenError):
            channel.send(LETTER)


def test_a_redirect_is_not_followed(sink: HttpSink) -> None:
    sink.answer, sink.location = (302, b""), f"{sink.url}/elsewhere"
    for channel in channels_at(sink.url):
        with pytest.raises(NotTakenError, match="302"):
            channel.send(LETTER)
    assert all("/elsewhere" not in path for path, _, _ in sink.requests)


def test_a_host_that_is_not_listed_is_never_asked(sink: HttpSink, settings: LazySettings) -> None:
    settings.OUTBOUND_HOSTS = ["localhost"]
    for channel in channels_at(sink.url):
        with pytest.raises(RejectedError, match="OUTBOUND_HOSTS"):
            channel.send(LETTER)
    assert sink.requests == []


def test_nobody_there_is_tried_again_later(settings: LazySettings) -> None:
    settings.OUTBOUND_HOSTS = ["127.0.0.1"]
    for channel in channels_at(f"http://127.0.0.1:{free_port()}"):
        with pytest.raises(NotTakenError, match="没有连上"):
            channel.send(LETTER)


def test_short_messages_to_a_folder_are_written_once(tmp_path: Path) -> None:
    channel = FileSms(tmp_path / "sms")
    channel.send(LETTER)
    channel.send(LETTER)
    (file,) = (tmp_path / "sms").iterdir()
    assert file.read_text().startswith("13800000000\n【督查室】示例")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("0714-6352000", ""),
        ("", ""),
        ("12800000000", ""),
    ],
)
def test_only_a_mobile_number_gets_short_messages(number: str, expected: str) -> None:
    assert FileSms(Path()).address_of(User(telephone=number)) == expected


def test_a_long_text_is_cut_to_what_the_channel_takes() -> None:
    long = Letter("<x>", "", "", [Line("长" * 2000), Line("二")])
    assert len(content_of(long)) == 200
    assert content_of(long).endswith("…等2项，详见系统“消息”。")
    assert len(text_of(long).encode()) <= LONGEST_BYTES


def test_a_mailbox_that_does_not_exist_is_refused_for_good(smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse_recipients = "550 no such user"
    channel = Mail()
    with pytest.raises(RejectedError, match="550"):
        channel.send(Letter("<a@b>", "nobody@sample.invalid", "", [Line("示例")]))
    smtp_sink.refuse_recipients = "450 try later"
    with pytest.raises(NotTakenError):
        channel.send(Letter("<a@b>", "nobody@sample.invalid", "", [Line("示例")]))


def test_many_letters_go_over_one_connection(smtp_sink: SmtpSink) -> None:
    channel = Mail()
    for place in range(5):
        channel.send(Letter(f"<{place}@b>", "a@sample.invalid", "", [Line("示例")]))
    channel.close()
    assert (len(smtp_sink.messages), smtp_sink.connections) == (5, 1)


def test_only_what_the_settings_name_is_a_channel(settings: LazySettings) -> None:
    assert [channel.key for channel in configured()] == ["mail"]
    settings.SMS_FOLDER = Path("x")
    settings.WECOM_URL = settings.DINGTALK_URL = settings.WEBHOOK_URL = "http://127.0.0.1/"
    assert [channel.key for channel in configured()] == list(LABELS)
