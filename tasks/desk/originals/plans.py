"""年度责任分解: every year with its notice, its original and its draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from tasks.models import DraftState, NoticeDraft, NoticeSource, Plan, PlanState
from units.actors import Actor


@dataclass(frozen=True)
class Year:
    """A plan. `source` is the original it was read from, where it came in through the desk."""

    plan: Plan
    items: int
    source: NoticeSource | None


@dataclass(frozen=True)
class Drafts:
    """`open` newest first; `ended` those that were discarded."""

    open: Sequence[NoticeDraft]
    ended: Sequence[NoticeDraft]


def years_of(actor: Actor) -> list[Year]:
    """Newest first. Two queries."""
    plans = Plan.objects.visible_to(actor).annotate(items=Count("tasks")).select_related("draft")
    wanted = NoticeSource.objects.filter(draft__plan__in=plans).order_by("draft", "pk")
    newest = {each.draft_id: each for each in wanted.defer("content")}
    found = []
    for plan in plans:
        draft: NoticeDraft | None = getattr(plan, "draft", None)
        items: int = plan.items  # type: ignore[attr-defined]  # annotated
        found.append(Year(plan, items, newest.get(draft.pk) if draft is not None else None))
    return found


def to_carry_over(years: Sequence[Year]) -> list[Plan]:
    """Of each series the newest, where it has begun."""
    newest: dict[str, Plan] = {}
    for year in years:
        newest.setdefault(year.plan.series, year.plan)
    return [each for each in newest.values() if each.state != PlanState.DRAFT]


def drafts_of(actor: Actor) -> Drafts:
    """The drafts that are no plan."""
    seen = NoticeDraft.objects.visible_to(actor)
    return Drafts(
        list(seen.filter(state=DraftState.OPEN)),
        list(seen.filter(state=DraftState.DISCARDED).order_by("-ended_at")),
    )
