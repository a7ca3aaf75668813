"""Names that were left open: what each answer changes, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from huangshi_tasks.lib import clock
from progress.models import Adjustment, Period, ProgressReport, TaskPeriod
from progress.starting.left_open import count_left_open, groups_of
from progress.starting.tests.drafts import (
    MARCH,
    NOTICE,
    UNKNOWN,
    UNKNOWN_FIRST,
    make_draft,
    say,
    switch_on,
)
from tasks.desk.changes import ASIDE, Change
from tasks.desk.content import content_of
from tasks.models import LeftOpen, Plan, Task
from tests.cast import Cast
from tests.pages import browser
from units.models import LogEntry, Unit, UnitAlias

pytestmark = pytest.mark.django_db
NAME = "市河湖保护中心"


@pytest.fixture(autouse=True)
def end_of_march() -> Iterator[None]:
    clock.configure(date(2023, 3, 29))
    yield
    clock.configure(None)


def _year(cast: Cast, text: str = UNKNOWN_FIRST) -> tuple[Plan, LeftOpen, Task]:
    plan = switch_on(make_draft(cast.office, text, MARCH), cast.office, MARCH)
    return plan, LeftOpen.objects.get(plan=plan, name=NAME), Task.objects.get(plan=plan, number=2)


def _say(cast: Cast, question: LeftOpen, answer: str, **fields: Any) -> Any:
    url = reverse("progress:left_open_name", args=[question.plan.slug, question.pk])
    decided = {
        "decided_by": "市政府常务会议",
        "decided_on": "2023-03-28",
        "authority": "通知原文",
        "starts_on": "2023-03-29",
    }
    return browser(cast.office).post(url, {"answer": answer, **decided, **fields})


def test_the_name_stands_once_in_the_list(cast: Cast) -> None:
    plan, _, _ = _year(cast)
    assert [each.key for each in groups_of(plan, date(2023, 3, 29))] == ["leaders"]
    page = browser(cast.office).get(reverse("progress:left_open", args=[plan.slug]))
    assert page.content.decode().count(NAME) == 1 + page.content.decode().count(f'value="{NAME}"')
    assert page.context["count"] == count_left_open(plan, date(2023, 3, 29))


def test_a_name_that_is_a_unit_gives_its_items_their_lead(cast: Cast) -> None:
    plan, question, task = _year(cast)
    unit = Unit.objects.get(pk=cast.lead.pk)
    frozen = list(TaskPeriod.objects.values())
    assert _say(cast, question, "unit", unit=unit.pk).status_code == 302
    held = task.responsibilities.get(is_primary=True)
    assert (held.unit, held.starts_on, held.role) == (unit, date(2023, 3, 29), "lead")
    assert held.designation is not None
    assert (held.designation.printed, held.designation.unit) == (NAME, unit)
    assert Adjustment.objects.get(task=task).state == "registered"
    assert UnitAlias.objects.get(name=NAME).unit == unit
    assert task.indicators.get().reporter_on(date(2023, 3, 29)) == held
    period = Period.objects.get(plan=plan, cycle=task.cycle, data_as_of="2023-03-31")
    assert ProgressReport.objects.filter(period=period, responsibility=held).exists()
    assert list(TaskPeriod.objects.values()) == frozen
    assert LogEntry.objects.filter(action="designation.meant").count() == 1
    page = browser(cast.office).get(task.get_absolute_url()).content.decode()
    assert "汇总牵头待定" not in page
    assert not LeftOpen.objects.filter(plan=plan, solved_at=None).exists()
    assert _say(cast, question, "unit", unit=unit.pk).status_code == 409


def test_the_unit_may_be_new_and_may_be_wanted_from_the_day_of_the_notice(cast: Cast) -> None:
    plan, question, task = _year(cast, UNKNOWN)
    sent = {"name": "市河湖中心", "kind": "institution", "starts_on": "2023-01-20"}
    assert _say(cast, question, "new", **sent).status_code == 302
    held = task.responsibilities.get(unit__name="市河湖中心")
    assert (held.is_primary, held.starts_on) == (False, plan.issued_on)
    assert UnitAlias.objects.get(name=NAME).unit == held.unit


def test_an_item_set_aside_gets_its_lead_too(cast: Cast) -> None:
    text = NOTICE.replace("市住建局、市城管委", NAME)
    draft = make_draft(cast.office, text, MARCH)
    key = content_of(draft).items[1].key
    say(draft, cast.office, Change(ASIDE, key, "名称待核"))
    plan = switch_on(draft, cast.office, MARCH)
    question = LeftOpen.objects.get(plan=plan, name=NAME)
    assert "aside" not in [each.key for each in groups_of(plan, date(2023, 3, 29))]
    assert _say(cast, question, "unit", unit=cast.lead.pk).status_code == 302
    assert Task.objects.get(plan=plan, number=2).responsibilities.get().is_primary


def test_a_name_that_is_no_unit_leaves_the_item_to_the_office(cast: Cast) -> None:
    plan, question, task = _year(cast)
    assert _say(cast, question, "none").status_code == 302
    assert [each.key for each in groups_of(plan, date(2023, 3, 29))][:1] == ["pending"]
    assert not Adjustment.objects.exists()
    assert task.designations.get(printed=NAME).unit is None


def test_the_second_name_waits_for_the_first(cast: Cast) -> None:
    text = UNKNOWN_FIRST.replace("、市城管委)", "、市湿地保护站、市城管委)")
    plan, _, task = _year(cast, text)
    second = LeftOpen.objects.get(plan=plan, name="市湿地保护站")
    refused = _say(cast, second, "unit", unit=cast.lead.pk)
    assert refused.status_code == 409
    assert f"首位的“{NAME}”还没有明确" in refused.content.decode()
    assert task.designations.get(printed="市湿地保护站").unit is None


def test_nothing_begins_in_what_is_finalized(cast: Cast) -> None:
    plan, question, _ = _year(cast, UNKNOWN)
    Period.objects.filter(plan=plan, data_as_of="2023-03-31").update(finalized_at=MARCH)
    refused = _say(cast, question, "unit", unit=cast.lead.pk, starts_on="2023-03-29")
    assert refused.status_code == 409
    assert "起始日期最早为4月1日" in refused.content.decode()
    assert not Adjustment.objects.exists()
    assert refused.content.decode().count('value="市政府常务会议"') == 1


@pytest.mark.parametrize(
    ("answer", "sent"),
    [
        ("unit", {"unit": ""}),
        ("new", {"name": "", "kind": "institution"}),
        ("new", {"name": "市住建局", "kind": "institution"}),
        ("unit", {"unit": "1", "decided_by": ""}),
        ("what", {}),
    ],
)
def test_what_is_missing_is_said(cast: Cast, answer: str, sent: dict[str, str]) -> None:
    _, question, _ = _year(cast)
    assert _say(cast, question, answer, **sent).status_code == 409
    question.refresh_from_db()
    assert question.solved_at is None
