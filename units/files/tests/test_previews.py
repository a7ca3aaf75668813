"""What an image may cost: its size is looked at first, and one at a time is decoded."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from tests.cast import Cast, at
from tests.office_files import picture
from units.files import previews
from units.files.previews import MOST_PIXELS, MOST_PROGRESSIVE, preview_of
from units.files.uploads import check

MOST_MB = 300
MEASURED = """
import sys
from pathlib import Path
from units.files.previews import preview_of
with open(sys.argv[1], "rb") as file:
    drawn = preview_of(file)
most = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]  # of this process
print(drawn is not None, int(most) // 1024)
"""


def image(form: str, mode: str, pixels: int, **how: object) -> bytes:
    """A square picture of one colour, which packs to nothing."""
    out = io.BytesIO()
    side = int(pixels**0.5)
    Image.new(mode, (side, side)).save(out, form, **how)
    return out.getvalue()


def measured(content: bytes, folder: Path) -> tuple[bool, int]:
    """Whether a preview was drawn, and the megabytes that it took, in a process of its own."""
    (folder / "image").write_bytes(content)
    command = [sys.executable, "-c", MEASURED, str(folder / "image")]
    ran = subprocess.run(command, cwd=settings.BASE_DIR, check=True, capture_output=True, text=True)
    drawn, megabytes = ran.stdout.split()
    return drawn == "True", int(megabytes)


@pytest.mark.parametrize(
    ("form", "mode", "most"),
    [
        ("PNG", "RGB", MOST_PIXELS["PNG"]),
        ("PNG", "RGBA", MOST_PIXELS["PNG"] // 2),
        ("PNG", "1", MOST_PIXELS["PNG"]),
        ("WEBP", "RGB", MOST_PIXELS["WEBP"]),
        ("JPEG", "RGB", 50_000_000),
    ],
)
def test_the_largest_image_that_is_drawn_takes_a_bounded_memory(
    form: str, mode: str, most: int, tmp_path: Path
) -> None:
    drawn, megabytes = measured(image(form, mode, most), tmp_path)
    assert drawn
    assert megabytes < MOST_MB


def test_a_small_file_of_many_pixels_costs_nothing(tmp_path: Path) -> None:
    content = image("PNG", "L", 80_000_000)
    assert len(content) < 320_000
    drawn, megabytes = measured(content, tmp_path)
    assert not drawn
    assert megabytes < 100


@pytest.mark.parametrize(
    ("form", "mode", "pixels", "how"),
    [
        ("PNG", "1", MOST_PIXELS["PNG"], {}),
        ("PNG", "LA", MOST_PIXELS["PNG"] // 2, {}),
        ("GIF", "P", MOST_PIXELS["GIF"], {}),
        ("TIFF", "1", MOST_PIXELS["TIFF"], {"compression": "group4"}),
        ("BMP", "1", MOST_PIXELS["BMP"], {}),
        ("WEBP", "RGB", MOST_PIXELS["WEBP"], {}),
        ("JPEG", "L", MOST_PROGRESSIVE, {"progressive": True}),
    ],
)
def test_what_is_too_large_is_never_decoded(
    form: str, mode: str, pixels: int, how: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = image(form, mode, int((pixels**0.5 + 2) ** 2), **how)
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("decoded"))
    assert preview_of(io.BytesIO(content)) is None


@pytest.mark.django_db
def test_the_scan_of_an_approval_is_never_decoded(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("opened"))
    upload = SimpleUploadedFile("批件.png", picture("PNG"))
    assert check(upload, actor=cast.office, now=at("2022-08-03")).preview is None


def test_one_image_at_a_time_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[int] = []
    most: list[int] = []

    def slowly(opened: Image.Image) -> bytes:
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.05)
        inside.pop()
        return b"drawn"

    monkeypatch.setattr(previews, "_drawn_again", slowly)
    drawn: list[bytes | None] = []

    def draw() -> None:
        drawn.append(preview_of(io.BytesIO(picture("PNG"))))

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert drawn == [b"drawn"] * 4
    assert max(most) == 1


def test_who_waits_too_long_gets_no_preview(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "TURN_SECONDS", 0.1)
    with previews._turn():
        assert preview_of(io.BytesIO(picture("PNG"))) is None
    assert preview_of(io.BytesIO(picture("PNG"))) is not None
