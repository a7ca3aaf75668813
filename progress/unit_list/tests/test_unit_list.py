"""The page 单位: who may what, what retiring is refused for, and June's name in June's pages."""

from __future__ import annotations

from datetime import date

import pytest

from progress.unit_list.answering import answers_for
from tasks.models import Plan
from tests.cast import Cast, make_item
from tests.matters import make_instruction, make_order
from tests.month import cast, plan, third_of_august
from tests.pages import browser, text_of
from units.models import Appointment, LogEntry, Role, Unit, UnitGroup, UnitGroupMember

__all__ = ["cast", "plan", "third_of_august"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]
LIST = "/unit-list/"
NEW = "市住房城乡建设局（新）"


def page_of(unit: Unit) -> str:
    return f"{LIST}{unit.pk}/"


def sent(act: str, **fields: str) -> dict[str, str]:
    return {"act": act, "authority": "示例〔2022〕3号", **fields}


def test_a_unit_is_found_by_name_alias_and_initials(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.lead.pk).update(pinyin="szjj")
    client = browser(cast.admin)
    client.post(page_of(cast.lead), {"act": "alias", "name": "市建设局"})
    for wanted in ("住建", "市建设局", "szj"):
        shown = text_of(client.get(f"{LIST}?q={wanted}"))
        assert f"{page_of(cast.lead)}" in shown
        assert f"{page_of(cast.support)}" not in shown


def test_a_unit_is_added_once(cast: Cast) -> None:
    client = browser(cast.office)
    given = {"name": "市新设局", "kind": "municipal_department", "rank_group": "市直部门"}
    assert client.post(LIST, given).status_code == 302
    again = client.post(LIST, given)
    assert again.status_code == 409
    assert "该名称已是其他单位" in text_of(again)
    assert Unit.objects.filter(name="市新设局").count() == 1


def test_a_name_to_come_is_shown_and_taken_back(cast: Cast) -> None:
    client = browser(cast.admin)
    given = sent("rename", name=NEW, starts_on="2022-09-01")
    assert client.post(page_of(cast.lead), given).status_code == 302
    assert "2022年9月1日起更名为" in text_of(client.get(f"{LIST}?state=changing"))
    assert client.post(page_of(cast.lead), {"act": "keep_name"}).status_code == 302
    assert "更名为" not in text_of(client.get(LIST))


def test_one_act_stands_on_the_page_and_is_looked_at_before(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast)
    client = browser(cast.admin)
    assert 'name="into"' not in text_of(client.get(page_of(cast.lead)))
    assert 'name="into"' in text_of(client.get(f"{page_of(cast.lead)}?do=merge"))
    given = sent("rename", name=NEW, starts_on="2022-09-01", look="1")
    response = client.post(page_of(cast.lead), given)
    assert response.status_code == 200
    shown = text_of(response)
    assert "2022年8月31日前：<b>市住建局</b>" in shown
    assert f"2022年9月1日起：<b>{NEW}</b>" in shown
    given = sent("merge", into=str(cast.co_lead.pk), starts_on="2022-09-01", look="1")
    shown = text_of(client.post(page_of(cast.lead), given))
    assert "2022年9月1日起：<b>市城管委</b>" in shown
    assert "1项两家都有，取较强的责任" in shown or "由承接单位接替" in shown
    wrong = client.post(page_of(cast.lead), given | {"starts_on": ""})
    assert wrong.status_code == 409
    assert LogEntry.objects.filter(action__startswith="unit").count() == 0


def test_what_is_wrong_comes_back_typed(cast: Cast) -> None:
    given = {"act": "rename", "name": NEW, "starts_on": "", "authority": ""}
    answer = browser(cast.admin).post(page_of(cast.lead), given)
    assert answer.status_code == 409
    assert f'value="{NEW}"' in text_of(answer)
    assert "请填写依据，如文号。" in text_of(answer)


