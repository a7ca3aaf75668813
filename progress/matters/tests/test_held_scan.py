"""A form with a file that comes back with an error keeps the file, for this session and a day."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from progress.models import Instruction, MatterFile
from tasks.models import Plan
from tests.cast import Cast
from tests.matters import make_post
from tests.office_files import PDF
from units.files import held

pytestmark = pytest.mark.django_db
NEW = "/2022/matters/new/"


def fields(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {
        "source": "written",
        "title": "示例事项",
        "text": "示例：请抓紧。",
        "post": make_post().pk,
        "decided_on": "2022-08-02",
        "urgency": "urgent",
        "visibility": "normal",
        "lead": cast.lead.pk,
    } | changed


def note_in(page: str) -> str:
    found = re.search(r'name="held-scan" value="([^"]+)"', page)
    assert found is not None, page[:200]
    return found[1]


@pytest.fixture
def refused(client: Client, plan: Plan, cast: Cast) -> str:
    """The page after a form without a title, with a scan."""
    client.force_login(cast.office.user)
    scan = SimpleUploadedFile("批示.pdf", PDF, "application/pdf")
    page = client.post(NEW, fields(cast, title="", scan=scan))
    assert page.status_code == 409
    return page.content.decode()


def test_the_file_need_not_be_chosen_again(client: Client, cast: Cast, refused: str) -> None:
    assert "已选：批示.pdf" in refused
    again = client.post(NEW, fields(cast, title="", **{"held-scan": note_in(refused)}))
    note = note_in(again.content.decode())  # held through any number of errors
    sent = client.post(NEW, fields(cast, **{"held-scan": note}))
    assert sent.status_code == 302
    kept = MatterFile.objects.get(instruction=Instruction.objects.get())
    with kept.file.open("rb") as stored:
        assert stored.read() == PDF


def test_it_may_be_left_out_or_replaced(client: Client, cast: Cast, refused: str) -> None:
    note = {"held-scan": note_in(refused)}
    assert client.post(NEW, fields(cast, **note, **{"held-scan-off": "on"})).status_code == 302
    assert not MatterFile.objects.exists()
    other = SimpleUploadedFile("另一份.pdf", PDF, "application/pdf")
    client.post(NEW, fields(cast, title="另一事项", scan=other, **note))
    assert "另一份" in MatterFile.objects.get().name


def test_a_note_opens_nothing_elsewhere_or_when_it_is_changed(
    client: Client, cast: Cast, refused: str
) -> None:
    note = note_in(refused)
    for wrong in (note[:-1], "x", f"{note}x"):
        client.post(NEW, fields(cast, title=f"改{len(wrong)}", **{"held-scan": wrong}))
    other = Client()
    other.force_login(cast.office.user)
    other.post(NEW, fields(cast, title="另一会话", **{"held-scan": note}))
    assert not MatterFile.objects.exists()


def test_what_is_wrong_with_the_file_is_not_held(client: Client, plan: Plan, cast: Cast) -> None:
    client.force_login(cast.office.user)
    bad = SimpleUploadedFile("程序.pdf", b"MZ not a document", "application/pdf")
    page = client.post(NEW, fields(cast, scan=bad))
    assert page.status_code == 409
    assert "held-scan" not in page.content.decode()


def test_held_files_go_after_a_day(refused: str) -> None:
    folder = settings.FILES_DIR / held.FOLDER
    path = max(folder.iterdir(), key=lambda each: each.stat().st_mtime_ns)
    held.forget_old()
    assert path.exists()
    old = path.stat().st_mtime - held.KEPT_SECONDS - 1
    os.utime(path, (old, old))
    held.forget_old()
    assert not path.exists()
