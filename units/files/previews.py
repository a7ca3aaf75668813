"""Previews: an image drawn again at screen size, so that place and camera (EXIF) stay behind."""

from __future__ import annotations

import fcntl
import io
import logging
import os
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from PIL import Image, ImageOps

log = logging.getLogger(__name__)

SIDE = 1600  # pixels
QUALITY = 82
TURN_SECONDS = 30
# Format → pixels that may be decoded, four bytes each; what has more is a bomb, or for a plotter.
MOST_PIXELS = {
    "JPEG": 120_000_000,  # photos: a phone takes 12 to 108 million, and they are decoded small
    "PNG": 36_000_000,  # scans: A4 at 600 dots an inch
    "TIFF": 36_000_000,
    "BMP": 36_000_000,
    "GIF": 36_000_000,
    "WEBP": 17_000_000,  # while it is decoded the picture is held four times
}
MOST_PROGRESSIVE = 36_000_000  # a JPEG that comes in passes is held whole


def preview_of(opened: IO[bytes] | Any) -> bytes | None:
    """A JPEG of the first frame without any metadata; None when it cannot be drawn.

    Its size is looked at before anything is decoded, and one image at a time is decoded on this
    machine: neither one upload nor many at once take more memory than that.
    """
    opened.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(opened, formats=list(MOST_PIXELS)) as image:
                if image.width * image.height > _most_of(image):
                    return None
                with _turn():
                    return _drawn_again(image)
    except Exception as problem:  # decoders of broken images raise whatever they like
        log.warning("no preview: %s", problem)
        return None
    finally:
        opened.seek(0)


def _most_of(image: Image.Image) -> int:
    if image.format == "JPEG" and "progressive" in image.info:
        return MOST_PROGRESSIVE
    most = MOST_PIXELS[image.format or ""]
    return most // 2 if "A" in image.getbands() else most  # shrinking transparency takes a copy


@contextmanager
def _turn() -> Iterator[None]:
    """One at a time of all processes of this user. Raises `TimeoutError`."""
    path = Path(tempfile.gettempdir()) / f"huangshi-tasks-preview-{os.getuid()}.lock"
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        until = time.monotonic() + TURN_SECONDS
        while not _is_mine(file):
            if time.monotonic() > until:
                raise TimeoutError("other images are still being drawn")
            time.sleep(0.05)
        yield
    finally:
        os.close(file)  # which lets go


def _is_mine(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _drawn_again(image: Image.Image) -> bytes:
    image.draft("RGB", (SIDE, SIDE))  # JPEG is decoded small at once
    image.thumbnail((SIDE, SIDE))  # in place: the whole picture is held once
    upright = ImageOps.exif_transpose(image)
    # Pasted onto a new image: what the file says about itself does not come along.
    seen = upright.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
