"""A notice on its way to a plan: its originals, and what a person said of them. Nothing of a draft
is owed by anybody; 启用 makes the plan of it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from tasks.models.items import Task
from tasks.models.plans import Plan
from units.actors import Actor
from units.files.scanning import CLOSED, ScanState


class DraftState(models.TextChoices):
    """`open → activated | taken | discarded`."""

    OPEN = "open", "核对中"
    ACTIVATED = "activated", "已启用"
    TAKEN = "taken", "已并入"
    DISCARDED = "discarded", "已废弃"


class NoticeDraftQuerySet(models.QuerySet["NoticeDraft", "NoticeDraft"]):
    def visible_to(self, actor: Actor | None) -> NoticeDraftQuerySet:
        """Drafts are the office's."""
        return self if actor is not None and actor.is_office else self.none()


class NoticeDraft(models.Model):
    """One notice being read. Its content is derived: the newest source, and the acts that stand.

    `title` and `year` are as last read, for lists.
    """

    state = models.CharField("状态", max_length=10, choices=DraftState, default=DraftState.OPEN)
    title = models.CharField("标题", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="导入人", related_name="+"
    )
    started_by_name = models.CharField("导入人姓名", max_length=120)
    started_at = models.DateTimeField("导入时间")
    ended_at = models.DateTimeField("启用或废弃时间", null=True, blank=True)
    ended_by_name = models.CharField(
        "启用或废弃人姓名", max_length=120, blank=True, default="", db_default=""
    )
    plan = models.OneToOneField(
        Plan, models.PROTECT, verbose_name="年度", null=True, blank=True, related_name="draft"
    )
    # 补充文件: the running plan that it adds to or changes; it becomes no plan of its own
    supplements = models.ForeignKey(
        Plan,
        models.PROTECT,
        verbose_name="所补充的年度",
        null=True,
        blank=True,
        related_name="supplements",
    )
    # 核对记录 as it stood at 启用, see `tasks.desk.proof`; what was said stays in the acts
    proof: Any = models.JSONField("核对记录", null=True, blank=True)

    objects = NoticeDraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任分解草稿"
        ordering: ClassVar = ["-started_at", "-id"]

    def __str__(self) -> str:
        return self.title or f"第{self.pk}号草稿"

    @property
    def is_open(self) -> bool:
        return self.state == DraftState.OPEN


class SourceKind(models.TextChoices):
    FILE = "file", "通知原件"
    PASTED = "pasted", "粘贴的通知"
    CARRIED = "carried", "沿用上年"


class NoticeSource(models.Model):
    """原件: a file as it came, pasted text, or the year before written as one. The newest of a
    draft is read, all are kept; of a draft that was given up thirty days ago only the row.

    `content` is the source as `tasks.reader` opened it, so that no file is parsed twice.
    """

    draft = models.ForeignKey(
        NoticeDraft, models.PROTECT, verbose_name="草稿", related_name="sources"
    )
    kind = models.CharField("类别", max_length=8, choices=SourceKind)
    name = models.CharField("文件名", max_length=200)
    content = models.BinaryField("读出的内容")
    # what comes of the year before, see `tasks.desk.content.Carried`; a correction counts for more
    carried: Any = models.JSONField("沿用的内容", null=True, blank=True)
    file = models.FileField("文件", upload_to="notices/", blank=True)  # none of pasted text
    content_type = models.CharField("类型", max_length=100, blank=True)
    size = models.PositiveIntegerField("大小", default=0)
    sha256 = models.CharField("校验值", max_length=64)
    scan = models.CharField("病毒扫描", max_length=8, choices=ScanState, default="", blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+"
    )
    uploaded_by_name = models.CharField("上传人姓名", max_length=120)
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "通知原件"
        ordering: ClassVar = ["draft", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Kept while the scanner was away, or found infected since: nobody opens the file."""
        return self.scan in CLOSED

    @property
    def is_cleared(self) -> bool:
        """There is nothing to read any more."""
        return not self.content


class KnownTable(models.Model):
    """记住这种表格: how the columns of a table are read in the next file that has the same heads.

    `heads` and `fields` have an entry per column: folded words, and the field of the reader.
    """

    key = models.CharField("表头校验值", max_length=64, unique=True)
    heads = models.JSONField("表头")
    fields = models.JSONField("对应")
    # "parts": rows of one number are 分项, "kind" of its items; none where kept without them
    options = models.JSONField("选项", null=True, blank=True)
    kept_by_name = models.CharField("记住人姓名", max_length=120)
    kept_at = models.DateTimeField("记住时间")

    class Meta:
        verbose_name = verbose_name_plural = "记住的表格"
        ordering: ClassVar = ["-kept_at", "-id"]

    def __str__(self) -> str:
        return "、".join(self.heads)[:60]


class DraftAct(models.Model):
    """One thing a person said of a draft, in the order in which it was said. Never rewritten: 撤销
    stamps it.

    `changes`: rows of `tasks.desk.changes.Change`; `words` is what the green line prints of it.
    """

    draft = models.ForeignKey(NoticeDraft, models.PROTECT, verbose_name="草稿", related_name="acts")
    source = models.ForeignKey(
        NoticeSource, models.PROTECT, verbose_name="所据原件", related_name="+"
    )
    ordinal = models.PositiveIntegerField("顺序")
    changes: Any = models.JSONField("更正")
    words = models.CharField("说明", max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="更正人", related_name="+"
    )
    made_by_name = models.CharField("更正人姓名", max_length=120)
    made_at = models.DateTimeField("更正时间")
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by_name = models.CharField("撤销人姓名", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "草稿更正"
        ordering: ClassVar = ["draft", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "ordinal"], name="one_draft_act_per_place"),
        ]

    def __str__(self) -> str:
        return self.words


class LeftOpen(models.Model):
    """启用时遗留: a question about the notice that nobody had answered when its year began. It is
    the office's until somebody says what came of it.
    """

    plan = models.ForeignKey(
        Plan, models.PROTECT, verbose_name="年度", related_name="questions_left_open"
    )
    task = models.ForeignKey(
        Task, models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="+"
    )
    sentence = models.CharField("问题", max_length=300)
    text = models.TextField("原文", blank=True)
    # of a name that the directory does not know: as it is printed
    name = models.CharField("未识别的称谓", max_length=80, blank=True, default="", db_default="")
    solution = models.CharField("处理情况", max_length=200, blank=True)
    solved_at = models.DateTimeField("处理时间", null=True, blank=True)
    solved_by_name = models.CharField("处理人姓名", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "启用时遗留的问题"
        ordering: ClassVar = ["plan", "id"]

    def __str__(self) -> str:
        return self.sentence
