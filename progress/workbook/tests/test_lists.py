"""Contacts, 上年底数 and 子项 from Excel: what the page does, in one file."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from progress.duties.sheet import ContactSheet
from progress.sub_items.sheet import SubItemSheet
from tasks.models import Indicator, Plan, SubItem, Task
from tasks.sheets.baselines import BaselineSheet
from tests.cast import Cast, at, make_responsibility, make_share
from units.actors import Actor
from units.models import LogEntry
from units.sheets import running
from units.sheets.known import NOT_SHOWN
from units.sheets.results import Result
from units.sheets.tests.filled import Filler

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")
CONTACTS, BASELINES, LISTED = "联系人", "上年底数", "子项"
HOUSE = {
    "编号": "重点工作第1项",
    "指标": "改造小区",
    "实施单位": "市住建局",
    "子项名称": "示例小区",
    "状态": "在建",
    "开工日期": date(2022, 3, 1),
}


def write(wanted: Any, actor: Actor, filler: Filler) -> tuple[Result, bool]:
    return running.perform(wanted, filler.read, actor, NOW, skips_bad=False)


def fill(wanted: Any, actor: Actor, sheet: str, row: int, values: dict[str, Any]) -> Filler:
    filler = Filler(wanted.template(actor, NOW))
    for head, value in values.items():
        filler.put(sheet, row, head, value)
    return filler


@pytest.fixture
def houses(task: Task) -> Indicator:
    """The item's number, counted one by one."""
    indicator = task.indicators.get()
    indicator.name, indicator.unit_of_measure = "改造小区", "个"
    indicator.save()
    return indicator


def test_a_unit_fills_its_own_contacts_and_the_office_everybodys(
    cast: Cast, plan: Plan, task: Task
) -> None:
    named = {"责任领导": "示例领导", "联系电话": "0714-6350000"}
    own = fill(ContactSheet(plan), cast.supporter, CONTACTS, 1, named)
    assert write(ContactSheet(plan), cast.supporter, own)[1]
    held = task.responsibilities.get(unit=cast.support)
    assert (held.leader_name, held.telephone, held.contacts_on) == (
        "示例领导",
        "0714-6350000",
        NOW.date(),
    )
    office = fill(ContactSheet(plan), cast.office, CONTACTS, 1, {"责任人": "示例"})
    result, is_written = write(ContactSheet(plan), cast.office, office)
    assert (is_written, result.counts["changed"], result.counts["same"]) == (True, 1, 1)
    assert LogEntry.objects.filter(action="responsibility.contacts").count() == 2


def test_telephones_that_were_left_out_stay_as_they_stand(
    cast: Cast, plan: Plan, task: Task
) -> None:
    """Unless one is typed over the sign; an empty one is told apart from one that is not shown."""
    task.responsibilities.filter(unit=cast.support).update(telephone="0714-6350000")
    filler = Filler(ContactSheet(plan).without_telephones(cast.supporter, NOW))
    assert filler.cell(CONTACTS, 1, "联系电话").value == NOT_SHOWN
    result, _ = write(ContactSheet(plan), cast.supporter, filler)
    assert (result.counts["same"], result.mistakes) == (1, [])
    filler.put(CONTACTS, 1, "责任人", "示例")
    assert write(ContactSheet(plan), cast.supporter, filler)[1]
    held = task.responsibilities.get(unit=cast.support)
    assert (held.contact_name, held.telephone) == ("示例", "0714-6350000")
    again = Filler(ContactSheet(plan).without_telephones(cast.supporter, NOW))
    again.put(CONTACTS, 1, "联系电话", "0714-6350001")
    assert write(ContactSheet(plan), cast.supporter, again)[1]
    held.refresh_from_db()
    assert held.telephone == "0714-6350001"


