from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from progress.checking.look import examine
from progress.filing.drafts import fingerprint
from progress.lifecycle import by_unit
from progress.models import EvidenceKind, ProgressReport
from tasks.models import Task
from tests.cast import (
    TEXTS,
    Cast,
    accept_report,
    at,
    attach,
    fill,
    make_indicator,
    make_item,
    make_milestone,
    make_responsibility,
    make_share,
    report_of,
    save_draft,
)

pytestmark = pytest.mark.django_db

FILED, NOW = at("2022-07-04"), at("2022-08-03")


def codes(report: ProgressReport) -> list[str]:
    version = report.latest()
    assert version is not None
    return [finding.code for finding in examine(version).findings]


def test_figures_are_held_against_the_last_accepted_ones(cast: Cast, task: Task) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 150)
    report = report_of(task, cast.lead)
    fill(report, cast.reporter, NOW, 149)
    assert codes(report) == ["fell"]
    fill(report, cast.reporter, NOW, 176)
    assert codes(report) == []


def test_a_warning_is_settled_by_one_sentence_and_a_blocking_finding_is_not(
    cast: Cast, task: Task
) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), FILED, 150)
    report = report_of(task, cast.lead)
    fill(report, cast.reporter, NOW, 149, progress=TEXTS["2022-06"])
    assert codes(report) == ["fell", "same_text"]
    said = {
        "explanation:same_text:progress": "示例：工作相同。",
        f"explanation:fell:reading:{task.indicators.get().pk}::value": "示例",
    }
    saved = fill(report, cast.reporter, NOW, 149, progress=TEXTS["2022-06"], **said)
    assert [finding.code for finding in examine(saved.version).objections] == ["fell"]


def test_reaching_the_target_needs_evidence(cast: Cast, task: Task) -> None:
    report = report_of(task, cast.lead)
    fill(report, cast.reporter, NOW, 300)
    assert codes(report) == ["no_evidence"]
    attach(report, cast.reporter, NOW, EvidenceKind.SIGNED_SHEET)
    assert codes(report) == ["no_evidence"]
    attach(report, cast.reporter, NOW, EvidenceKind.EVIDENCE)
    assert codes(report) == []


def test_yellow_and_red_carry_the_units_reason(cast: Cast, task: Task) -> None:
    report = report_of(task, cast.lead)
    fill(report, cast.reporter, NOW, 100, light_reason="")
    assert codes(report) == ["no_light_reason"]


def test_an_item_without_percent_needs_a_proposed_light(cast: Cast, task: Task) -> None:
    words = make_item(task.plan, cast, 2, tracking="qualitative")
    report = report_of(words, cast.lead)
    fill(report, cast.reporter, NOW)
    assert codes(report) == ["no_light"]
    fill(report, cast.reporter, NOW, proposed_light="slow", light_reason="")
    assert codes(report) == ["no_light_reason"]
    fill(report, cast.reporter, NOW, proposed_light="slow")
    assert codes(report) == []


def test_a_citys_figure_and_its_counties_must_agree(cast: Cast, task: Task) -> None:
    indicator = task.indicators.get()
    make_responsibility(task, cast.county, "support")
    make_share(indicator, cast.county, 300)
    report = report_of(task, cast.lead)
    fill(report, cast.reporter, NOW, 180)
    assert codes(report) == ["parts_missing"]
    part = {f"reading:{indicator.pk}:{cast.county.pk}:value": Decimal(170)}
    county_report = report_of(task, cast.county)
    base = fingerprint(None)
    save_draft(report=county_report, actor=cast.county_reporter, now=NOW, values=part, base=base)
    by_unit.submit(report=county_report, actor=cast.county_reporter, now=NOW)
    by_unit.sign(report=county_report, actor=cast.county_signer, now=NOW)
    assert codes(report) == ["parts_differ"]
    fill(report, cast.reporter, NOW, 170, light_reason="示例：征地滞后。")
    assert codes(report) == []


def test_a_county_needs_no_text_and_no_light(cast: Cast, task: Task) -> None:
    make_responsibility(task, cast.county, "support")
    make_share(task.indicators.get(), cast.county, 300)
    report = report_of(task, cast.county)
    key = f"reading:{task.indicators.get().pk}:{cast.county.pk}:value"
    save_draft(report=report, actor=cast.county_reporter, now=NOW, values={key: None}, base="")
    assert codes(report) == ["no_number"]
    save_draft(
        report=report, actor=cast.county_reporter, now=NOW, values={key: Decimal(1)}, base=""
    )
    assert codes(report) == []


def test_a_step_done_is_not_asked_for_evidence_but_the_whole_item_is(
    cast: Cast, task: Task
) -> None:
    steps = make_item(task.plan, cast, 2, tracking="milestone")
    primary = steps.responsibilities.get(is_primary=True)
    first = make_milestone(steps, primary, date(2022, 6, 30))
    second = make_milestone(steps, primary, date(2022, 10, 31))
    report = report_of(steps, cast.lead)
    fill(report, cast.reporter, NOW, **{f"milestone:{first.pk}:done_on": date(2022, 6, 20)})
    assert codes(report) == []
    fill(report, cast.reporter, NOW, **{f"milestone:{second.pk}:done_on": date(2022, 7, 20)})
    assert codes(report) == ["no_evidence"]


@pytest.mark.parametrize("count", [1, 6])
def test_examining_costs_the_same_however_many_numbers_an_item_has(
    cast: Cast, task: Task, count: int, django_assert_max_num_queries: Any
) -> None:
    primary = task.responsibilities.get(is_primary=True)
    make_responsibility(task, cast.county, "support")
    for _ in range(count):
        make_share(make_indicator(task, primary), cast.county, 10)
    report = report_of(task, cast.lead)
    fill(report, cast.reporter, NOW, 100)
    version = report.versions.select_related(
        "report__period", "report__responsibility__task", "report__responsibility__unit"
    ).get()
    with django_assert_max_num_queries(19):
        look = examine(version)
    assert len(look.rows.indicators) == 1 + 2 * count
