"""A gateway whose answer breaks off has not taken the message, whatever breaks."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from progress.channels import posting
from progress.channels.base import Letter, Line, NotTakenError
from progress.channels.sms import HttpSms
from progress.channels.webhook import Webhook

pytestmark = pytest.mark.django_db  # a message is signed with the names of the place
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
TAKEN = b'{"code": 0}'
LETTER = Letter("<notice-1-sms@localhost>", "13800000000", "联络员", [Line("示例：一项")])
BROKEN = {
    "stalls": HEAD + b"Content-Length: 11\r\n\r\n{",
    "shorter than announced": HEAD + b"Content-Length: 500\r\n\r\n" + TAKEN,
    "cut chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n40\r\n" + TAKEN,
    "no chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "wrong encoding": HEAD + b"Content-Encoding: gzip\r\nContent-Length: 11\r\n\r\n" + TAKEN,
    "no text": HEAD + b"Content-Length: 3\r\n\r\n\xff\xfe\xfd",
    "no status line": b"hello\r\n\r\n",
    "nothing": b"",
    "reset": HEAD + b"Content-Length: 11\r\n\r\n",
}


class BrokenGateway:
    """Answers every request with the same bytes; `how` says what follows them."""

    def __init__(self, answer: bytes, how: str) -> None:
        self._answer, self._how = answer, how
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self._done = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while not self._done.is_set():
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            peer.recv(65536)
            peer.sendall(self._answer)
            if self._how == "stalls":
                self._done.wait(5)
            if self._how == "reset":
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            peer.close()

    def stop(self) -> None:
        self._done.set()
        self._socket.close()


@pytest.fixture(params=BROKEN)
def gateway(
    request: pytest.FixtureRequest, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[BrokenGateway]:
    settings.OUTBOUND_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(posting, "READ_SECONDS", 0.3)
    server = BrokenGateway(BROKEN[request.param], request.param)
    yield server
    server.stop()


def test_a_broken_answer_is_not_taken(gateway: BrokenGateway) -> None:
    for channel in (HttpSms(gateway.url, None), Webhook(gateway.url, None)):
        with pytest.raises(NotTakenError):
            channel.send(LETTER)
