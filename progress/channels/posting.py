"""The one way by which anything is posted to another host: known hosts, a time limit, no
redirects, and an answer that is read to its code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from urllib3.exceptions import HTTPError

from progress.channels.base import NotTakenError, RejectedError

CONNECT_SECONDS, READ_SECONDS = 5, 10
LONGEST_ANSWER = 64 * 1024


def post(url: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """POST `body` (JSON) and return the JSON object answered.

    Raises `RejectedError` for a host that is not in OUTBOUND_HOSTS, `NotTakenError` for everything
    that may be better later: no connection, a status that is no success, an answer that is no JSON
    or breaks off (it stalls, is shorter than announced, is cut, cannot be decoded).
    """
    if urlsplit(url).hostname not in settings.OUTBOUND_HOSTS:
        raise RejectedError("目标主机不在允许名单（OUTBOUND_HOSTS）中")
    try:
        with requests.post(
            url,
            data=body,
            headers={"Content-Type": "application/json; charset=utf-8", **headers},
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            allow_redirects=False,
            stream=True,
        ) as response:
            return _answer(response)
    except (requests.RequestException, HTTPError, OSError) as error:  # urllib3's own, too
        raise NotTakenError(f"没有连上或答复中断：{type(error).__name__}") from error


def encoded(value: Mapping[str, Any]) -> bytes:
    """`value` as the bytes that are signed and sent."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _answer(response: requests.Response) -> dict[str, Any]:
    if not response.ok or response.is_redirect:
        raise NotTakenError(f"对方答复状态{response.status_code}")
    raw = response.raw.read(LONGEST_ANSWER, decode_content=True)
    try:
        answer = json.loads(raw) if raw.strip() else {}
    except ValueError:
        raise NotTakenError("对方的答复无法读取") from None
    if not isinstance(answer, dict):
        raise NotTakenError("对方的答复无法读取")
    return answer