def test_retiring_is_refused_with_the_list_of_what_it_answers_for(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    make_order(cast, task)
    make_instruction(cast, plan)
    client = browser(cast.office)
    answer = client.post(page_of(cast.lead), sent("retire", retired_on="2022-09-01"))
    assert answer.status_code == 409
    page = text_of(answer)
    assert "不能停用" in page
    assert str(task) in page
    words = [each.word for each in answers_for(cast.lead, date(2022, 9, 1))]
    assert words[0] == "在办责任"
    assert {"交办事项", "督办单", "人员"} <= set(words)
    assert Unit.objects.get(pk=cast.lead.pk).retired_on is None


def test_the_administrator_reads_how_many_and_no_name_of_an_item(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    order, instruction = make_order(cast, task), make_instruction(cast, plan)
    for actor, sees in ((cast.office, True), (cast.admin, False)):
        page = text_of(browser(actor).get(page_of(cast.lead)))
        for name in (task, order, instruction):
            assert (str(name) in page) is sees, (actor, name)
        for word in ("在办责任", "督办单", str(cast.reporter.user)):
            assert word in page


def test_a_unit_that_answers_for_nothing_is_retired_and_leaves_its_groups(cast: Cast) -> None:
    group = UnitGroup.objects.create(name="各示例单位", mode="all")
    UnitGroupMember.objects.create(group=group, unit=cast.stranger, starts_on="2022-01-01")
    Appointment.objects.filter(unit=cast.stranger).update(ends_on="2022-08-31")
    client = browser(cast.admin)
    given = sent("retire", retired_on="2022-09-01")
    assert client.post(page_of(cast.stranger), given).status_code == 302
    assert group.members_on(date(2022, 8, 31)).get() == cast.stranger
    assert not group.members_on(date(2022, 9, 1)).exists()
    assert LogEntry.objects.filter(action="unit.retire").count() == 1
    assert client.post(page_of(cast.stranger), given).status_code == 409


@pytest.mark.parametrize("role", [Role.REPORTER, Role.LEADER, Role.AUDITOR])
def test_nobody_else_sees_the_list(cast: Cast, role: Role) -> None:
    actors = {Role.REPORTER: cast.reporter, Role.LEADER: cast.leader, Role.AUDITOR: cast.auditor}
    assert browser(actors[role]).get(LIST).status_code == 403


def test_details_are_changed_and_logged(cast: Cast) -> None:
    unit = cast.lead
    fields = {"kind": "park", "rank_group": "丙", "telephone": "0714-1", "ordinal": "3"}
    assert browser(cast.admin).post(page_of(unit), sent("edit", **fields)).status_code == 302
    unit.refresh_from_db()
    assert (unit.kind, unit.rank_group, unit.telephone, unit.ordinal) == ("park", "丙", "0714-1", 3)
    assert LogEntry.objects.get(action="unit.change").summary == f"修改单位：{unit}"
    wrong = browser(cast.admin).post(page_of(unit), sent("edit", **fields | {"ordinal": "甲"}))
    assert wrong.status_code == 409
    assert "排序填整数。" in wrong.content.decode()


def test_no_unit_stands_above_itself(cast: Cast) -> None:
    unit, below = cast.lead, cast.support
    Unit.objects.filter(pk=below.pk).update(parent=unit)
    fields = {"kind": unit.kind, "ordinal": "1", "parent": str(below.pk)}
    answer = browser(cast.admin).post(page_of(unit), sent("edit", **fields))
    assert "上级单位不能是本单位或本单位的下级。" in answer.content.decode()


def test_another_name_goes_but_not_one_that_was_its_own(cast: Cast) -> None:
    unit, client = cast.lead, browser(cast.admin)
    client.post(page_of(unit), sent("alias", name="市建设局"))
    client.post(page_of(unit), sent("drop_alias", name="市建设局"))
    assert not unit.aliases.filter(name="市建设局").exists()
    old = unit.name
    client.post(page_of(unit), sent("rename", name=NEW, starts_on="2022-08-03"))
    said = client.post(page_of(unit), sent("drop_alias", name=old), follow=True).content.decode()
    assert "这是该单位用过或将用的名称，不能删除" in said
    assert unit.aliases.filter(name=old).exists()


def test_what_was_retired_by_mistake_comes_back(cast: Cast) -> None:
    unit, client = cast.stranger, browser(cast.admin)
    Unit.objects.filter(pk=unit.pk).update(retired_on="2022-08-01")
    assert "恢复使用" in client.get(page_of(unit)).content.decode()
    client.post(page_of(unit), {"act": "restore"})
    unit.refresh_from_db()
    assert unit.retired_on is None
