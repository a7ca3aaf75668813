"""What the search finds beside items and units: matters by code and title, pages by name, and for
the office people.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from huangshi_tasks.lib.fold import fold
from progress.models import Instruction, SupervisionOrder
from reports.frame.nav import PLAN_PAGES, pages_of
from reports.frame.office_words import WORDS
from reports.ledger.pointing import ORDER, MatterCode, pointed
from tasks.models import Plan
from units.actors import Actor
from units.models import Appointment, Role

MOST = 10
SHORTEST = 2  # characters of a name by which something is looked for


class Hit(NamedTuple):
    """`kind` 批示, 页面, 人员; `exact`: nothing else can be meant."""

    kind: str
    label: str
    note: str
    url: str
    exact: bool = False


def elsewhere_of(plan: Plan, actor: Actor, words: str, today: date) -> list[Hit]:
    """All of it, what is exact first."""
    meant = pointed(words)
    if isinstance(meant, MatterCode):
        return coded(plan, actor, meant)
    if meant is not None:  # one item, and nothing else
        return []
    found = [
        *pages(plan, actor, words),
        *titled(plan, actor, words),
        *people(plan, actor, words, today),
    ]
    return sorted(found, key=lambda hit: not hit.exact)


def coded(plan: Plan, actor: Actor, code: MatterCode) -> list[Hit]:
    """The matter or 督办单 of that number, if this person may see it."""
    if code.year not in (0, plan.year):
        return []
    numbered = Q(plan=plan, number=code.number)
    if code.source == ORDER:
        orders = SupervisionOrder.objects.visible_to(actor).filter(numbered)
        return [_order(plan, order, exact=True) for order in orders[:MOST]]
    found = Instruction.objects.visible_to(actor).filter(numbered, source=code.source)
    return [_matter(plan, matter, exact=True) for matter in found[:MOST]]


def titled(plan: Plan, actor: Actor, words: str) -> list[Hit]:
    """Matters and 督办单 whose title has the words."""
    if len(words) < SHORTEST:
        return []
    named = Q(plan=plan, title__icontains=words)
    matters = Instruction.objects.visible_to(actor).filter(named).distinct()[:MOST]
    orders = SupervisionOrder.objects.visible_to(actor).filter(named).distinct()[:MOST]
    return [
        *(_matter(plan, matter) for matter in matters),
        *(_order(plan, order) for order in orders),
    ]


def _matter(plan: Plan, matter: Instruction, *, exact: bool = False) -> Hit:
    matter.plan = plan
    url = reverse("progress:matter", args=[plan.slug, matter.pk])
    kind = matter.get_source_display()
    return Hit(kind, f"{matter.code} {matter.title}", matter.get_state_display(), url, exact)


def _order(plan: Plan, order: SupervisionOrder, *, exact: bool = False) -> Hit:
    order.plan = plan
    url = reverse("progress:order", args=[plan.slug, order.pk])
    return Hit("督办单", f"{order.code} {order.title}", order.get_state_display(), url, exact)


def pages(plan: Plan, actor: Actor, words: str) -> list[Hit]:
    """Pages of the menu, and for the office of its five words, by their names."""
    wanted = fold(words)
    if len(wanted) < SHORTEST:
        return []
    found = [hit for hit in _pages(plan, actor) if wanted in fold(hit.label)]
    return [hit._replace(exact=fold(hit.label) == wanted) for hit in found]


def _pages(plan: Plan, actor: Actor) -> Iterator[Hit]:
    for view in pages_of(actor):
        yield Hit("页面", PLAN_PAGES[view][0], "", reverse(view, args=[plan.slug]))
    if actor.is_office:
        for word in WORDS:
            yield Hit("页面", word.label, str(word.about), word.url(plan))
            for each in word.functions:
                yield Hit("页面", each.label, str(each.about), each.url(plan))
    yield Hit("页面", "消息", "提醒和通知", reverse("progress:notices"))


def people(plan: Plan, actor: Actor, words: str, today: date) -> list[Hit]:
    """Whoever acts today and has that name, for the office; each leads to the unit's page."""
    if not actor.is_office or len(words) < SHORTEST:
        return []
    held = Appointment.objects.on(today).filter(user__display_name__icontains=words)
    columns = ("user__display_name", "role", "unit_id", "unit__name", "user__telephone")
    rows = held.order_by("unit__ordinal", "pk").values_list(*columns)[:MOST]
    return [
        Hit(
            "人员",
            f"{name}，{unit or Role(role).label}",
            f"{Role(role).label} {telephone}".strip(),
            reverse("reports:unit", args=[plan.slug, pk]) if pk else "",
        )
        for name, role, pk, unit, telephone in rows
    ]
