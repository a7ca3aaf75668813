"""What is registered with a scan and refused leaves no file behind; no scan is taken unseen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile

from progress.adjustments.acts import request_adjustment
from progress.models import Adjustment, Period
from reports.bulletins import drafting
from reports.models import Bulletin, BulletinKind
from tasks.models import Plan, Task
from tests.cast import Cast, at, make_item, period_of
from tests.office_files import PDF
from tests.pages import browser, text_of
from units.files import held
from units.models import Approval

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")
APPROVED = {"decided_by": "分管副市长", "decided_on": "2022-08-02", "authority": "示例批示"}


def stored_files() -> set[Path]:
    """Without what a form that comes back holds for a day."""
    found = Path(configured.MEDIA_ROOT).rglob("*")
    return {each for each in found if each.is_file() and held.FOLDER not in each.parts}


def scanned(**more: Any) -> dict[str, Any]:
    return {**APPROVED, "scan": SimpleUploadedFile("批准.pdf", PDF), **more}


@pytest.fixture
def task(cast: Cast, plan: Plan) -> Task:
    return make_item(plan, cast)


@pytest.fixture
def extension(cast: Cast, task: Task) -> Adjustment:
    return request_adjustment(
        task=task,
        kind="extension",
        reason="示例：管线迁改。",
        starts_on=date(2022, 8, 3),
        detail={"due_on": "2023-06-30"},
        actor=cast.reporter,
        now=NOW,
    )


@pytest.fixture
def special(plan: Plan, cast: Cast) -> Bulletin:
    Period.objects.filter(pk=period_of(plan, "2022-06").pk).update(
        state="finalized", finalized_at=at("2022-07-13")
    )
    june = period_of(plan, "2022-06")
    return drafting.draft(period=june, kind=BulletinKind.SPECIAL, actor=cast.office, now=NOW)


def test_an_adjustment_that_was_registered_meanwhile(cast: Cast, extension: Adjustment) -> None:
    address = f"/2022/adjustments/{extension.pk}/register/"
    office = browser(cast.office)
    data = {"due_on": "2023-05-31", "starts_on": "2022-08-03"}
    office.post(address, scanned(**data))
    assert Adjustment.objects.get().state == "registered"
    before = stored_files()
    assert office.post(address, scanned(**data)).status_code == 409
    assert stored_files() == before


@pytest.mark.parametrize("what", ["wording", "number"])
def test_a_change_of_the_plan_that_changes_nothing(cast: Cast, task: Task, what: str) -> None:
    typed = {
        "wording": {"text": task.words, "short_title": task.short_title, "reason": "示例。"},
        "number": {
            "number-name": task.indicators.get().name,
            "number-unit_of_measure": "公里",
            "number-kind": "cumulative",
            "number-comparator": "ge",
            "number-value": "5",
            "number-starts_on": "2022-08-03",
        },
    }[what]
    before = stored_files()
    given = scanned(**typed)
    if what == "number":
        given |= {f"number-{name}": given.pop(name) for name in (*APPROVED, "scan")}
    answer = browser(cast.office).post(f"/2022/changes/{task.pk}/{what}/", given)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "没有改动" in page or "此项已有指标" in page
    assert stored_files() == before
    assert not Approval.objects.exists()


def test_a_paper_that_is_not_ready_to_be_signed(cast: Cast, special: Bulletin) -> None:
    before = stored_files()
    Bulletin.objects.filter(pk=special.pk).update(state="dropped")
    browser(cast.office).post(f"/2022/bulletins/{special.pk}/sign/", scanned())
    assert stored_files() == before
    assert not Approval.objects.exists()


def test_a_signed_sheet_that_the_scanner_has_not_seen(
    cast: Cast, special: Bulletin, settings: Any
) -> None:
    settings.CLAMD_URL = "unix:/nowhere/clamd"
    before = stored_files()
    answer = browser(cast.office).post(f"/2022/bulletins/{special.pk}/sign/", scanned())
    assert answer.status_code == 409
    page = text_of(answer)
    assert "病毒扫描暂不可用，扫描件请稍后再上传，或先不附扫描件登记。" in page
    assert "示例批示" in page
    assert stored_files() == before
    special.refresh_from_db()
    assert special.approval is None
