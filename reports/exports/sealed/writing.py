"""The way back of what was parted: persons without accounts, and telephones into their rows."""

from __future__ import annotations

import json
from zipfile import ZipFile

from django.apps import apps

from reports.exports.sealed.parts import NAMES, NUMBERS
from units.models import User

NAMELESS = "人员{pk}"


def write_stand_ins(office: ZipFile) -> None:
    """For a copy that is only read: a person with a name for every number that rows name. Nobody
    can come in as one.
    """
    with office.open(NAMES) as lines:
        told = [json.loads(line) for line in lines]
    for each in told:
        nameless = NAMELESS.format(pk=each["pk"])
        user = User(
            pk=each["pk"],
            username=nameless,
            display_name=each["name"] or nameless,
            is_active=False,
        )
        user.set_unusable_password()
        user.save(force_insert=True)


def write_numbers(auditor: ZipFile) -> None:
    """Telephones, into the rows of the office's part."""
    with auditor.open(NUMBERS) as lines:
        for line in lines:
            told = json.loads(line)
            model, pk = apps.get_model(told.pop("table")), told.pop("pk")
            model._default_manager.filter(pk=pk).update(**told)
