"""The small draft of 核对, and somebody of the office at it."""

from __future__ import annotations

import pytest
from django.test import Client

from huangshi_tasks.lib import clock
from tasks.desk.acts import begin
from tasks.desk.editing.tests.desk import NOTICE
from tasks.models import NoticeDraft
from tasks.reader.sources.text import from_text
from tests.cast import Cast
from tests.pages import browser


@pytest.fixture
def draft(cast: Cast) -> NoticeDraft:
    return begin(source=from_text(NOTICE), checked=None, actor=cast.office, now=clock.now())


@pytest.fixture
def office(cast: Cast) -> Client:
    return browser(cast.office)
