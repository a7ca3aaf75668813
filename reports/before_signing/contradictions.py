"""What stands in accepted reports against itself, and nobody has explained (`ReportVersion`).

The findings are those of `progress.checking`, asked of what a paper prints.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from progress.checking.look import Look, examine
from progress.models import ReportVersion
from reports.before_signing.shapes import Contradiction, Figures

# Of the findings those that say that two figures cannot both be right; the rest is about what is
# missing, or about style.
CONTRADICTIONS = frozenset(
    {
        *("unit_slip", "jump", "beyond_target", "rate_slip", "rate_jump", "more_than_started"),
        *("not_whole", "negative", "parts_differ", "list_differs", "text_against_figures"),
    }
)
RELATED = (
    "report__period__plan",
    "report__responsibility__task__plan",
    "report__responsibility__unit",
)


def look_through(figures: Figures, known: Figures | None) -> None:
    """Add to `figures` what contradicts itself in what they print, and 核定数 of reports with an
    open finding; what was looked at for `known` is taken over, for accepted reports do not change.
    """
    wanted = _versions_in(figures)
    before = set(known.get("checked", [])) & wanted if known is not None else set()
    contradicted = [
        each
        for each in (known.get("contradicted", []) if known is not None else [])
        if each["version"] in before
    ]
    for version in _loaded(wanted - before):
        contradicted += _of(version)
    figures["contradicted"] = sorted(
        contradicted, key=lambda each: (each["task"], each["sentence"])
    )
    figures["checked"] = sorted(wanted)
    figures["verified"] = _verified(figures["contradicted"])


def _versions_in(figures: Figures) -> set[int]:
    rows = [*figures["behind"], *figures["projects"]]
    return {said["version"] for each in rows if (said := each.get("source")) is not None}


def _loaded(wanted: Collection[int]) -> Iterable[ReportVersion]:
    found = ReportVersion.objects.filter(pk__in=wanted).select_related(*RELATED)
    return found.order_by("pk")


def _of(version: ReportVersion) -> list[Contradiction]:
    task = version.report.task
    return [
        Contradiction(
            task=task.pk,
            code=task.code,
            title=task.short_title,
            version=version.pk,
            sentence=finding,
        )
        for finding in _sentences(examine(version))
    ]


def _sentences(look: Look) -> list[str]:
    open_ones = [each for each in look.objections if each.code in CONTRADICTIONS]
    return list(dict.fromkeys(each.sentence for each in open_ones))


def _verified(contradicted: Iterable[Contradiction]) -> list[str]:
    """核定 counts only where a finding is open."""
    versions = {each["version"]: each for each in contradicted}
    rows = ReportVersion.objects.filter(pk__in=versions, readings__verified__isnull=False)
    return [
        f"{versions[pk]['title']}（{versions[pk]['code']}）"
        for pk in rows.order_by("pk").distinct().values_list("pk", flat=True)
    ]
