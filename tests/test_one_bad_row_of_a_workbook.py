"""One row that breaks the server in the middle of a workbook of ten: the other nine are written,
and the row says so.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from progress.duties import sheet as contacts
from progress.models import ReportVersion
from progress.sub_items import sheet as sub_items
from progress.workbook import filing
from tasks.action_plans.drafting import draft_of
from tasks.models import ActionPlan, Indicator, Plan, Responsibility, SubItem, Task
from tasks.sheets import action_plans, baselines
from tests.cast import Cast, at, make_item, report_of
from tests.month import cast, plan
from tests.test_one_bad_row import TEN, poisoned
from units.actors import Actor
from units.imports import accounts, unit_list
from units.models import Appointment, Role, Unit, User
from units.sheets import running
from units.sheets.book import open_book
from units.sheets.results import BAD, Result
from units.sheets.tests.filled import Filler
from units.tests.factories import make_user

__all__ = ["cast", "plan"]  # and what stands below
pytestmark = pytest.mark.django_db
NOW = at("2022-08-03")
FIRST: dict[str, int] = {}  # sheet → rows that stand in it already


def poison(monkeypatch: pytest.MonkeyPatch, room: Any, name: str, nth: int = 5) -> None:
    monkeypatch.setattr(room, name, poisoned(getattr(room, name), nth))


def written(wanted: Any, actor: Actor, sheet: str, values: dict[str, object]) -> Result:
    """Ten rows, in which {n} is the number of the row."""
    filler = Filler(wanted.template(actor, NOW))
    for place in TEN:
        for head, value in values.items():
            typed = value.format(n=place) if isinstance(value, str) else value
            filler.put(sheet, place + FIRST.get(sheet, 0), head, typed)
    result, is_written = running.perform(
        wanted, open_book(filler.content), actor, NOW, skips_bad=True
    )
    assert is_written
    assert {each.sentence for each in result.mistakes} == {running.UNWRITABLE}
    return result


@pytest.fixture
def items(plan: Plan, cast: Cast) -> list[Task]:
    return [make_item(plan, cast, number) for number in TEN]


def test_units(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    poison(monkeypatch, unit_list, "save", Unit.objects.count() + 5)
    before = Unit.objects.count()
    FIRST["单位"] = before
    values: dict[str, object] = {"单位名称": "示例单位{n}", "单位类别": "市直部门"}
    written(unit_list.UnitSheet(), cast.admin, "单位", values)
    assert Unit.objects.count() == before + 9


def test_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user("xtgly", Role.ADMIN)
    admin = Actor(user, Appointment.objects.get(user=user))
    poison(monkeypatch, accounts, "save")
    before = User.objects.count()
    FIRST["账号和任职"] = before
    values: dict[str, object] = {"用户名": "shiliyi{n}", "姓名": "示例{n}"}
    written(accounts.AccountSheet(), admin, "账号和任职", values)
    assert User.objects.count() == before + 9


def test_baselines(items: list[Task], cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    poison(monkeypatch, baselines, "set_baseline")
    sheet = baselines.BaselineSheet(items[0].plan)
    written(sheet, cast.office, "上年底数", {"上年底数": 12})
    assert Indicator.objects.filter(baseline=Decimal(12)).count() == 9


def test_contacts(items: list[Task], cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    poison(monkeypatch, contacts, "set_contacts")
    sheet = contacts.ContactSheet(items[0].plan)
    written(sheet, cast.supporter, "联系人", {"责任领导": "示例{n}", "联系电话": "0714-6350000"})
    assert sum(bool(each.leader_name) for each in Responsibility.objects.all()) == 9


def test_reports(items: list[Task], cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for task in items:
        report_of(task, cast.lead)
    monkeypatch.setattr(filing, "_save_draft", poisoned(filing._save_draft))
    sheet = filing.FilingSheet(items[0].plan)
    written(sheet, cast.reporter, "进展文字", {"进展情况": "示例：第{n}批完工。"})
    assert ReportVersion.objects.filter(progress__startswith="示例：第").count() == 9


def test_sub_items(items: list[Task], cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    indicator = items[0].indicators.get()
    indicator.name, indicator.unit_of_measure = "改造小区", "个"
    indicator.save()
    monkeypatch.setattr(sub_items, "_save", poisoned(sub_items._save))
    values: dict[str, object] = {
        "编号": "重点工作第1项",
        "指标": "改造小区",
        "实施单位": "市住建局",
        "子项名称": "示例小区{n}",
        "状态": "在建",
        "开工日期": date(2022, 3, 1),
    }
    written(sub_items.SubItemSheet(items[0].plan), cast.office, "子项", values)
    assert SubItem.objects.count() == 9


@pytest.mark.parametrize("name", ["set_content", "objections", "changed_in", "_blame"])
def test_planned_values(
    name: str, items: list[Task], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten items, each with a row: reading, checking or saving the fifth fails."""
    poison(monkeypatch, action_plans, name)
    sheet = action_plans.ActionPlanSheet(items[0].plan)
    result = written(sheet, cast.reporter, "计划值", {"12月底": 300})
    assert [each.label for each in result.outcomes if each.what == BAD] == [
        "重点工作第5项 改造道路 全市"
    ]
    assert [each.row for each in result.mistakes] == [result.outcomes[4].row]
    done = [each.task.number for each in ActionPlan.objects.filter(versions__isnull=False)]
    assert sorted(done) == [1, 2, 3, 4, 6, 7, 8, 9, 10]


def test_steps_of_an_action_plan(
    items: list[Task], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten steps of one item: the other nine stand in its draft."""
    poison(monkeypatch, action_plans, "_change_step")
    sheet = action_plans.ActionPlanSheet(items[0].plan)
    values: dict[str, object] = {
        "编号": "重点工作第1项",
        "节点内容": "示例：第{n}批完工",
        "计划完成日期": date(2022, 9, 30),
    }
    result = written(sheet, cast.reporter, "节点", values)
    assert [each.label for each in result.outcomes if each.what == BAD] == [
        "重点工作第1项 示例：第5批完工"
    ]
    steps = draft_of(ActionPlan.objects.get()).milestones
    assert [each.title for each in steps] == [
        f"示例：第{n}批完工" for n in (1, 2, 3, 4, 6, 7, 8, 9, 10)
    ]
