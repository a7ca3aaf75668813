"""佐证材料: files, reached only through the permission of their item."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from progress.models.decisions import Adjustment, Closure
from progress.models.readings import SubItemReading
from progress.models.reports import Decision, ReportVersion
from progress.models.visits import SiteVisit, VisitState
from tasks.models import Responsibility, SubItem, Task
from units.actors import Actor
from units.files.scanning import CLOSED, ScanState
from units.models import Unit


class EvidenceKind(models.TextChoices):
    EVIDENCE = "evidence", "佐证材料"
    SIGNED_SHEET = "signed_sheet", "盖章报送单"
    PHOTO = "photo", "照片"


def _accepted(visits: Q) -> Q:
    """What was accepted; of 核查 the photos of `visits`."""
    loose = Q(version__isnull=True, visit__isnull=True, sub_item__isnull=True)
    loose |= visits
    listed = SubItemReading.objects.filter(
        version=F("version__report__accepted_version"),
    )
    loose |= Q(sub_item__in=listed.values("sub_item"))
    accepted = loose | Q(version__report__accepted_version=F("version"))
    accepted &= Q(adjustment__isnull=True) | Q(adjustment__state="registered")
    accepted &= Q(closure__isnull=True) | Q(closure__state="closed")
    accepted |= Q(
        kind=EvidenceKind.EVIDENCE,
        version__number__lte=F("version__report__accepted_version__number"),
    )
    return accepted


class EvidenceQuerySet(models.QuerySet["Evidence", "Evidence"]):
    def visible_to(self, actor: Actor | None) -> EvidenceQuerySet:
        """The item's permission; of others' filings only what was accepted.

        A file stays with the version that it came with: of a report that was returned and then
        accepted, the files of the returned version count. A stamped sheet signs its version only.
        """
        scope = self.filter(task__in=Task.objects.visible_to(actor).values("pk"))
        if actor is None or actor.is_office:
            return scope
        accepted = _accepted(Q(visit__in=SiteVisit.objects.visible_to(actor).values("pk")))
        if actor.is_of_a_unit:
            reported = Responsibility.objects.reported_by(actor.unit).values("pk")
            kept = Q(sub_item__indicator__responsibility__in=reported)
            return scope.filter(accepted | kept | Q(unit=actor.unit))
        return scope.filter(accepted)

    def accepted(self) -> EvidenceQuerySet:
        """What everybody who may see the item may see of it."""
        return self.filter(_accepted(Q(visit__state=VisitState.CLOSED)))


class Evidence(models.Model):
    """The stored name is random; `name` is what the person called it."""

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="事项", related_name="evidence")
    version = models.ForeignKey(
        ReportVersion, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    adjustment = models.ForeignKey(
        Adjustment, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    sub_item = models.ForeignKey(
        SubItem, models.PROTECT, null=True, blank=True, related_name="photos"
    )
    visit = models.ForeignKey(
        SiteVisit, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    kind = models.CharField("类别", max_length=14, choices=EvidenceKind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("文件名", max_length=200)
    file = models.FileField("文件", upload_to="evidence/")
    # an image again, without EXIF and at most PREVIEW_SIDE pixels wide or high; empty for others
    preview = models.FileField("预览", upload_to="preview/", blank=True)
    scan = models.CharField("病毒扫描", max_length=8, choices=ScanState, default="", blank=True)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("校验值", max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_by_name = models.CharField("上传人", max_length=120)
    uploaded_at = models.DateTimeField("上传时间")
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    # since when the office has it on the page of its 十件实事; empty for what it does not show
    shown_at = models.DateTimeField("选用时间", null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料"
        ordering: ClassVar = ["task", "uploaded_at", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Kept while the scanner was away; nobody opens it before a scan says clean."""
        return self.scan in CLOSED

    @property
    def may_be_taken_off(self) -> bool:
        """Until a version that has it was accepted. A stamped sheet is a signature and stays."""
        if self.kind == EvidenceKind.SIGNED_SHEET or self.withdrawn_at is not None:
            return False
        return self.version is None or self.version.decision != Decision.ACCEPTED
