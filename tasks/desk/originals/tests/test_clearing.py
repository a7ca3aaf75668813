"""Originals of drafts that were given up go after thirty days; all others stay for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from huangshi_tasks.lib import clock
from tasks.desk.acts import discard
from tasks.desk.originals.clearing import KEPT, clear_discarded
from tasks.desk.originals.tests.bringing import address, bring, client_of, head, paste, upload
from tests.cast import Cast
from tests.month import cast
from units.models import LogEntry

__all__ = ["cast"]


@pytest.mark.django_db(transaction=True)
def test_file_and_text_go_and_the_row_stays(cast: Cast) -> None:
    client = client_of(cast.office)
    draft, kept = bring(client, upload("c1_table.docx")), bring(client, paste())
    client.post(address(draft), head(series="另一台账"))
    stored = str(draft.sources.get().file.name)
    now = clock.now()
    discard(draft=draft, actor=cast.office, now=now)
    assert clear_discarded(now=now + KEPT - timedelta(days=1)) == 0
    assert default_storage.exists(stored)
    assert clear_discarded(now=now + KEPT) == 1
    assert not default_storage.exists(stored)
    source = draft.sources.get()
    assert source.is_cleared
    assert source.name == "c1_table.docx"
    assert not draft.acts.exists()
    assert not kept.sources.get().is_cleared
    assert LogEntry.objects.filter(action="noticesource.clear").count() == 1
    assert clear_discarded(now=now + KEPT) == 0
    assert "满30天时清除" in client.get(address(draft)).content.decode()
    for url in (f"/plans/sources/{source.pk}/", address(draft, "draft_columns")):
        assert "不能再打开" in client.get(url, follow=True).content.decode()
