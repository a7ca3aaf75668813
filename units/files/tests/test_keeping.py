"""What is kept of a file, and that a row which is taken back takes its file along."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tests.cast import Cast, at
from tests.decisions import approved
from tests.office_files import PDF
from units.files.approval_files import add_scan
from units.files.keeping import gone_on_failure
from units.files.uploads import check
from units.models import Approval

pytestmark = pytest.mark.django_db


def scanned(cast: Cast) -> Approval:
    approval = approved(cast)
    upload = SimpleUploadedFile("纪要.pdf", PDF)
    add_scan(approval, check(upload, actor=cast.office, now=at("2022-08-03")))
    return approval


def test_a_scan_has_a_random_name_with_the_ending_of_what_it_is() -> None:
    stored = str(scanned(Cast()).scan.name)
    assert stored.startswith("approvals/")
    assert stored.endswith(".pdf")
    assert len(stored.removeprefix("approvals/").removesuffix(".pdf")) == 32


def test_a_row_that_is_rolled_back_leaves_no_file_behind() -> None:
    approval = scanned(Cast())
    stored = str(approval.scan.name)

    def fail() -> None:
        with gone_on_failure([approval]), transaction.atomic():
            approval.save()
            assert default_storage.exists(stored)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not default_storage.exists(stored)
    assert not Approval.objects.exists()


def test_a_row_that_stays_keeps_its_file() -> None:
    approval = scanned(Cast())
    with gone_on_failure([approval]), transaction.atomic():
        approval.save()
    assert default_storage.exists(str(approval.scan.name))
