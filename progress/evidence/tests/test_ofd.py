"""OFD (GB/T 33190) as evidence, as the stamped sheet, and as the paper of an approval."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from progress.lifecycle import by_unit
from progress.models import Evidence, EvidenceKind, ProgressReport, ReportState
from tasks.models import Task
from tests.cast import Cast, at, fill
from tests.office_files import ofd
from tests.pages import browser, text_of, url
from units.models import Approval

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-03")


def paper(name: str = "红头文件.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, ofd())


def is_handed_out(answer: Any, ending: str = ".ofd") -> bool:
    assert answer["Content-Type"] == "application/ofd"
    assert answer["Content-Disposition"].startswith("attachment")
    assert ending in answer["Content-Disposition"]
    return b"".join(answer.streaming_content) == ofd()


def test_evidence_is_known_by_its_content_and_handed_out(
    cast: Cast, report: ProgressReport
) -> None:
    client = browser(cast.reporter)
    assert "OFD" in text_of(client.get(url(report)))
    client.post(url(report, "evidence_upload"), {"file": paper()})
    kept = Evidence.objects.get()
    assert kept.content_type == "application/ofd"
    assert not kept.preview
    assert is_handed_out(client.get(reverse("progress:evidence", args=["2022", kept.pk])))


def test_a_stamped_sheet_may_be_an_ofd(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 180)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    client = browser(cast.reporter)
    client.post(url(report, "sign_offline"), {"file": paper("报送单.ofd")})
    report.refresh_from_db()
    assert report.state == ReportState.REVIEWING
    assert Evidence.objects.get().kind == EvidenceKind.SIGNED_SHEET


def test_the_paper_of_an_approval_may_be_an_ofd(cast: Cast, task: Task) -> None:
    typed = {
        "decided_by": "市政府常务会议",
        "decided_on": "2022-07-29",
        "authority": "示例纪要第8号",
        "text": "改造道路310公里。",
        "short_title": "道路改造",
        "reason": "示例：勘误。",
        "scan": paper("纪要.ofd"),
    }
    office = browser(cast.office)
    office.post(f"/2022/changes/{task.pk}/wording/", typed)
    approval = Approval.objects.get()
    assert str(approval.scan.name).endswith(".ofd")
    assert is_handed_out(office.get(f"/2022/approvals/{approval.pk}/"))
