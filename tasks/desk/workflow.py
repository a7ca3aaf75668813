"""The life of a draft: open ──activate──▶ activated, of a 补充文件 open ──take──▶ taken; or open
──discard──▶ discarded.
"""

from __future__ import annotations

from tasks.desk.permissions import can_decide
from tasks.models import DraftState, NoticeDraft
from units.transitions import Table, Transition, any_of

DRAFTS: Table[NoticeDraft] = Table(
    NoticeDraft,
    [
        Transition("activate", "启用", any_of(DraftState.OPEN), DraftState.ACTIVATED, can_decide),
        Transition("take", "并入", any_of(DraftState.OPEN), DraftState.TAKEN, can_decide),
        Transition(
            "discard", "废弃草稿", any_of(DraftState.OPEN), DraftState.DISCARDED, can_decide
        ),
    ],
)
