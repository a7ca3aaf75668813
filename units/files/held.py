"""A chosen file survives an error: the form that comes back holds it, so that nobody chooses twice.

Whatever the form found wrong elsewhere, the file stands in a hidden folder of the store (neither
backed up nor anybody's) under a random name, and the form that is shown again carries a signed note
of it, good in this session for a day. What is wrong with the file itself is not held. It is judged
and scanned like any upload when the form is accepted.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.safestring import SafeString

from units.files.keeping import random_name
from units.files.quota import OverQuota, take
from units.files.store import has_room
from units.files.uploads import printable_name
from units.log.origin import asked, origin

FOLDER = ".held"
NOTE, WITHOUT = "held-{name}", "held-{name}-off"
KILOBYTE = 1024
SALT = "units.files.held"
KEPT_SECONDS = 24 * 60 * 60
STILL = "已选：{name}（{size}），重新提交时一并上传；要换的另选文件"


class HeldFileInput(forms.FileInput):
    """The widget of one file; each form has a copy of its own."""

    held: UploadedFile[Any] | None = None
    note = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = super().value_from_datadict(data, files, name)
        if chosen is None:
            is_off = data.get(WITHOUT.format(name=name))
            self.note = "" if is_off else str(data.get(NOTE.format(name=name), ""))
            chosen = taken_up(self.note)
        else:
            self.note = ""
        self.held = chosen
        return chosen

    def use_required_attribute(self, initial: Any) -> bool:
        return super().use_required_attribute(initial) and self.held is None

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        drawn = super().render(name, value, dict(attrs or {}), renderer)
        is_wrong = "aria-invalid" in (attrs or {})
        if self.held is None or is_wrong or not (note := self.note or hold(self.held)):
            return drawn
        size = f"{max((self.held.size or 0) // KILOBYTE, 1)}KB"
        return format_html(
            '{}<input type="hidden" name="{}" value="{}"><p class="help"><span>{}</span>'
            '<label><input class="form-check-input" type="checkbox" name="{}"> 不要这个文件</label>'
            "</p>",
            drawn,
            NOTE.format(name=name),
            note,
            STILL.format(name=printable_name(self.held.name or ""), size=size),
            WITHOUT.format(name=name),
        )


def hold(upload: UploadedFile[Any]) -> str:
    """Put `upload` aside; its signed note, empty where nobody asks or there is no room for it."""
    request, size = asked(), upload.size or 0
    actor = getattr(request, "actor", None)
    if actor is None or upload.closed or size > settings.UPLOAD_MAX_BYTES or not has_room(size):
        return ""
    try:
        take(actor, size)
    except OverQuota:
        return ""
    forget_old()
    folder = settings.FILES_DIR / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    stored = random_name("bin")
    upload.seek(0)
    try:
        with (folder / stored).open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
    except OSError:
        (folder / stored).unlink(missing_ok=True)
        return ""
    value = {"file": stored, "name": upload.name, "size": size, "session": origin().session}
    return signing.dumps(value, salt=SALT, compress=True)


def taken_up(note: str) -> UploadedFile[Any] | None:
    """The file of a note of this session; None for anything else."""
    if not note:
        return None
    try:
        value = signing.loads(note, salt=SALT, max_age=KEPT_SECONDS)
        if value["session"] != origin().session:
            return None
        file = (settings.FILES_DIR / FOLDER / value["file"]).open("rb")
    except (signing.BadSignature, KeyError, TypeError, OSError):
        return None
    return UploadedFile(file, name=value["name"], size=value["size"])


def forget_old() -> None:
    """Delete what was held for longer than a day, or never sent again."""
    until = time.time() - KEPT_SECONDS
    folder = settings.FILES_DIR / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            if path.stat().st_mtime < until:
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            continue
