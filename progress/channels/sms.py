"""Short messages: the channel people read. A gateway over HTTP, or a folder of files.

The gateway is asked with `{"id", "mobile", "content"}` and answers `{"code": 0}` when it took the
message; any other code is a failure, whatever the HTTP status. A city's own gateway that speaks
otherwise gets a driver of its own beside these two.
"""

from __future__ import annotations

import re
from pathlib import Path

from huangshi_tasks.lib.telephones import mobile_in
from huangshi_tasks.lib.text import one_line
from huangshi_tasks.private import write_private
from progress.channels.base import Letter, NotTakenError
from progress.channels.posting import encoded, post
from units.city.names import city
from units.models import User

LONGEST = 200  # characters; a gateway cuts longer ones into several
MORE = "等{count}项，详见系统“消息”。"


class _Sms:
    key, label, is_group = "sms", "短信", False

    def address_of(self, person: User) -> str:
        return mobile_in(person.telephone)

    def close(self) -> None:
        """Nothing is kept open."""


class HttpSms(_Sms):
    """A gateway at `SMS_URL`, with `SMS_TOKEN` as bearer."""

    def __init__(self, url: str, token: str | None) -> None:
        self._url, self._token = url, token

    def send(self, letter: Letter) -> str:
        content = {
            "id": letter.reference,
            "mobile": letter.address,
            "content": content_of(letter),
        }
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        answer = post(self._url, encoded(content), headers)
        if answer.get("code") != 0:
            raise NotTakenError(f"短信网关答复代码{answer.get('code')}")
        return "短信网关已接收"


class FileSms(_Sms):
    """One file per message under a folder, named by its reference: for trials."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, letter: Letter) -> str:
        name = re.sub(r"[^0-9A-Za-z.-]", "_", letter.reference).strip("_")
        try:
            text = f"{letter.address}\n{content_of(letter)}\n"
            write_private(self.folder / f"{name}.txt", text)
        except OSError as error:
            raise NotTakenError(f"短信文件没有写成：{type(error).__name__}") from error
        return "已写入文件"


def content_of(letter: Letter) -> str:
    """The signature, the most urgent line, and how many there are; no link, nothing long."""
    head = f"【{city().sender}】"
    tail = MORE.format(count=len(letter.lines)) if len(letter.lines) > 1 else ""
    room = LONGEST - len(head) - len(tail)
    first = one_line(letter.lines[0].text)
    return head + (first if len(first) <= room else f"{first[: room - 1]}…") + tail
