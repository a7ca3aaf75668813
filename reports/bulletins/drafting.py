"""From a finalized period to a draft in one step, from an issued paper to its correction."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from progress.models import Period
from reports.before_signing.acts import keep_open
from reports.before_signing.contradictions import look_through
from reports.before_signing.lines import lines_of
from reports.before_signing.shapes import Figures
from reports.bulletins.changes import changes_between, fingerprint
from reports.bulletins.figures import figures_of
from reports.bulletins.lines import sync_lines
from reports.bulletins.paper import words
from reports.bulletins.paper.stated import stated_of
from reports.bulletins.workflow import can_edit_bulletins
from reports.models import Bulletin, BulletinKind, BulletinLine, BulletinState
from units import log
from units.actors import Actor
from units.city.names import city
from units.city.words import said
from units.errors import NotNow
from units.permissions import require

COPIED = (
    "plan",
    "kind",
    "period",
    "number",
    "title",
    "addressee",
    "basis",
    "remarks",
    "problems",
    "requirements",
    "copies",
    "figures",
    "figures_at",
)
LINE_COPIED = ("kind", "unit", "task", "place", "facts", "words", "is_dropped")


@transaction.atomic
def draft(*, period: Period, kind: str, actor: Actor, now: datetime) -> Bulletin:
    """起草: figures of the period, proposed words, a line for every unit named."""
    require(can_edit_bulletins(actor))
    if not period.is_finalized:
        raise NotNow(f"{period.label}尚未定稿，请先定稿再起草。")
    open_one = Bulletin.objects.filter(
        plan=period.plan, kind=kind, period=period, edition=1
    ).exclude(state__in=[BulletinState.FROZEN, BulletinState.DROPPED])
    if (found := open_one.first()) is not None:
        raise NotNow(f"{found}正在办理，请接着办理或先作废。")
    figures = figures_of(period.plan, period, actor, now.date())
    look_through(figures, None)
    figures["stated"] = stated_of(figures, kind, now.date())
    bulletin = Bulletin.objects.create(
        plan=period.plan,
        kind=kind,
        period=period,
        figures=figures,
        figures_at=now,
        **_proposed(kind, period, figures),
        **_by(actor, now),
    )
    sync_lines(bulletin, None, figures)
    _log(bulletin, "draft", f"起草{bulletin}", actor, now)
    return bulletin


def _proposed(kind: str, period: Period, figures: Figures) -> dict[str, str]:
    plan, as_of = period.plan, period.data_as_of
    proposed = {
        "title": words.title_of(kind, plan, as_of),
        "basis": words.basis_of(kind, plan, as_of),
    }
    if kind == BulletinKind.BULLETIN:
        proposed["addressee"] = city().addressee
        proposed["problems"] = words.problems_of(figures)
        proposed["requirements"] = said(words.numbered(words.REQUIREMENTS))
    elif kind == BulletinKind.SPECIAL:
        proposed["addressee"] = said(words.FOR_LEADERS)
        proposed["requirements"] = said(words.SPECIAL_ADVICE)
    return proposed


def _by(actor: Actor, now: datetime) -> dict[str, object]:
    return {"created_by": actor.user, "created_by_name": actor.name, "created_at": now}


@transaction.atomic
def correct(*, bulletin: Bulletin, reason: str, actor: Actor, now: datetime) -> Bulletin:
    """更正: a new edition with the same number; the old file stays as it is."""
    require(can_edit_bulletins(actor))
    if not bulletin.is_frozen:
        raise NotNow(f"{bulletin}尚未印发，请直接修改。")
    if Bulletin.objects.filter(corrects=bulletin).exists():
        raise NotNow(f"{bulletin}已有更正，请打开更正的一版办理。")
    copied = {name: getattr(bulletin, name) for name in COPIED}
    edition = Bulletin.objects.create(
        **copied,
        corrects=bulletin,
        correction_reason=reason,
        edition=bulletin.edition + 1,
        **_by(actor, now),
    )
    for line in bulletin.lines.all():
        fields = {name: getattr(line, name) for name in LINE_COPIED}
        BulletinLine.objects.create(bulletin=edition, **fields)
    _log(edition, "correct", f"开启更正：{bulletin}", actor, now, reason)
    return edition


def newer_figures(bulletin: Bulletin, actor: Actor, today: date) -> tuple[Figures, list[str]]:
    """What the queries say now, and what that would change in the paper."""
    new = figures_of(bulletin.plan, bulletin.period, actor, today)
    look_through(new, bulletin.figures)
    return new, changes_between(bulletin.figures, new)


@transaction.atomic
def refresh(*, bulletin: Bulletin, shown: str, actor: Actor, now: datetime) -> list[str]:
    """Take over the newer figures that were `shown` (their fingerprint); returns the changes."""
    require(can_edit_bulletins(actor))
    locked = Bulletin.objects.select_for_update(of=("self",)).get(pk=bulletin.pk)
    if locked.state != BulletinState.DRAFT:  # units check what stands still
        raise NotNow(f"{locked}当前为“{locked.get_state_display()}”，收回修改以后才能更新数据。")
    new, changes = newer_figures(locked, actor, now.date())
    if shown != fingerprint(new):
        raise NotNow("数据在查看以后又有变化，请重新查看变化后再采用。")
    old: Figures = locked.figures
    new["stated"] = stated_of(new, locked.kind, now.date())
    locked.figures, locked.figures_at = new, now
    keep_open(locked, lines_of(new, locked.kind, now.date()))
    locked.save(update_fields=["figures", "figures_at", "answers"])
    sync_lines(locked, old, new)
    log.record(
        actor=actor,
        action="bulletin.refresh",
        subject=locked,
        summary=f"采用新数据：{locked}",
        changes={"changes": changes},
        now=now,
    )
    return changes


def _log(
    bulletin: Bulletin, verb: str, summary: str, actor: Actor, now: datetime, reason: str = ""
) -> None:
    log.record(
        actor=actor,
        action=f"bulletin.{verb}",
        subject=bulletin,
        summary=summary,
        changes={"period": bulletin.period.code, "kind": bulletin.kind},
        reason=reason,
        now=now,
    )
