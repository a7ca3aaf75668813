"""The pages of 调整 and 办结销号: what is typed, who may, and what is read afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from progress.closing.outcomes import outcomes_of, set_outcome
from progress.models import Adjustment, Closure, Evidence
from tasks.models import Plan, Task
from tests.cast import Cast, accept_report, at, make_item, report_of
from tests.pages import browser, text_of
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
APPROVED = {
    "decided_by": "分管副市长",
    "decided_on": "2022-08-02",
    "authority": "示例批示",
}


def paper(name: str = "依据.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def asked(cast: Cast, task: Task, **more: Any) -> Any:
    data = {"due_on": "2023-06-30", "starts_on": "2022-08-03", "reason": "示例：管线迁改。"}
    address = "/2022/tasks/1/adjust/extension/"
    return browser(cast.reporter).post(address, data | {"file": paper()} | more, follow=True)


def test_an_extension_from_the_request_to_the_item(cast: Cast, task: Task) -> None:
    page = text_of(asked(cast, task))
    assert "督查室登记批准后生效" in page
    assert "依据.pdf" in page
    office = browser(cast.office)
    pk = Adjustment.objects.get().pk
    shown = text_of(office.get(f"/2022/adjustments/{pk}/"))
    assert 'value="2023-06-30"' in shown  # what was asked stands in the form of what was decided
    data = APPROVED | {"due_on": "2023-05-31", "starts_on": "2022-08-03", "scan": paper("批准.pdf")}
    done = text_of(office.post(f"/2022/adjustments/{pk}/register/", data, follow=True))
    assert "完成时限改为2023年5月31日" in done
    assert "调整前" in done
    assert "完成时限2022年12月31日" in done
    scan = office.get(f"/2022/adjustments/{pk}/scan/")
    assert (scan["Content-Disposition"].split(";")[0], scan["X-Content-Type-Options"]) == (
        "attachment",
        "nosniff",
    )
    assert LogEntry.objects.filter(action="approval.download").count() == 1
    trail = text_of(browser(cast.reporter).get("/2022/tasks/1/trail/?kind=decision"))
    assert "调整前：完成时限2022年12月31日" in trail


def test_nothing_is_approved_tomorrow(cast: Cast, task: Task) -> None:
    asked(cast, task)
    pk = Adjustment.objects.get().pk
    data = APPROVED | {"due_on": "2023-05-31", "starts_on": "2022-08-03"}
    answer = browser(cast.office).post(
        f"/2022/adjustments/{pk}/register/", data | {"decided_on": "2022-08-04"}
    )
    assert answer.status_code == 409
    assert "批准日期不能晚于今天。" in text_of(answer)
    assert Adjustment.objects.get().state == "requested"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"file": ""}, "请上传佐证材料"),
        ({"reason": ""}, "请填写原因"),
        ({"due_on": "明年"}, "的格式填写新的完成时限"),
        ({"due_on": "9999-12-31"}, "请填写2000年至2099年之间的日期"),
        ({"due_on": "2022-01-01"}, "新的完成时限应晚于现行时限2022年12月31日"),
        ({"starts_on": "2021-01-01"}, "生效日期不能早于通知成文日期"),
        ({"file": SimpleUploadedFile("一.pdf", b"MZ not a pdf")}, "一.pdf："),
    ],
)
def test_a_request_that_lacks_something_comes_back_as_typed(
    cast: Cast, task: Task, wrong: dict[str, Any], words: str
) -> None:
    answer = asked(cast, task, **wrong)
    assert answer.status_code == 409
    assert words in text_of(answer)
    assert not Adjustment.objects.exists()
    assert not Evidence.objects.exists()


def test_a_reader_learns_of_a_request_only_when_it_is_decided(cast: Cast, task: Task) -> None:
    asked(cast, task)
    pk = Adjustment.objects.get().pk
    assert browser(cast.leader).get(f"/2022/adjustments/{pk}/").status_code == 404
    file = Evidence.objects.get()
    assert browser(cast.leader).get(f"/2022/evidence/{file.pk}/").status_code == 404
    assert browser(cast.reporter).get(f"/2022/evidence/{file.pk}/").status_code == 200


def claim(cast: Cast, task: Task, reached: str) -> Closure:
    indicator = task.indicators.get()
    data = {"statement": "示例：全部完工。", f"figure:{indicator.pk}": reached, "file": paper()}
    browser(cast.reporter).post("/2022/tasks/1/claim/", data)
    return Closure.objects.get()


def closed(cast: Cast, closure: Closure, outcome: str) -> Any:
    office = browser(cast.office)
    checked = {"check_kind": "papers", "note": "示例：属实。"}
    office.post(f"/2022/closures/{closure.pk}/check/", checked)
    data = APPROVED | {"outcome": outcome, "closed_on": "2022-08-03"}
    return office.post(f"/2022/closures/{closure.pk}/close/", data, follow=True)


def test_an_item_is_closed_number_by_number(cast: Cast, task: Task) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 290)
    page = text_of(browser(cast.reporter).get("/2022/tasks/1/claim/"))
    assert 'value="290"' in page  # the figure accepted last
    closure = claim(cast, task, "300")
    assert [figure.claimed for figure in closure.figures.all()] == [300]
    assert "已办结销号" in text_of(closed(cast, closure, "done"))
    listed = text_of(browser(cast.leader).get("/2022/closures/"))
    assert "2022年8月3日" in listed
    assert "完成" in listed


def test_what_fell_short_is_not_called_done(cast: Cast, task: Task) -> None:
    closure = claim(cast, task, "280")
    refused = closed(cast, closure, "done")
    assert refused.status_code == 409
    assert "结果不能为“完成”" in text_of(refused)
    assert "已办结销号" in text_of(closed(cast, closure, "mostly_done"))


def test_every_item_has_its_outcome_and_goes_on_next_year(cast: Cast, task: Task) -> None:
    office = browser(cast.office)
    said = {"task": task.pk, "outcome": "carried_over", "note": "示例：续建。"}
    page = text_of(office.post("/2022/outcomes/", said, follow=True))
    assert "年终结果已认定" in page
    later = Plan.objects.get(pk=task.plan_id)
    later.pk, later.year, later.slug = None, 2023, "2023"
    later.save()
    following = make_item(later, cast, 7)
    office.post("/2022/outcomes/carry/", {"task": task.pk, "into": following.pk})
    following.refresh_from_db()
    assert following.carried_from == task
    assert outcomes_of(task.plan)[0].carried_to == following
    set_outcome(task=task, outcome="not_done", note="", actor=cast.office, now=at("2022-08-03"))
    assert LogEntry.objects.filter(action="taskoutcome.set").count() == 2


def test_a_change_of_who_answers_is_followed_by_another_and_not_taken_back(
    cast: Cast, task: Task
) -> None:
    office = browser(cast.office)
    wanted = {
        "unit": cast.co_lead.pk,
        "role": "lead",
        "starts_on": "2022-08-03",
        "reason": "示例。",
    }
    office.post("/2022/tasks/1/adjust/responsibility/", wanted)
    pk = Adjustment.objects.get().pk
    registered = APPROVED | wanted | {"starts_on": "2022-08-03"}
    office.post(f"/2022/adjustments/{pk}/register/", registered)
    assert Adjustment.objects.get().state == "registered"
    page = office.get(f"/2022/adjustments/{pk}/").content.decode()
    assert "登记有误的，另行登记一次责任调整" in page
    assert f"/2022/adjustments/{pk}/revoke/" not in page
    assert "/2022/tasks/1/adjust/responsibility/" in page
    answer = office.post(f"/2022/adjustments/{pk}/revoke/", {"reason": "示例。"})
    assert answer.status_code == 409
    assert "另行登记一次责任调整" in text_of(answer)
