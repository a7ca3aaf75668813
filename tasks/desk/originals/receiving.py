"""A file or pasted text that comes in: read, judged and scanned before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.desk.acts import digest_of
from tasks.reader.sources.lines import Source, Unreadable
from tasks.reader.sources.opening import MOST_BYTES, open_bytes
from tasks.reader.sources.text import from_text
from units.files.uploads import Checked, Unacceptable, check, printable_name
from units.http import Request

FILE, TEXT = "file", "text"  # the two tabs
NO_FILE = "请选择责任分解文件，或粘贴文字。"
NO_TEXT = "请粘贴通知的文字，或上传文件。"


@dataclass(frozen=True)
class Received:
    """What may be kept: its reading is not begun yet."""

    source: Source
    checked: Checked | None
    sha256: str


class NotReadable(Exception):  # noqa: N818  # an answer, not a fault
    """`str()` is a whole Chinese sentence; `name` is what the file is called, "" of text."""

    def __init__(self, sentence: str, name: str = "") -> None:
        self.name = name
        super().__init__(sentence.removeprefix(f"“{name}”") if name else sentence)


def receive(request: Request) -> Received:
    """What the form of a page brought. Raises `NotReadable`."""
    if request.POST.get("way") == TEXT:
        return _pasted(request.POST.get("text", ""))
    return _uploaded(request)


def _pasted(text: str) -> Received:
    if not text.strip():
        raise NotReadable(NO_TEXT)
    try:
        source = from_text(text.replace("\x00", ""))
    except Unreadable as problem:
        raise NotReadable(str(problem)) from None
    return Received(source, None, digest_of(source))


def _uploaded(request: Request) -> Received:
    upload = request.FILES.get("file")
    if upload is None:
        raise NotReadable(NO_FILE)
    name = printable_name(upload.name or "")
    try:
        source = open_bytes(upload.read(MOST_BYTES + 1), name)
        upload.seek(0)
        checked = check(upload, actor=request.actor, now=request.now, is_text=source.kind == "txt")
    except (Unreadable, Unacceptable) as problem:
        raise NotReadable(str(problem), name) from None
    return Received(source, checked, checked.sha256)
