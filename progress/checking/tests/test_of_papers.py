"""A sentence of a paper is held against the figures of the report that it comes from."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.checking.doubts import doubts_about
from progress.checking.findings import Finding
from progress.checking.look import answer_before, examine
from progress.checking.of_papers import answer_to, facts_of_versions
from progress.models import ProgressReport, ReportVersion
from tasks.models import Task
from tests.cast import Cast, accept_report, at, fill, make_item, report_of

pytestmark = pytest.mark.django_db

TRUE = "改造道路累计完成180公里，占年度目标300公里的60%，本月新增30公里。"
FALSE = "改造道路累计完成210公里，占年度目标300公里的70%，本月新增60公里。"
SAID = "改造道路累计完成160公里。"
KINDS = ["number", "percent", "increase"]


@pytest.fixture
def july(cast: Cast, task: Task) -> ReportVersion:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    report = accept_report(cast, report_of(task, cast.lead), at("2022-08-02"), 180, progress=TRUE)
    assert report.accepted_version is not None
    return _read([report])[0]


def _read(reports: list[ProgressReport]) -> list[ReportVersion]:
    related = ("report__period__plan", "report__responsibility__task__plan")
    versions = ReportVersion.objects.filter(pk__in=[each.accepted_version_id for each in reports])
    return list(versions.select_related(*related, "report__responsibility__unit"))


def kinds(text: str, version: ReportVersion) -> list[str]:
    found = doubts_about(text, facts_of_versions([version])[version.pk], "digest")
    return [each.code.split(".")[0] for each in found]


def test_what_the_figures_bear_out_is_printed_in_peace(july: ReportVersion) -> None:
    assert kinds(TRUE, july) == []


def test_what_they_do_not_is_said_with_both_sides(july: ReportVersion) -> None:
    assert kinds(FALSE, july) == KINDS
    [number, *_] = doubts_about(FALSE, facts_of_versions([july])[july.pk], "digest")
    assert number.sentence == "采用稿写“210公里”，改造道路累计完成180公里，请核对。"


def test_the_facts_are_those_that_the_unit_was_asked_by(july: ReportVersion) -> None:
    look = examine(july)
    own, of_papers = look.facts_of(july), facts_of_versions([july])[july.pk]
    assert own.span == of_papers.span
    assert own.measures == of_papers.measures
    assert own.percent == of_papers.percent


def test_what_the_unit_said_of_a_sentence_is_known_of_the_same_sentence(
    cast: Cast, task: Task, july: ReportVersion
) -> None:
    [number, *_] = doubts_about(FALSE, facts_of_versions([july])[july.pk], "progress")
    july.explanations = {number.key: "示例：含在建里程。"}
    [printed, *_] = doubts_about(f"另：{FALSE}", facts_of_versions([july])[july.pk], "digest")
    assert answer_to(printed, july) == ""  # another sentence
    [printed, *_] = doubts_about(FALSE, facts_of_versions([july])[july.pk], "digest")
    assert answer_to(printed, july) == "示例：含在建里程。"


@pytest.mark.usefixtures("july")
def test_many_cost_no_more_queries_than_one(cast: Cast, task: Task) -> None:
    others = [make_item(task.plan, cast, number) for number in (2, 3)]
    for each in others:
        accept_report(cast, report_of(each, cast.lead), at("2022-08-02"), 180)
    reports = [report_of(each, cast.lead) for each in (task, *others)]
    counts = []
    for some in (reports[:1], reports):
        versions = _read(some)
        with CaptureQueriesContext(connection) as queries:
            assert len(facts_of_versions(versions)) == len(some)
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= 20


def test_an_answer_stays_for_the_same_sentence_in_later_periods(cast: Cast, task: Task) -> None:
    """June's answer is accepted; July and August keep the sentence and are not asked again."""
    june = report_of(task, cast.lead, "2022-06")
    words = "市区段征地协议全部签订。"
    fill(june, cast.reporter, at("2022-07-02"), 150, progress=words + SAID)
    asked = _asked(june)
    assert asked
    answers = {f"explanation:{each.key}": "示例：含续建。" for each in asked}
    accept_report(cast, june, at("2022-07-04"), 150, progress=words + SAID, **answers)
    later = (
        ("2022-07", "2022-08-02", "桥涵加固开始打桩，钢筋分批到货，两台摊铺机就位。"),
        ("2022-08", "2022-09-02", "护栏安装收尾，标线施划启动，边沟清理一遍。"),
    )
    for code, now, also in later:
        report = report_of(task, cast.lead, code)
        fill(report, cast.reporter, at(now), 150, progress=also + SAID)
        assert _asked(report) == []
        latest = report.latest()
        assert latest is not None
        look = examine(latest)
        assert [each.key for each in look.settled] == [each.key for each in asked]
        assert {answer_before(look, each) for each in look.settled} == {"示例：含续建。"}
        accept_report(cast, report, at(now), 150, progress=also + SAID)


def _asked(report: ProgressReport) -> list[Finding]:
    latest = report.latest()
    assert latest is not None
    return [each for each in examine(latest).findings if each.is_of_a_sentence]
