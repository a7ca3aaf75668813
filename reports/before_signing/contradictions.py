"""What stands in accepted reports against itself, and nobody has explained (`ReportVersion`).

Figures are asked of by `examine`, as the reviewer saw them; the words that a paper prints by the
rules of 进展质检, against the figures of their report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from progress.checking.doubts import doubts_about
from progress.checking.look import examine
from progress.checking.of_papers import answer_to, facts_of_versions
from progress.models import ReportVersion
from progress.quality.facts import Facts
from reports.before_signing.shapes import Contradiction, Figures

# Of the findings those that say that two figures cannot both be right; the rest is about what is
# missing, or about style.
CONTRADICTIONS = frozenset(
    {
        *("unit_slip", "jump", "beyond_target", "rate_slip", "rate_jump", "more_than_started"),
        *("not_whole", "negative", "parts_differ", "list_differs"),
    }
)
STYLE = frozenset({"no_fact", "copied", "dropped"})  # poor, and not wrong
# a plan speaks of what will be, which the figures of today cannot contradict
TEXTS = (("digest", "digest"), ("reason", "light_reason"))
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
    versions = _loaded(wanted - before)
    facts = facts_of_versions(versions)
    for version in versions:
        contradicted += _of(version, facts[version.pk])
    figures["contradicted"] = sorted(
        contradicted, key=lambda each: (each["task"], each["sentence"])
    )
    figures["checked"] = sorted(wanted)
    figures["verified"] = _verified(figures["contradicted"])


def _versions_in(figures: Figures) -> set[int]:
    rows = [*figures["behind"], *figures["projects"]]
    return {said["version"] for each in rows if (said := each.get("source")) is not None}


def _loaded(wanted: Collection[int]) -> list[ReportVersion]:
    found = ReportVersion.objects.filter(pk__in=wanted).select_related(*RELATED)
    return list(found.order_by("pk"))


def _of(version: ReportVersion, facts: Facts) -> list[Contradiction]:
    task = version.report.task
    return [
        Contradiction(
            task=task.pk,
            code=task.code,
            title=task.short_title,
            version=version.pk,
            part=part,
            sentence=sentence,
        )
        for part, sentence in dict.fromkeys([*_figures(version), *_words(version, facts)])
    ]


def _figures(version: ReportVersion) -> Iterator[tuple[str, str]]:
    for each in examine(version).objections:
        if each.code in CONTRADICTIONS:
            yield "figures", each.sentence


def _words(version: ReportVersion, facts: Facts) -> Iterator[tuple[str, str]]:
    for part, field in TEXTS:
        place = "progress" if field == "light_reason" else field
        for each in doubts_about(getattr(version, field), facts, place):
            if each.code.split(".")[0] not in STYLE and not answer_to(each, version):
                yield part, each.sentence


def _verified(contradicted: Iterable[Contradiction]) -> list[str]:
    """核定 counts only where a finding is open."""
    versions = {each["version"]: each for each in contradicted}
    rows = ReportVersion.objects.filter(pk__in=versions, readings__verified__isnull=False)
    return [
        f"{versions[pk]['title']}（{versions[pk]['code']}）"
        for pk in rows.order_by("pk").distinct().values_list("pk", flat=True)
    ]
