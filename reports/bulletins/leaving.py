"""An issued paper as PDF, made of its frozen Word file, and as it came back stamped and scanned.

The PDF is made behind the page by LibreOffice where `OFFICE_CONVERTER` names it; where it does not,
the page offers to print. Made again it would not be the same bytes, so it is made once.
"""

from __future__ import annotations

import hashlib
import logging
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from reports.bulletins.workflow import can_edit_bulletins
from reports.models import Bulletin, BulletinState
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.files.keeping import gone_on_failure, random_name, store
from units.files.scanning import ScanState
from units.files.uploads import Checked
from units.permissions import require

problems = logging.getLogger(__name__)
LONGEST = 120  # seconds for one paper


def converts() -> bool:
    """Whether this machine makes PDF files."""
    return bool(settings.OFFICE_CONVERTER)


def make_missing_pdfs() -> int:
    """Of every issued paper that has none; how many were made."""
    if not converts():
        return 0
    lacking = Bulletin.objects.filter(state=BulletinState.FROZEN, pdf="").exclude(file="")
    return sum(map(make_pdf, lacking.order_by("pk").defer("figures")))


def make_pdf(bulletin: Bulletin) -> bool:
    """Whether it was made; what goes wrong is for the next turn."""
    with bulletin.file.open("rb") as stored:
        content = stored.read()
    try:
        made = converted(content)
    except (OSError, subprocess.SubprocessError):
        problems.exception("The PDF of %s was not made", bulletin.pk)
        return False
    with gone_on_failure([bulletin]), transaction.atomic():
        locked = Bulletin.objects.select_for_update(of=("self",)).get(pk=bulletin.pk)
        if locked.pdf:
            return False
        locked.pdf_sha256 = hashlib.sha256(made).hexdigest()
        locked.pdf.save(random_name("pdf"), ContentFile(made), save=False)
        locked.save(update_fields=["pdf", "pdf_sha256"])
    return True


def converted(word: bytes) -> bytes:
    """A Word file as PDF. Raises `OSError` or `SubprocessError` where that does not come about."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(word)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        call = [str(settings.OFFICE_CONVERTER), profile, "--headless", "--convert-to", "pdf"]
        subprocess.run(  # noqa: S603  # the program is the operator's setting
            [*call, "--outdir", folder, str(source)],
            check=True,
            capture_output=True,
            timeout=LONGEST,
        )
        return source.with_suffix(".pdf").read_bytes()


def add_scan(*, bulletin: Bulletin, scan: Checked, actor: Actor, now: datetime) -> Bulletin:
    """登记盖章扫描件, once, of what was issued."""
    require(can_edit_bulletins(actor))
    if scan.scan == ScanState.WAITING:  # nobody scans it again, and it leaves the house
        raise NotNow("病毒扫描暂不可用，扫描件请稍后再登记。")
    stored: list[Bulletin] = []
    with gone_on_failure(stored), transaction.atomic():
        locked = Bulletin.objects.select_for_update(of=("self",)).get(pk=bulletin.pk)
        if not locked.is_frozen:
            raise NotNow(f"{locked}尚未印发，印发盖章后再登记扫描件。")
        if locked.scan:
            raise NotNow(f"{locked}的盖章扫描件已登记，不再更换。")
        locked.scan_sha256, locked.scan_by_name, locked.scan_at = scan.sha256, actor.name, now
        store(locked.scan, scan)
        stored.append(locked)
        locked.save(update_fields=["scan", "scan_sha256", "scan_by_name", "scan_at"])
        log.record(
            actor=actor,
            action="bulletin.add_scan",
            subject=locked,
            summary=f"登记盖章扫描件：{locked}",
            changes={"sha256": scan.sha256, "name": scan.name},
            now=now,
        )
    return locked
