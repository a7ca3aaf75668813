"""事项详情: who filed, who answers, and who may read that."""

from __future__ import annotations

from decimal import Decimal

import pytest

from progress.lifecycle import by_office, by_unit
from progress.models import (
    EvidenceKind,
    ProgressReport,
)
from reports.item.tests.items import ADDRESS, JUNE, frozen_june
from reports.tests.factories import make_post
from reports.tests.reading import page_of, text_of
from tasks.models import Designation, Plan
from tests.cast import (
    Cast,
    at,
    attach,
    file_report,
    fill,
    make_item,
    make_responsibility,
    make_share,
    report_of,
)
from tests.pages import browser
from units.models import UnitGroup

pytestmark = pytest.mark.django_db


def test_returns_and_drafts_are_for_the_unit_that_wrote_them_and_for_the_office(
    cast: Cast, plan: Plan
) -> None:
    task = frozen_june(plan, cast)
    make_responsibility(task, cast.co_lead, "lead", ordinal=2)
    sent = file_report(cast, report_of(task, cast.lead), at("2022-08-01"), 200)
    by_office.return_to_unit(
        report=sent, actor=cast.office, now=at("2022-08-02"), reason="请补充现场照片。"
    )
    report = ProgressReport.objects.get(pk=sent.pk)
    mine = ("督查室退回市住建局7月进展", "请补充现场照片。")
    for actor in (cast.office, cast.reporter, cast.signer):
        text = text_of(page_of(actor, ADDRESS))
        assert all(words in text for words in mine)
        assert "市住建局7月进展草稿" not in text  # nobody typed since
    fill(report, cast.reporter, at("2022-08-03"), progress="示例：重写的进展。")
    for actor in (cast.office, cast.reporter):
        text = text_of(page_of(actor, ADDRESS))
        assert "市住建局7月进展草稿8月3日10:00示例：重写的进展。" in text
    for actor in (cast.leader, cast.observer, cast.supporter, cast.co_reporter):
        text = text_of(page_of(actor, ADDRESS))
        assert not any(words in text for words in (*mine, "重写的进展"))
        assert "市住建局6月进展已通过" in text


def test_an_accepted_filing_names_who_filed_signed_and_accepted(cast: Cast, plan: Plan) -> None:
    frozen_june(plan, cast)
    text = text_of(page_of(cast.supporter, ADDRESS))
    assert "市住建局联络员填报，市住建局单位负责人7月4日10:00线上审签" in text
    assert "；督查室7月4日10:00审核通过" in text
    assert "示例采用稿。" in text
    assert "审核员（督查室）7月4日10:00审核通过" in text_of(page_of(cast.office, ADDRESS))
    assert "督查室审核员" not in text


def test_the_filings_of_counties_are_one_line_of_the_history(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    make_responsibility(task, cast.county, "support", ordinal=3)
    indicator = task.indicators.get()
    make_share(indicator, cast.county, 100)
    report, now = report_of(task, cast.county, JUNE), at("2022-07-04")
    fill(
        report,
        cast.county_reporter,
        now,
        progress="",
        light_reason="",
        **{f"reading:{indicator.pk}:{cast.county.pk}:value": Decimal(40)},
    )
    by_unit.submit(report=report, actor=cast.county_reporter, now=now)
    by_unit.sign(report=report, actor=cast.county_signer, now=now)
    by_office.accept(report=report, actor=cast.office, now=now)
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "1个单位6月分县数据已通过" in text
    assert "大冶市：大冶市政府联络员填报" in text


def test_contacts_are_for_the_units_on_the_item_and_for_the_office(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    held = task.responsibilities.get(is_primary=True)
    held.leader_name, held.section, held.telephone = "分管副局长", "村镇建设科", "0714-0000000"
    held.save()
    make_post("分管城建副市长", cast.lead)
    for actor in (cast.office, cast.reporter, cast.supporter):
        text = text_of(page_of(actor, ADDRESS))
        assert "责任领导分管副局长责任科室村镇建设科联络员市住建局联络员" in text
        assert "0714-0000000" in text
        assert "分管市领导分管城建副市长" in text
    for actor in (cast.leader, cast.observer):
        text = text_of(page_of(actor, ADDRESS))
        assert "0714-0000000" not in text
        assert "市住建局联络员" not in text
        assert "分管市领导分管城建副市长" in text


def test_responsibilities_stand_as_the_notice_prints_them(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    every = UnitGroup.objects.create(name="各县（市、区）政府", mode="all")
    some = UnitGroup.objects.create(name="相关市政府部门", mode="relevant")
    printed = [
        ("lead", "市住房城乡建设局", cast.lead, None),
        ("support", "各县(市、区)政府", None, every),
        ("support", "相关市政府部门", None, some),
    ]
    for place, (role, words, unit, group) in enumerate(printed, start=1):
        named = Designation.objects.create(
            task=task, role=role, ordinal=place, printed=words, unit=unit, group=group
        )
        if group == every:
            make_responsibility(task, cast.county, "support", designation=named)
    text = text_of(page_of(cast.leader, ADDRESS))
    assert "牵头单位市住房城乡建设局配合单位各县（市、区）政府1相关市政府部门" in text


def test_files_of_filings_under_way_are_not_for_others(cast: Cast, plan: Plan) -> None:
    task = frozen_june(plan, cast)
    report = report_of(task, cast.lead)
    fill(report, cast.reporter, at("2022-08-02"), 200)
    attach(report, cast.reporter, at("2022-08-02"), EvidenceKind.EVIDENCE)
    for actor, sees in ((cast.reporter, True), (cast.office, True), (cast.leader, False)):
        assert ("示例.pdf" in page_of(actor, ADDRESS)) is sees


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("office", 200),
        ("reporter", 200),
        ("supporter", 404),
        ("stranger_reporter", 404),
        ("leader", 404),
        ("observer", 404),
        ("admin", 404),
        ("auditor", 404),
    ],
)
def test_a_restricted_item_is_unknown_to_others(
    who: str, status: int, cast: Cast, plan: Plan
) -> None:
    task = make_item(plan, cast, visibility="restricted")
    assert browser(getattr(cast, who)).get(ADDRESS).status_code == status
    task.named_readers.add(cast.leader.user)
    assert browser(cast.leader).get(ADDRESS).status_code == 200
