"""The pages of 交办 and 督办, as the office, the unit and a leader come to them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from progress.matters.forms import RegisterForm
from progress.models import Instruction, MatterFile, SupervisionOrder
from tasks.models import Plan, Task
from tests.cast import Cast, make_item, make_unit
from tests.matters import answered, make_instruction, make_order, make_post, sent_order
from tests.office_files import PDF
from tests.pages import browser, text_of
from units.actors import Actor
from units.models import Unit, UnitAlias

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]
CEILING = 25


def url(name: str, *args: object) -> str:
    return reverse(f"progress:{name}", args=["2022", *args])


def act(actor: Actor, matter: Any, name: str, **data: Any) -> Any:
    kind = "order_do" if isinstance(matter, SupervisionOrder) else "matter_do"
    return browser(actor).post(url(kind, matter.pk, name), data, follow=True)


def filled(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {
        "source": "written",
        "title": "示例事项",
        "text": "示例：请抓紧。",
        "post": make_post().pk,
        "decided_on": "2022-08-02",
        "urgency": "urgent",
        "visibility": "normal",
        "lead": cast.lead.pk,
        "co_units": "市财 政局、市城管委\u200b",  # as people write them
        "tasks": "第1项",
        **changed,
    }


def test_the_office_registers_on_behalf_of_a_leader_with_the_scan(
    cast: Cast, plan: Plan, task: Task
) -> None:
    scan = SimpleUploadedFile("批示.pdf", PDF)
    page = browser(cast.office).post(url("matter_new"), filled(cast, scan=scan), follow=True)
    found = Instruction.objects.get()
    assert (found.decided_by, found.due_on) == ("副市长（示例）", date(2022, 8, 10))
    assert [str(each.unit) for each in found.units.all()] == ["市住建局", "市财政局", "市城管委"]
    assert list(found.tasks.all()) == [task]
    assert found.code in text_of(page)
    file = MatterFile.objects.get()
    assert browser(cast.reporter).get(url("matter_file", file.pk)).status_code == 200
    assert browser(cast.stranger_reporter).get(url("matter_file", file.pk)).status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"post": ""}, "请选择是哪位领导（职务）的批示。"),
        ({"source": "meeting"}, "请写明会议名称、督查名称或提出单位。"),
        ({"co_units": "某局"}, "没有找到单位“某局”"),
        ({"tasks": "第999项"}, "没有找到“第999项”"),
        ({"decided_on": "2022-08-04"}, "交办日期不能晚于今天。"),
        ({"due_on": "2022-08-02"}, "办理期限不能早于今天。"),
        ({"scan": SimpleUploadedFile("a.pdf", b"MZ")}, "只能上传"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, task: Task, changed: dict[str, Any], sentence: str
) -> None:
    answer = browser(cast.office).post(url("matter_new"), filled(cast, **changed))
    assert answer.status_code == 409
    assert sentence in text_of(answer)
    assert "示例：请抓紧。" in text_of(answer)
    assert not Instruction.objects.exists()


def test_from_receipt_to_closing_on_the_page(cast: Cast, plan: Plan) -> None:
    found = make_instruction(cast, plan)
    assert "已签收。" in text_of(act(cast.reporter, found, "receive"))
    given = {"text": "示例：已办。", "file": SimpleUploadedFile("a.pdf", PDF)}
    assert "办理情况已送出。" in text_of(act(cast.reporter, found, "submit", **given))
    file = MatterFile.objects.get()
    assert browser(cast.reporter).get(url("matter_file", file.pk)).status_code == 200
    assert browser(cast.supporter).get(url("matter_file", file.pk)).status_code == 404
    assert "示例：已办。" not in text_of(browser(cast.supporter).get(url("matter", found.pk)))
    assert "已审签并报送督查室。" in text_of(act(cast.signer, found, "sign_answer"))
    assert act(cast.office, found, "close").status_code == 409
    assert "已办结。" in text_of(act(cast.office, found, "close", conclusion="示例：同意。"))
    assert browser(cast.supporter).get(url("matter_file", file.pk)).status_code == 200
    assert "示例：已办。" in text_of(browser(cast.supporter).get(url("matter", found.pk)))
    assert act(cast.office, found, "nothing").status_code == 404
    assert act(cast.supporter, found, "reopen").status_code == 403


def test_a_refused_answer_comes_back_with_its_text(cast: Cast, plan: Plan) -> None:
    found = make_instruction(cast, plan)
    bad = SimpleUploadedFile("a.exe", b"MZ")
    page = act(cast.reporter, found, "submit", text="示例：已办。", file=bad)
    assert page.status_code == 409
    assert "示例：已办。" in text_of(page)
    assert not found.answers.exists()


def test_an_objection_is_decided_on_the_page(cast: Cast, plan: Plan) -> None:
    found = make_instruction(cast, plan)
    act(cast.reporter, found, "object", reason="示例：不属于我局职责。")
    asked = found.requests.get()
    address = url("matter_request", asked.pk, "grant")
    office = browser(cast.office)
    assert office.post(address, {"note": "示例"}).status_code == 409
    page = office.post(address, {"note": "示例", "lead": cast.co_lead.pk}, follow=True)
    assert "市城管委承办" in text_of(page)
    assert browser(cast.reporter).post(address).status_code == 403


def test_a_leader_sees_those_of_the_own_post(cast: Cast, plan: Plan) -> None:
    post = make_post()
    cast.leader.appointment.post = post
    cast.leader.appointment.save()
    own, other = make_instruction(cast, plan, post=post), make_instruction(cast, plan)
    leader = browser(cast.leader)
    page = text_of(leader.get(url("matters")))
    assert own.code in page
    assert other.code not in page
    assert leader.get(url("matter", other.pk)).status_code == 404


def test_the_ledger_is_filtered_and_costs_the_same_for_many(cast: Cast, plan: Plan) -> None:
    for number in range(12):
        make_instruction(cast, plan, title=f"示例{number}")
    answered(cast, Instruction.objects.latest("pk"))
    reporter = browser(cast.reporter)
    with CaptureQueriesContext(connection) as queries:
        page = text_of(reporter.get(url("matters")))
    assert "共12件" in page
    assert len(queries) <= CEILING
    assert "共1件" in text_of(browser(cast.office).get(url("matters"), {"standing": "answered"}))
    wrong = text_of(browser(cast.office).get(url("matters"), {"source": "某"}))
    assert "筛选条件无效：来源" in wrong


def test_a_sheet_from_the_draft_to_the_paper(cast: Cast, task: Task) -> None:
    office = browser(cast.office)
    given = {
        "title": "示例督办",
        "unit": cast.lead.pk,
        "colour": "red",
        "text": "示例",
        "requirement": "示例",
        "due_on": "2022-08-12",
    }
    assert office.post(f"{url('order_new')}?task={task.pk}", {}).status_code == 409
    office.post(f"{url('order_new')}?task={task.pk}", given)
    order = SupervisionOrder.objects.get()
    office.post(url("order_edit", order.pk), {**given, "title": "改过的督办"})
    signed = {"decided_by": "市长（示例）", "decided_on": "2022-08-03", "authority": "示例签批件"}
    assert "签发已登记" in text_of(act(cast.office, order, "sign", **signed))
    assert browser(cast.reporter).get(url("order", order.pk)).status_code == 404
    act(cast.office, order, "send")
    page = text_of(browser(cast.reporter).get(url("order_print", order.pk)))
    assert "督办〔2022〕1号" in page
    assert "改过的督办" in page
    desk = text_of(browser(cast.reporter).get(reverse("reports:desk", args=["2022"])))
    assert "改过的督办" in desk
    assert office.get(url("order_edit", order.pk)).status_code == 302


def test_the_desk_shows_what_waits_and_nothing_of_drafts(
    cast: Cast, plan: Plan, task: Task
) -> None:
    make_order(cast, task, title="还没签发")
    sent_order(cast, task, title="已经发出")
    make_instruction(cast, plan, title="限定事项", visibility="restricted")
    desk = reverse("reports:desk", args=["2022"])
    mine = text_of(browser(cast.reporter).get(desk))
    assert "已经发出" in mine
    assert "限定事项" in mine
    assert "还没签发" not in mine
    assert "限定事项" not in text_of(browser(cast.supporter).get(desk))


def test_a_sheet_names_a_matter_that_its_unit_is_not_on_by_number_only(
    cast: Cast, plan: Plan, task: Task
) -> None:
    secret = make_instruction(cast, plan, title="限定的事", visibility="restricted")
    order = sent_order(cast, task, title="示例", task=None, instruction=secret, unit=cast.stranger)
    page = text_of(browser(cast.stranger_reporter).get(url("order", order.pk)))
    assert secret.code in page
    assert "限定的事" not in page
    assert "限定的事" in text_of(browser(cast.office).get(url("order", order.pk)))


def test_from_an_item_the_form_knows_who_carries_it_out(plan: Plan, cast: Cast) -> None:
    make_item(plan, cast, 17)
    page = browser(cast.office).get("/2022/matters/new/?task=17&source=written")
    form = page.context["form"]
    assert form["lead"].value() == cast.lead.pk
    assert f'value="{cast.lead.name}"' in str(form["lead"])
    assert form["source"].value() == "written"
    assert form["tasks"].value() == "17"


@pytest.mark.parametrize("called", ["住建", "ZJJ", "住房和城乡建设局", "市住建局"])
def test_a_unit_is_chosen_by_alias_part_or_initials(plan: Plan, cast: Cast, called: str) -> None:
    UnitAlias.objects.create(unit=cast.lead, name="市住房和城乡建设局")
    Unit.objects.filter(pk=cast.lead.pk).update(pinyin="szjj")
    field = RegisterForm(plan=plan, today=date(2022, 8, 3)).fields["lead"]
    assert field.clean(called) == cast.lead


def test_a_name_of_several_units_says_which(plan: Plan, cast: Cast) -> None:
    make_unit("阳新县政府")
    field = RegisterForm(plan=plan, today=date(2022, 8, 3)).fields["lead"]
    with pytest.raises(ValidationError, match="可能是"):
        field.clean("政府")
    with pytest.raises(ValidationError, match="没有找到单位“某局”"):
        field.clean("某局")
