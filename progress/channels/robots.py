"""Group robots of 企业微信 and 钉钉. Both answer HTTP 200 with an error code when they refuse."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from urllib.parse import quote_plus

from progress.channels.base import Letter, NotTakenError
from progress.channels.posting import encoded, post
from units.models import User

LONGEST_BYTES = 2048  # of a text, in both
CUT = "…"


class _Robot:
    is_group = True
    label: str

    def address_of(self, person: User) -> str:
        return ""

    def close(self) -> None:
        """Nothing is kept open."""

    def _post(self, url: str, text: str) -> str:
        body = {"msgtype": "text", "text": {"content": text}}
        answer = post(url, encoded(body), {})
        if answer.get("errcode") != 0:
            raise NotTakenError(f"{self.label}答复错误代码{answer.get('errcode')}")
        return f"{self.label}已接收"


class WeCom(_Robot):
    """企业微信: the key stands in `WECOM_URL`."""

    key, label = "wecom", "企业微信群"

    def __init__(self, url: str) -> None:
        self._url = url

    def send(self, letter: Letter) -> str:
        return self._post(self._url, text_of(letter))


class DingTalk(_Robot):
    """钉钉: each call is signed with `DINGTALK_SECRET`, by its own time in milliseconds."""

    key, label = "dingtalk", "钉钉群"

    def __init__(self, url: str, secret: str | None) -> None:
        self._url, self._secret = url, secret

    def send(self, letter: Letter) -> str:
        url = self._url
        if self._secret:
            moment = str(round(time.time() * 1000))
            url = f"{url}&timestamp={moment}&sign={signature(self._secret, moment)}"
        return self._post(url, text_of(letter))


def signature(secret: str, moment: str) -> str:
    """钉钉's: HMAC-SHA256 of time and secret under the secret, base64, as part of an address."""
    digest = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    return quote_plus(base64.b64encode(digest))


def text_of(letter: Letter) -> str:
    """All lines, cut to what a robot takes."""
    text = "\n".join(line.text for line in letter.lines)
    raw = text.encode()
    if len(raw) <= LONGEST_BYTES:
        return text
    return raw[: LONGEST_BYTES - len(CUT.encode())].decode(errors="ignore") + CUT
