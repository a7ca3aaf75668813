"""督办单: by signature, one matter per sheet, to one unit.

draft ──sign──▶ signed ──send──▶ sent ──submit──▶ signing ──sign_answer──▶ answered ──▶ closed
                                  ▲                  │                      │
                                  └── returned ◀─────┴──────────────────────┴─▶ followed_up
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from huangshi_tasks.lib import clock
from progress.models.instructions import Instruction, past_answer_day
from progress.models.requests import Answer
from tasks.models import Plan, Portfolio, PortfolioKind, Responsibility, Task
from units.actors import Actor
from units.models import Approval, Unit
from units.renaming.names import called


class OrderColour(models.TextChoices):
    """三色督办单 (practice.md §3.1); empty where the office does not use colours."""

    BLUE = "blue", "蓝色"
    YELLOW = "yellow", "黄色"
    RED = "red", "红色"


COLOUR_MEANS: dict[str, str] = {
    OrderColour.BLUE: "临近办结时限",
    OrderColour.YELLOW: "未达到序时进度或完成质量较差",
    OrderColour.RED: "逾期未办结",
}


class OrderState(models.TextChoices):
    DRAFT = "draft", "待签发"
    SIGNED = "signed", "已签发"
    SENT = "sent", "已发出"
    SIGNING = "signing", "待审签"
    RETURNED = "returned", "退回重办"
    ANSWERED = "answered", "已反馈"
    FOLLOWED_UP = "followed_up", "跟踪督办"
    CLOSED = "closed", "已办结"
    REVOKED = "revoked", "已作废"


# The unit has something to do in these.
ORDER_WITH_UNIT = frozenset({OrderState.SENT, OrderState.SIGNING, OrderState.RETURNED})
# Not yet the unit's to know of.
IN_OFFICE = frozenset({OrderState.DRAFT, OrderState.SIGNED, OrderState.REVOKED})


class OrderQuerySet(models.QuerySet["SupervisionOrder", "SupervisionOrder"]):
    def visible_to(self, actor: Actor | None) -> OrderQuerySet:
        """The office: all; a unit: those sent to it; a leader: those sent that the own post
        signed, or that go to a unit in the own charge.
        """
        if actor is None:
            return self.none()
        if actor.is_office:
            return self
        sent = self.exclude(state__in=IN_OFFICE)
        if actor.is_of_a_unit:
            return sent.filter(unit=actor.unit)
        if actor.is_reader and actor.appointment.post_id:
            return sent.filter(_of_post(actor))
        return self.none()

    def with_unit(self) -> OrderQuerySet:
        """Those on which a unit has something to do."""
        return self.filter(state__in=ORDER_WITH_UNIT)

    def overdue(self, day: date) -> OrderQuerySet:
        """With the unit, past the day that counts now; the same answer as `is_overdue`."""
        return self.with_unit().filter(past_answer_day(day))

    def sent_for(self, task: Task) -> OrderQuerySet:
        """已发督办单n次: the sheets that went out for an item."""
        return self.filter(task=task, sent_at__isnull=False)


def _of_post(actor: Actor) -> Q:
    post, today = actor.appointment.post_id, clock.today()
    charge = Portfolio.objects.on(today).filter(post=post, kind=PortfolioKind.IN_CHARGE)
    led = Responsibility.objects.on(today).filter(
        is_primary=True, unit__in=charge.filter(unit__isnull=False).values("unit")
    )
    tasks = Task.objects.visible_to(actor)
    own = Q(task__in=led.values("task")) | Q(task__in=charge.values("task"))
    named = Q(instruction__in=Instruction.objects.visible_to(actor).values("pk"))
    return Q(approval__post=post) | named | (own & Q(task__in=tasks.values("pk")))


class SupervisionOrder(models.Model):
    """One sheet. `number` is given at signing, so that signed sheets have no gaps."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="年度", related_name="orders")
    number = models.PositiveSmallIntegerField("编号", null=True, blank=True)
    colour = models.CharField("督办单类别", max_length=8, choices=OrderColour, blank=True)
    title = models.CharField("督办事项", max_length=60)
    task = models.ForeignKey(
        Task,
        models.PROTECT,
        verbose_name="重点工作事项",
        null=True,
        blank=True,
        related_name="orders",
    )
    instruction = models.ForeignKey(
        Instruction,
        models.PROTECT,
        verbose_name="交办事项",
        null=True,
        blank=True,
        related_name="orders",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="承办单位", related_name="orders")
    text = models.TextField("督办事由")
    requirement = models.TextField("办理要求")
    due_on = models.DateField("反馈期限")
    state = models.CharField("状态", max_length=12, choices=OrderState, default=OrderState.DRAFT)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_by_name = models.CharField("拟稿人", max_length=120)
    drafted_at = models.DateTimeField("拟稿时间")
    approval = models.OneToOneField(
        Approval, models.PROTECT, null=True, blank=True, related_name="order"
    )
    sent_by_name = models.CharField("发出人", max_length=120, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    first_answered_at = models.DateTimeField("首次反馈时间", null=True, blank=True)
    # of what the office gave back; `due_on` stays what the first answer is judged by
    return_due_on = models.DateField("重报期限", null=True, blank=True)
    follow_up_note = models.CharField("跟踪督办情况", max_length=300, blank=True)
    follow_up_on = models.DateField("下次跟踪日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    conclusion = models.CharField("办结意见", max_length=300, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督办单"
        ordering: ClassVar = ["plan", "number", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_order_per_number"),
            models.CheckConstraint(
                condition=Q(task__isnull=True) ^ Q(instruction__isnull=True),
                name="order_is_on_one_matter",
                violation_error_message="督办单一事一单：须且只能对应一个事项或一个交办事项。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "revoked"]) | Q(approval__isnull=False),
                name="signed_order_has_approval",
                violation_error_message="签发督办单须登记批准依据。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """督办〔2022〕3号; before it is signed it has no number."""
        number = "" if self.number is None else self.number
        return f"督办〔{self.plan.year}〕{number}号" if number else "督办单（未编号）"

    @property
    def subject(self) -> Task | Instruction:
        """The one matter that it is on."""
        matter = self.task or self.instruction
        assert matter is not None  # order_is_on_one_matter
        return matter

    @property
    def unit_name(self) -> str:
        """As it was called when the sheet was sent; until then as today."""
        if self.sent_at is None:
            return self.unit.name
        return called(self.unit, self.sent_at.astimezone(clock.SHANGHAI).date())

    @property
    def answer_due_on(self) -> date:
        """The day that counts now."""
        return self.return_due_on or self.due_on

    @property
    def is_with_unit(self) -> bool:
        return self.state in ORDER_WITH_UNIT

    def is_overdue(self, day: date) -> bool:
        """逾期 on `day`; the same answer as `OrderQuerySet.overdue`."""
        return self.is_with_unit and self.answer_due_on < day


class OrderAnswer(Answer):
    """反馈 on a 督办单; returned ones stay."""

    order = models.ForeignKey(
        SupervisionOrder, models.PROTECT, verbose_name="督办单", related_name="answers"
    )

    class Meta:
        verbose_name = verbose_name_plural = "督办单反馈"
        ordering: ClassVar = ["order", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "number"], name="one_order_answer_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.order}第{self.number}次反馈"
