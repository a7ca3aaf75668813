"""Files of instructions and orders: the scan of the paper, what an answer brings."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from progress.models.instructions import Instruction
from progress.models.orders import OrderAnswer, SupervisionOrder
from progress.models.reports import Decision
from progress.models.requests import InstructionAnswer
from units.actors import Actor
from units.files.scanning import CLOSED, ScanState


class MatterFileKind(models.TextChoices):
    SCAN = "scan", "扫描件"
    EVIDENCE = "evidence", "佐证材料"


class MatterFileQuerySet(models.QuerySet["MatterFile", "MatterFile"]):
    def visible_to(self, actor: Actor | None) -> MatterFileQuerySet:
        """Through the permission of the matter; of others' answers only what was accepted."""
        instructions = Instruction.objects.visible_to(actor)
        orders = SupervisionOrder.objects.visible_to(actor)
        scope = self.filter(
            Q(instruction__in=instructions.values("pk")) | Q(order__in=orders.values("pk"))
        )
        if actor is None or actor.is_office:
            return scope
        open_to_all = Q(answer=None, order_answer=None)
        open_to_all |= Q(answer__decision=Decision.ACCEPTED)
        open_to_all |= Q(order_answer__decision=Decision.ACCEPTED)
        if not actor.is_of_a_unit:
            return scope.filter(open_to_all)
        own = Q(answer__unit=actor.unit) | Q(order_answer__unit=actor.unit)
        return scope.filter(open_to_all | own)


class MatterFile(models.Model):
    """Like `Evidence`: the stored name is random, `name` is what the person called it."""

    instruction = models.ForeignKey(
        Instruction, models.PROTECT, null=True, blank=True, related_name="files"
    )
    answer = models.ForeignKey(
        InstructionAnswer, models.PROTECT, null=True, blank=True, related_name="files"
    )
    order = models.ForeignKey(
        SupervisionOrder, models.PROTECT, null=True, blank=True, related_name="files"
    )
    order_answer = models.ForeignKey(
        OrderAnswer, models.PROTECT, null=True, blank=True, related_name="files"
    )
    kind = models.CharField("类别", max_length=10, choices=MatterFileKind)
    name = models.CharField("文件名", max_length=200)
    file = models.FileField("文件", upload_to="matters/")
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("校验值", max_length=64)
    scan = models.CharField("病毒扫描", max_length=8, choices=ScanState, default="", blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_by_name = models.CharField("上传人", max_length=120)
    uploaded_at = models.DateTimeField("上传时间")

    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)  # a virus was found

    objects = MatterFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交办材料"
        ordering: ClassVar = ["uploaded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(instruction__isnull=True) ^ Q(order__isnull=True),
                name="matter_file_has_one_matter",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Kept while the scanner was away; nobody opens it before a scan says clean."""
        return self.scan in CLOSED
