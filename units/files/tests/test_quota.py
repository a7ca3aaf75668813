"""Nobody fills the disk in a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huangshi_tasks.lib import clock
from tests.cast import make_actor
from tests.office_files import PDF
from units.actors import Actor
from units.files.uploads import Unacceptable, check
from units.models import Role, UploadDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(db: None) -> Actor:
    return make_actor(Role.OFFICE)


def send(actor: Actor, content: bytes = PDF) -> None:
    check(SimpleUploadedFile("a.pdf", content), actor=actor, now=clock.now())


def test_a_day_has_its_measure_and_the_next_day_its_own(actor: Actor, settings: Any) -> None:
    settings.UPLOADS_PER_DAY = 1
    large = PDF[:9] + b"0" * (600 * 1024) + PDF[9:]
    with time_machine.travel(timezone.now(), tick=False) as moment:
        send(actor, large)
        with pytest.raises(Unacceptable, match="今天上传的文件合计已达1MB"):
            send(actor, large)
        send(actor)
        send(make_actor(Role.OFFICE, name="另一人"), large)
        moment.shift(timedelta(days=1))
        send(actor, large)


def test_what_is_refused_counts_too(actor: Actor) -> None:
    """A script that sends programs all day is as much of a load."""
    with pytest.raises(Unacceptable):
        send(actor, b"MZ" * 500)
    assert UploadDay.objects.get().size == 1000
