"""交办和督办 on the item's page: what concerns it, and only what the reader may know of."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.matters.orders import send_order, sign_order
from reports.item.matters import matters_of
from reports.tests.reading import page_of, text_of
from tasks.models import Plan, Task
from tests.cast import Cast, at, make_item
from tests.matters import approval_of, make_instruction, make_order, make_post, sent_order
from units.actors import Actor
from units.renaming.names import every_name
from units.stamps.small import once_a_request

pytestmark = pytest.mark.django_db
TODAY = date(2022, 8, 3)
ADDRESS = "/2022/tasks/1/"


def titles(task: Task, actor: Actor) -> list[str]:
    return [each.matter.title for each in matters_of(task, actor, TODAY)]


def test_each_reads_the_matters_of_the_item_that_are_theirs(plan: Plan, cast: Cast) -> None:
    task, other = make_item(plan, cast), make_item(plan, cast, 2)
    post = make_post()
    cast.leader.appointment.post = post
    cast.leader.appointment.save()
    make_instruction(cast, plan, title="公开的批示", tasks=[task], post=post)
    make_instruction(cast, plan, title="另一事项的批示", tasks=[other])
    secret = make_instruction(cast, plan, title="限定的批示", tasks=[task], visibility="restricted")
    sent_order(cast, task, title="已发的督办单")
    make_order(cast, task, title="待签发的督办单")
    both = ["公开的批示", "限定的批示"]
    assert sorted(titles(task, cast.office)) == sorted([*both, "已发的督办单", "待签发的督办单"])
    assert titles(task, cast.reporter) == [*both, "已发的督办单"]
    assert titles(task, cast.supporter) == ["公开的批示"]  # a co-unit
    assert titles(task, cast.leader) == ["公开的批示"]
    assert titles(task, cast.observer) == titles(task, cast.stranger_reporter) == []
    secret.named_readers.add(cast.observer.user)
    assert titles(task, cast.observer) == ["限定的批示"]


def test_a_sheet_on_an_instruction_stands_behind_it(plan: Plan, cast: Cast) -> None:
    task = make_item(plan, cast)
    first = make_instruction(cast, plan, title="先交办", tasks=[task])
    make_instruction(cast, plan, title="后交办", tasks=[task], decided_on=date(2022, 8, 1))
    order = make_order(cast, task, title="催办此批示", task=None, instruction=first)
    sign_order(order=order, approval=approval_of(cast), actor=cast.office, now=at("2022-08-01"))
    send_order(order=order, actor=cast.office, now=at("2022-08-01"))
    assert titles(task, cast.office) == ["先交办", "催办此批示", "后交办"]


def test_the_page_says_who_handed_it_out_and_when_it_is_due(plan: Plan, cast: Cast) -> None:
    task = make_item(plan, cast)
    make_instruction(cast, plan, tasks=[task], due_on=date(2022, 8, 2))
    order = sent_order(cast, task)
    page = page_of(cast.reporter, ADDRESS)
    words = text_of(page)
    assert "副市长（示例），7月31日交办" in words
    assert "8月1日发出" in words
    assert f"督办〔2022〕{order.number}号" in words
    assert "逾期" in words
    assert f'href="/2022/orders/{order.pk}/"' in page
    assert "交办和督办" not in text_of(page_of(cast.observer, ADDRESS))


def test_ten_matters_cost_one_query(plan: Plan, cast: Cast) -> None:
    task = make_item(plan, cast)
    for _ in range(5):
        make_instruction(cast, plan, tasks=[task])
        sent_order(cast, task)
    with once_a_request():
        every_name()  # which a process remembers
        with CaptureQueriesContext(connection) as queries:
            rows = matters_of(task, cast.reporter, TODAY)
            assert {each.unit for each in rows if each.url and each.said} == {cast.lead.name}
    assert len(rows) == 10
    assert len(queries) == 1