def test_contacts_of_others_stale_rows_and_no_telephone_are_refused(
    cast: Cast, plan: Plan, task: Task
) -> None:
    foreign = fill(ContactSheet(plan), cast.office, CONTACTS, 1, {"责任人": "示例"})
    assert "不在您可以填写的范围内" in _only(
        write(ContactSheet(plan), cast.stranger_reporter, foreign)[0], 2
    )
    wrong = fill(ContactSheet(plan), cast.supporter, CONTACTS, 1, {"联系电话": "内线"})
    assert "请填写电话号码" in _only(write(ContactSheet(plan), cast.supporter, wrong)[0])
    task.responsibilities.filter(unit=cast.support).update(contact_name="别人")
    stale = wrong
    stale.put(CONTACTS, 1, "联系电话", "0714-6350000")
    assert "在系统中已被改过" in _only(write(ContactSheet(plan), cast.supporter, stale)[0])


def test_the_office_enters_last_years_figures(cast: Cast, plan: Plan, task: Task) -> None:
    filler = fill(BaselineSheet(plan), cast.office, BASELINES, 1, {"上年底数": "1，200.5"})
    assert not BaselineSheet(plan).may(cast.reporter)
    result, is_written = write(BaselineSheet(plan), cast.office, filler)
    assert is_written
    assert result.outcomes[0].details == ["上年底数：空 → 1200.5"]
    assert task.indicators.get().baseline == Decimal("1200.5")
    wrong = fill(BaselineSheet(plan), cast.office, BASELINES, 1, {"上年底数": "一千"})
    assert "请填写数字" in _only(write(BaselineSheet(plan), cast.office, wrong)[0])


def test_things_behind_a_number_are_listed_and_changed(
    cast: Cast, plan: Plan, houses: Indicator
) -> None:
    filler = fill(SubItemSheet(plan), cast.reporter, LISTED, 1, HOUSE)
    assert write(SubItemSheet(plan), cast.reporter, filler)[1]
    done = fill(
        SubItemSheet(plan),
        cast.reporter,
        LISTED,
        1,
        {"状态": "完工", "完工日期": "2022年7月1日", "累计完成投资（万元）": 120.5},
    )
    result, is_written = write(SubItemSheet(plan), cast.reporter, done)
    assert (is_written, result.counts["changed"]) == (True, 1)
    house = SubItem.objects.get(indicator=houses)
    assert (house.stage, house.finished_on, house.invested) == (
        "done",
        date(2022, 7, 1),
        Decimal("120.50"),
    )


@pytest.mark.parametrize(
    ("values", "head", "sentence"),
    [
        ({"状态": "停工"}, "状态", "请从下列各项中选择：前期、在建、完工。"),
        ({"开工日期": ""}, "开工日期", "在建或完工的，请填写开工日期。"),
        ({"实施单位": "市体育局"}, "实施单位", "实施单位只能是：大冶市政府、市住建局。"),
        ({"指标": "修桥"}, "指标", "没有这个编号和指标"),
        (
            {"累计完成投资（万元）": "约百万"},
            "累计完成投资（万元）",
            "请填写数字，如 163.98，以“万元”计",
        ),
    ],
)
def test_what_is_wrong_with_a_thing_is_said_at_its_cell(
    values: dict[str, Any], head: str, sentence: str, cast: Cast, plan: Plan, houses: Indicator
) -> None:
    assert houses.task is not None
    make_responsibility(houses.task, cast.county, "support")
    make_share(houses, cast.county, 40)
    filler = fill(SubItemSheet(plan), cast.reporter, LISTED, 1, {**HOUSE, **values})
    result, is_written = write(SubItemSheet(plan), cast.reporter, filler)
    assert not is_written
    [mistake] = result.mistakes
    assert (mistake.head, mistake.sentence[: len(sentence)]) == (head, sentence)
    county = fill(SubItemSheet(plan), cast.county_reporter, LISTED, 1, HOUSE)
    assert "实施单位只能是：大冶市政府。" in _only(
        write(SubItemSheet(plan), cast.county_reporter, county)[0]
    )


def _only(result: Result, count: int = 1) -> str:
    assert len(result.mistakes) == count
    return result.mistakes[0].sentence
