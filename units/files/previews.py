"""Previews: an image drawn again at screen size, so that place and camera (EXIF) stay behind."""

from __future__ import annotations

import io
import logging
import warnings
from typing import IO, Any

from PIL import Image, ImageOps

log = logging.getLogger(__name__)

SIDE = 1600  # pixels
MOST_PIXELS = 80_000_000  # a phone takes 12 to 50 million; more is a bomb, or for a plotter
QUALITY = 82
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF")


def preview_of(opened: IO[bytes] | Any) -> bytes | None:
    """A JPEG of the first frame without any metadata; None when it cannot be drawn."""
    opened.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(opened, formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    return None
                return _drawn_again(image)
    except Exception as problem:  # decoders of broken images raise whatever they like
        log.warning("no preview: %s", problem)
        return None
    finally:
        opened.seek(0)


def _drawn_again(image: Image.Image) -> bytes:
    image.draft("RGB", (SIDE, SIDE))  # JPEG is decoded small at once
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SIDE, SIDE))
    # Pasted onto a new image: what the file says about itself does not come along.
    seen = upright.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
