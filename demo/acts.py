"""What people do with one report in the sample: each act goes through the real workflow."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from demo import texts
from demo.book import Book
from demo.drafts import draft_of, said_of_last
from demo.goals import OFFLINE, OVERRIDDEN, SLOW, key_of
from demo.story import Story
from progress.checking.copies import with_copies
from progress.checking.look import examine
from progress.contents.row_sources import Sources
from progress.contents.rows import rows_of
from progress.contents.values import keys_of
from progress.filing import drafts
from progress.judging.earlier import previous_version
from progress.lifecycle import by_office, by_unit
from progress.lifecycle.by_unit import latest_of
from progress.models import Duty, Evidence, EvidenceKind, ProgressReport
from units.actors import Actor
from units.errors import NotNow

REVIEWER, HEAD = "督查室 审核员", "督查室 负责人"
UNSIGNED_REASON = "（示例）{unit}负责人暂缺，经电话报告同意后报送。"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 44>>stream\n"
    b"BT /F1 48 Tf 200 420 Td (SAMPLE) Tj ET       \nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
PDF_PATH = "evidence/sample.pdf"


@dataclass
class Acts:
    """One report and the people around it. `extra` is what the office asked to add."""

    book: Book
    report: ProgressReport
    extra: list[str] = field(default_factory=list)
    is_typed: bool = False

    @property
    def item(self) -> str:
        return key_of(self.book.task_of(self.report))

    @property
    def story(self) -> Story:
        return self.book.story(self.report, self.extra)

    @property
    def reporter(self) -> Actor:
        return self.book.reporter(self.report.responsibility.unit)

    @property
    def reviewer(self) -> Actor:
        return self.book.people[REVIEWER]

    def type_in(self, now: datetime, without: Sequence[str] = (), **also: Any) -> None:
        """Save a draft; keys that begin like one of `without` are left out, `also` are added."""
        before = previous_version(self.report)
        values = draft_of(self.book, self.report, self.story)
        values |= said_of_last(before.next_steps if before is not None else "", self.story)
        values |= also
        kept = {k: v for k, v in values.items() if not k.startswith(tuple(without))}
        self._save(now, kept if without else values)

    def _save(self, now: datetime, values: dict[str, Any]) -> None:
        latest = self.report.latest()
        rows = rows_of(self.report, latest, Sources.of([self.report]))
        base = drafts.fingerprint(latest if self.is_typed else None)
        self.is_typed = True
        drafts.save_draft(
            report=self.report,
            actor=self.reporter,
            now=now,
            values=values,
            base=base,
            allowed=keys_of(rows),
        )

    def submit(self, now: datetime) -> None:
        """Send for signing. What the checks ask is answered first, as a liaison would."""
        try:
            by_unit.submit(report=self.report, actor=self.reporter, now=now)
        except NotNow:
            self._answer(now)
            by_unit.submit(report=self.report, actor=self.reporter, now=now)

    def _answer(self, now: datetime) -> None:
        version = latest_of(self.report)
        answers: dict[str, Any] = {}
        for finding in with_copies(examine(version)).findings:
            if finding.code == "no_light_reason":
                answers["light_reason"] = texts.light_reason(self.story)
            elif not finding.is_blocking:
                answers[f"explanation:{finding.key}"] = texts.explanation(self.story)
        self._save(now, answers)

    def sign(self, now: datetime) -> None:
        """Sign on screen; on paper or unsigned where that is this unit's way."""
        signer = self.book.signer(self.report.responsibility.unit)
        if self.item in OFFLINE and self.report.duty == Duty.MAIN:
            sheet = self.attach(now, EvidenceKind.SIGNED_SHEET, "示例_盖章报送单.pdf")
            by_unit.sign_offline(report=self.report, actor=self.reporter, now=now, sheet=sheet)
        elif signer is None:
            unit = self.report.responsibility.unit.name
            reason = UNSIGNED_REASON.format(unit=unit)
            by_unit.send_unsigned(report=self.report, actor=self.reporter, now=now, reason=reason)
        else:
            by_unit.sign(report=self.report, actor=signer, now=now)

    def accept(self, now: datetime) -> None:
        """通过 with the 采用稿; one item's light is set by the office."""
        if self.report.duty != Duty.MAIN:
            by_office.accept(report=self.report, actor=self.reviewer, now=now)
            return
        story = self.story
        is_overridden = (self.item, self.report.period.code) == OVERRIDDEN
        reason = f"（示例）现场督查时{story.short}有2项措施尚未落实。"
        by_office.accept(
            report=self.report,
            actor=self.reviewer,
            now=now,
            digest=texts.digest(story),
            next_digest=texts.next_digest(story),
            override_light=SLOW if is_overridden else "",
            override_reason=reason if is_overridden else "",
        )

    def send_back(self, now: datetime, reason: str = "") -> None:
        """退回 by the office; the unit will add what was asked."""
        story = self.story
        by_office.return_to_unit(
            report=self.report,
            actor=self.reviewer,
            now=now,
            reason=reason or texts.return_reason(story),
        )
        self.extra.append(texts.added(story))

    def attach(self, now: datetime, kind: EvidenceKind, name: str) -> Evidence:
        """Attach the sample's one page to the version being written."""
        if not default_storage.exists(PDF_PATH):
            default_storage.save(PDF_PATH, ContentFile(PDF))
        return Evidence.objects.create(
            task=self.book.task_of(self.report),
            version=self.report.latest(),
            unit=self.report.responsibility.unit,
            kind=kind,
            name=name,
            file=PDF_PATH,
            content_type="application/pdf",
            size=len(PDF),
            sha256=hashlib.sha256(PDF).hexdigest(),
            uploaded_by=self.reporter.user,
            uploaded_by_name=self.reporter.name,
            uploaded_at=now,
        )
