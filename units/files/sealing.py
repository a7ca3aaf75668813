"""Zips that open by a password only: AES-256, as WinRAR, 7-Zip and 360压缩 know it."""

from __future__ import annotations

import io
from typing import IO, Any

import pyzipper

SHORTEST = 12  # characters of a password that a person chose


def sealed_zip(target: IO[bytes] | Any, mode: str, password: str) -> Any:
    """Like a `ZipFile` open in `mode`; what is written is encrypted, names are not."""
    package = pyzipper.AESZipFile(
        target,
        mode,
        compression=pyzipper.ZIP_DEFLATED,
        allowZip64=True,
        encryption=pyzipper.WZ_AES,
    )
    package.setpassword(password.encode())
    return package


def sealed_file(name: str, content: bytes, password: str) -> bytes:
    """A zip that holds `content` as `name`."""
    stream = io.BytesIO()
    with sealed_zip(stream, "w", password) as package:
        package.writestr(name, content)
    return stream.getvalue()
