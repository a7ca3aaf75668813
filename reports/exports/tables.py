"""The life of an export: waiting ──start──▶ running ──finish──▶ ready ──expire──▶ expired;
waiting, running ──cancel──▶ cancelled; running ──fail──▶ failed.
"""

from __future__ import annotations

from reports.models import Export, ExportState
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, denied
from units.transitions import Table, Transition, any_of


def can_handle(actor: Actor, export: Export) -> Verdict:
    """Whoever asked for it, and nobody else: it was made in that person's sight."""
    if actor.user.pk == export.requested_by_id:
        return ALLOWED
    return denied("导出任务只供申请人查看和下载。")


WAITING, RUNNING, READY = ExportState.WAITING, ExportState.RUNNING, ExportState.READY

EXPORTS: Table[Export] = Table(
    Export,
    [
        Transition("start", "开始生成", any_of(WAITING), RUNNING, can_handle),
        Transition("finish", "生成", any_of(RUNNING), READY, can_handle),
        Transition("fail", "中断", any_of(RUNNING), ExportState.FAILED, can_handle),
        Transition("cancel", "取消", any_of(WAITING, RUNNING), ExportState.CANCELLED, can_handle),
        Transition("expire", "清除", any_of(READY), ExportState.EXPIRED, can_handle),
    ],
)
