"""Addresses of decisions: 调整, 办结销号, 年终结果."""

from django.urls import URLPattern, path

import tasks.item_address  # noqa: F401  # makes <item_kind:…> known
from progress.views import (
    acts,
    adjustment_acts,
    adjustments,
    closure_acts,
    closures,
    decided,
    handover,
    periods,
    review_batch,
    trail,
)

ITEM = "<slug:slug>/<item_kind:item_kind>/<int:number>"
urlpatterns: list[URLPattern] = [
    path(f"{ITEM}/decisions/", decided.item_decisions, name="item_decisions"),
    path(f"{ITEM}/trail/", trail.item_trail, name="item_trail"),
    path("<slug:slug>/reports/<int:pk>/trail/", trail.report_trail_page, name="report_trail"),
    path(f"{ITEM}/adjust/<slug:what>/", adjustments.ask, name="ask"),
    path(f"{ITEM}/claim/", closures.claim, name="claim"),
    path("<slug:slug>/adjustments/", adjustments.adjustments, name="adjustments"),
    path("<slug:slug>/adjustments/<int:pk>/", adjustments.adjustment, name="adjustment"),
    path(
        "<slug:slug>/adjustments/<int:pk>/register/",
        adjustment_acts.register,
        name="adjustment_register",
    ),
    path(
        "<slug:slug>/adjustments/<int:pk>/decline/",
        adjustment_acts.decline,
        name="adjustment_decline",
    ),
    path(
        "<slug:slug>/adjustments/<int:pk>/revoke/", adjustment_acts.revoke, name="adjustment_revoke"
    ),
    path("<slug:slug>/adjustments/<int:pk>/end/", adjustment_acts.end, name="adjustment_end"),
    path("<slug:slug>/adjustments/<int:pk>/scan/", decided.adjustment_scan, name="adjustment_scan"),
    path("<slug:slug>/closures/", closures.closures, name="closures"),
    path("<slug:slug>/closures/<int:pk>/", closures.closure, name="closure"),
    path("<slug:slug>/closures/<int:pk>/check/", closure_acts.check, name="closure_check"),
    path("<slug:slug>/closures/<int:pk>/close/", closure_acts.close, name="closure_close"),
    path(
        "<slug:slug>/closures/<int:pk>/decline/", closure_acts.decline_claim, name="closure_decline"
    ),
    path("<slug:slug>/closures/<int:pk>/reopen/", closure_acts.reopen_task, name="closure_reopen"),
    path("<slug:slug>/closures/<int:pk>/scan/", decided.closure_scan, name="closure_scan"),
    path("<slug:slug>/review/accept/", review_batch.accept_batch, name="accept_batch"),
    path("<slug:slug>/periods/<int:pk>/move/", periods.move, name="period_move"),
    path("handover/", handover.handovers, name="handovers"),
    path("handover/<int:pk>/", handover.handover, name="handover"),
    path("<slug:slug>/reports/<int:pk>/empty/", acts.judge_empty, name="judge_empty"),
    path("<slug:slug>/outcomes/", decided.outcomes, name="outcomes"),
    path("<slug:slug>/outcomes/carry/", decided.carry_over, name="carry_over"),
]
