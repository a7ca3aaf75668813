"""子项: who keeps the list, what is counted from it, and what readers see of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from progress.checking.look import examine
from progress.lifecycle import by_unit
from progress.models import Evidence, ProgressReport, SubItemReading
from tasks.models import Indicator, SubItem
from tasks.sub_items import acts as sub_items
from tasks.sub_items.counts import counts_on
from tests.cast import (
    Cast,
    accept_report,
    at,
    fill,
    make_indicator,
    make_item,
    make_plan,
    make_responsibility,
    make_share,
    report_of,
)
from tests.office_files import PDF, picture
from tests.pages import browser, text_of, url
from units.actors import Actor
from units.errors import NotNow, Refused
from units.models import LogEntry, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-03")
JULY_END = date(2022, 7, 31)


@pytest.fixture
def estates(cast: Cast) -> Indicator:
    """改造老旧小区131个 of 市住建局, 35 of them in 大冶."""
    task = make_item(make_plan(), cast, tracking="qualitative")
    task.tracking = "quantitative"
    task.save()
    primary = task.responsibilities.get(is_primary=True)
    make_responsibility(task, cast.county, "responsible")
    indicator = make_indicator(
        task, primary, 131, name="改造老旧小区", unit_of_measure="个", tracks_start=True
    )
    make_share(indicator, cast.county, 35)
    return indicator


def keep(
    indicator: Indicator, unit: Unit, actor: Actor, name: str = "示例小区", **values: object
) -> SubItem:
    return sub_items.create(
        indicator=indicator,
        unit=unit,
        name=name,
        actor=actor,
        now=NOW,
        **values,  # type: ignore[arg-type]
    )


def done(name: str, on: date) -> dict[str, object]:
    return {"name": name, "stage": "done", "started_on": date(2022, 3, 1), "finished_on": on}


def address(name: str, pk: int | None) -> str:
    return reverse(f"progress:{name}", args=["2022", pk])


def page(actor: Actor, indicator: Indicator, query: str = "") -> str:
    return text_of(browser(actor).get(address("sub_items_of", indicator.pk) + query))


def test_a_county_keeps_its_own_rows_and_the_lead_all(cast: Cast, estates: Indicator) -> None:
    keep(estates, cast.county, cast.county_reporter)
    keep(estates, cast.county, cast.reporter, "示例二区")
    keep(estates, cast.lead, cast.office)
    for actor, unit in ((cast.county_reporter, cast.lead), (cast.supporter, cast.support)):
        with pytest.raises(Refused, match="各单位只改本单位的子项"):
            keep(estates, unit, actor, "别人的")
    with pytest.raises(NotNow, match="不承担"):
        keep(estates, cast.support, cast.office, "别处的")


def test_the_same_name_twice_in_a_unit_is_refused(cast: Cast, estates: Indicator) -> None:
    first = keep(estates, cast.county, cast.county_reporter)
    with pytest.raises(NotNow, match="已有同名子项“示例小区”"):
        keep(estates, cast.county, cast.county_reporter)
    with pytest.raises(NotNow, match="已有同名子项“示例·小 区”"):
        keep(estates, cast.county, cast.county_reporter, "示例·小 区")
    sub_items.retire(sub_item=first, reason="示例：重复", actor=cast.office, now=NOW)
    keep(estates, cast.county, cast.county_reporter)


CONTRADICTIONS: list[tuple[dict[str, object], str]] = [
    ({"stage": "building"}, "请填写开工日期"),
    ({"stage": "done", "started_on": date(2022, 3, 1)}, "请填写完工日期"),
    ({"stage": "preparing", "started_on": date(2022, 3, 1)}, "状态请选在建或完工"),
    ({"stage": "building", "started_on": date(2022, 8, 4)}, "不能晚于今天"),
    (done("早完工", date(2022, 2, 1)), "完工日期不能早于开工日期"),
    ({"invested": Decimal(-1)}, "以万元填写"),
    ({"name": "  "}, "请填写子项名称"),
]


def test_a_row_that_contradicts_itself_is_not_kept(cast: Cast, estates: Indicator) -> None:
    for values, sentence in CONTRADICTIONS:
        with pytest.raises(NotNow, match=sentence):
            keep(estates, cast.county, cast.county_reporter, **{"name": "示例", **values})  # type: ignore[arg-type]
    assert not SubItem.objects.exists()


def test_a_change_is_logged_with_old_and_new_and_no_change_is_not(
    cast: Cast, estates: Indicator
) -> None:
    row = keep(estates, cast.county, cast.county_reporter)
    values = {"stage": "building", "started_on": date(2022, 5, 1)}
    sub_items.change(sub_item=row, actor=cast.county_reporter, now=NOW, **values)
    sub_items.change(sub_item=row, actor=cast.county_reporter, now=NOW, **values)
    entry = LogEntry.objects.get(action="sub_item.change")
    assert '"stage":["preparing","building"]' in entry.payload


def test_counts_are_as_of_a_day(cast: Cast, estates: Indicator) -> None:
    keep(estates, cast.county, cast.office, **done("一区", date(2022, 7, 31)))  # type: ignore[arg-type]
    keep(estates, cast.county, cast.office, **done("二区", date(2022, 8, 1)))  # type: ignore[arg-type]
    keep(estates, cast.lead, cast.office, "三区")
    counts = counts_on([estates.pk], JULY_END)
    whole, part = counts[(estates.pk, None)], counts[(estates.pk, cast.county.pk)]
    assert (whole.listed, whole.started, whole.finished) == (3, 2, 1)
    assert (part.listed, part.started, part.finished) == (2, 2, 1)


def lead_report(cast: Cast, indicator: Indicator) -> ProgressReport:
    assert indicator.task is not None
    return report_of(indicator.task, cast.lead)


def test_the_form_is_filled_from_the_list_and_a_difference_is_a_warning(
    cast: Cast, estates: Indicator
) -> None:
    keep(estates, cast.lead, cast.office, **done("一区", date(2022, 7, 1)))  # type: ignore[arg-type]
    report = lead_report(cast, estates)
    prefix = f"reading:{estates.pk}::"
    shown = text_of(browser(cast.reporter).get(url(report)))
    assert f'name="{prefix}value" value="1"' in shown
    assert f'name="{prefix}started" value="1"' in shown
    fill(report, cast.reporter, NOW, 3, **{f"{prefix}started": Decimal(1)})
    version = report.latest()
    assert version is not None
    found = [each for each in examine(version).findings if each.code == "list_differs"]
    assert [each.sentence for each in found] == [
        "改造老旧小区填报完工3个，子项清单为1个，请核对数字和清单，或说明。"
    ]
    assert not found[0].is_blocking
    assert f'name="{prefix}value" value="3"' in text_of(browser(cast.reporter).get(url(report)))


def test_readers_see_what_was_accepted(cast: Cast, estates: Indicator) -> None:
    row = keep(estates, cast.lead, cast.reporter, **done("一区", date(2022, 7, 1)))  # type: ignore[arg-type]
    report = lead_report(cast, estates)
    readers = (cast.leader, cast.supporter)
    assert all("没有可查看的子项" in page(actor, estates) for actor in readers)
    accept_report(
        cast, report, NOW, 1, **{f"explanation:parts_missing:reading:{estates.pk}::value": "示例"}
    )
    keep(estates, cast.lead, cast.reporter, "新区")
    sub_items.change(sub_item=row, actor=cast.reporter, now=NOW, name="一区", invested=Decimal(9))
    for actor in readers:
        seen = page(actor, estates)
        assert "一区" in seen
        assert "完工率100%" in seen
        assert "新区" not in seen
        assert "9 万元" not in seen.replace("</b>", "")
    assert "新区" in page(cast.reporter, estates)
    assert browser(cast.leader).get(address("sub_item", row.pk)).status_code == 403


def test_sent_again_the_version_says_what_holds_then(cast: Cast, estates: Indicator) -> None:
    row = keep(estates, cast.lead, cast.reporter)
    report = lead_report(cast, estates)
    key = f"explanation:parts_missing:reading:{estates.pk}::value"
    fill(report, cast.reporter, NOW, 0, **{key: "示例"})
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    by_unit.withdraw(report=report, actor=cast.reporter, now=NOW)
    sub_items.change(
        sub_item=row, actor=cast.reporter, now=NOW, stage="building", started_on=date(2022, 7, 1)
    )
    fill(report, cast.reporter, NOW, 0, **{f"reading:{estates.pk}::started": Decimal(1)})
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    assert SubItemReading.objects.get().stage == "building"


def posted(**values: object) -> dict[str, object]:
    return {"name": "湖滨小区", "stage": "preparing", **values}


def test_the_page_adds_changes_and_retires(cast: Cast, estates: Indicator) -> None:
    client = browser(cast.county_reporter)
    client.post(address("sub_item_add", estates.pk), posted(unit=cast.county.pk))
    row = SubItem.objects.get()
    change = posted(stage="building", started_on="2022-07-01", invested="12.5", note="示例")
    client.post(address("sub_item_change", row.pk), change)
    row.refresh_from_db()
    assert (row.stage, row.invested, row.changed_by) == (
        "building",
        Decimal("12.5"),
        cast.county_reporter.user,
    )
    client.post(address("sub_item_retire", row.pk), {"reason": "示例：重复列入"})
    row.refresh_from_db()
    assert row.retired_on == NOW.date()
    assert "示例：重复列入" in text_of(client.get(address("sub_item", row.pk)))


WRONG: list[tuple[dict[str, object], str]] = [
    ({"stage": "done"}, "完工的，请填写完工日期。"),
    ({"stage": "紫"}, "状态只能是前期、在建或完工。"),
    ({"started_on": "昨天"}, "请按“2022-08-05”的格式填写日期。"),
    ({"invested": "1e999"}, "数字"),
    ({"name": "长" * 81}, "不超过80字"),
    ({"name": ""}, "请填写子项名称。"),
    ({"unit": "999999"}, "请从列出的单位中选择。"),
]


def test_bad_input_comes_back_with_its_sentence(cast: Cast, estates: Indicator) -> None:
    client = browser(cast.county_reporter)
    for values, sentence in WRONG:
        data = posted(unit=cast.county.pk, note="保留的备注") | values
        response = client.post(address("sub_item_add", estates.pk), data)
        assert response.status_code == 409
        assert sentence in text_of(response)
        assert "保留的备注" in text_of(response)


def test_filters(cast: Cast, estates: Indicator) -> None:
    keep(estates, cast.lead, cast.reporter, "湖滨小区")
    keep(estates, cast.county, cast.reporter, **done("花园小区", date(2022, 7, 1)))  # type: ignore[arg-type]
    assert "花园小区" not in page(cast.reporter, estates, f"?unit={cast.lead.pk}")
    assert "湖滨小区" not in page(cast.reporter, estates, "?stage=done")
    assert "湖滨小区" not in page(cast.reporter, estates, "?words=花园")
    assert "花园小区" in page(cast.reporter, estates, "?words=花园⼩ 区")
    assert "没有符合条件的子项" in page(
        cast.reporter, estates, "?unit=x&stage=y&words=%F0%9F%98%80"
    )


def test_photos_are_images_and_can_be_taken_off(cast: Cast, estates: Indicator) -> None:
    row = keep(estates, cast.county, cast.county_reporter)
    client: Client = browser(cast.county_reporter)
    files = [SimpleUploadedFile("现场.jpg", picture()), SimpleUploadedFile("清单.pdf", PDF)]
    answer = client.post(address("sub_item_photo", row.pk), {"file": files}, follow=True)
    assert "清单.pdf：这里只收照片" in text_of(answer)
    photo = Evidence.objects.get()
    preview = address("evidence_preview", photo.pk)
    assert preview in page(cast.reporter, estates)
    assert browser(cast.leader).get(preview).status_code == 404
    client.post(address("evidence_withdraw", photo.pk))
    assert preview not in page(cast.county_reporter, estates)


def test_a_row_refused_for_its_number_comes_back_with_the_reason(
    cast: Cast, estates: Indicator
) -> None:
    Indicator.objects.filter(pk=estates.pk).update(unit_of_measure="%")
    data = posted(unit=cast.county.pk, note="保留的备注")
    response = browser(cast.county_reporter).post(address("sub_item_add", estates.pk), data)
    assert response.status_code == 409
    assert "不按子项计数" in text_of(response)
    assert "保留的备注" in text_of(response)
