"""原文: each item at its place in the notice, and of the notice only what somebody may see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from huangshi_tasks.lib import clock
from progress.starting.tests.drafts import switch_on
from tasks.desk.acts import begin
from tasks.models import Plan, Task
from tasks.reader.sources.lines import Cell, Line, Source
from tests.cast import Cast, make_responsibility, make_task
from tests.month import cast, plan
from tests.pages import browser
from units.actors import Actor

__all__ = ["cast", "plan"]
pytestmark = pytest.mark.django_db

TEXT = """关于印发2022年重点工作的通知
1.建成公园3座。(牵头单位：市住建局)
2.出台培育
方案。(牵头单位：市城管委)
3.办好一件保密的事。(牵头单位：市城管委)
2022年1月21日"""


@pytest.fixture
def items(cast: Cast, plan: Plan) -> list[Task]:
    Plan.objects.update(source_text=TEXT)
    texts = ["建成公园3座。", "出台培育方案。", "办好一件保密的事。", "后来加的一项。"]
    made = [make_task(plan, number, text=text) for number, text in enumerate(texts, start=1)]
    for task, unit in zip(made, (cast.lead, *[cast.co_lead] * 3), strict=True):
        make_responsibility(task, unit, is_primary=True)
    return made


def _shown(actor: Actor) -> str:
    client = Client()
    client.force_login(actor.user)
    return client.get("/2022/source/").content.decode()


def test_the_office_and_readers_see_the_whole(cast: Cast, items: list[Task]) -> None:
    for actor in (cast.office, cast.leader, cast.observer):
        shown = _shown(actor)
        assert "关于印发2022年重点工作的通知" in shown
        assert "节录" not in shown
        for number in (1, 2, 3):
            assert f'id="key_task-{number}"' in shown
        assert "由后来的决定新增" in shown


def test_a_unit_sees_the_lines_of_its_own_items(cast: Cast, items: list[Task]) -> None:
    shown = _shown(cast.co_reporter)
    assert "2.出台培育" in shown
    assert "方案。" in shown
    assert "建成公园" not in shown
    assert "关于印发" not in shown.split("<section", 1)[1]
    assert "没有可以查看的原文" in _shown(cast.stranger_reporter)


def test_who_may_not_see_one_item_does_not_find_it_in_the_text(
    cast: Cast, items: list[Task]
) -> None:
    Task.objects.filter(pk=items[2].pk).update(visibility="restricted")
    assert "保密的事" not in _shown(cast.observer)
    assert "建成公园3座" in _shown(cast.observer)
    assert "保密的事" in _shown(cast.office)


def test_the_page_of_an_item_leads_to_its_place(cast: Cast, items: list[Task]) -> None:
    client = Client()
    client.force_login(cast.office.user)
    shown = client.get(items[1].get_absolute_url()).content.decode()
    assert 'href="/2022/source/#key_task-2"' in shown


HEAD = ("关于印发2023年重点工作的通知", "甲政办发〔2023〕1号")
TABLE = (
    ("序号", "类别", "重点工作", "牵头单位"),
    ("1", "城建", "建成公园3座。", "市住建局"),
    ("2", "", "出台培育方案，\n培育企业20家。", "市城管委"),
)


def _table() -> Source:
    """城建 is merged over both items."""
    cells = [
        (text, Cell(0, row, column, rows=2 if text == "城建" else 1))
        for row, texts in enumerate(TABLE)
        for column, text in enumerate(texts)
        if text
    ]
    lines = [*((text, None) for text in HEAD), *cells, ("2023年1月20日", None)]
    numbered = enumerate(lines, start=1)
    return Source("docx", tuple(Line(number, *each) for number, each in numbered))


@pytest.fixture
def year(cast: Cast) -> Iterator[Plan]:
    clock.configure(date(2023, 1, 28))
    draft = begin(source=_table(), checked=None, actor=cast.office, now=clock.now())
    yield switch_on(draft, cast.office)
    clock.configure(None)


def _source(actor: Actor, plan: Plan) -> str:
    shown = browser(actor).get(reverse("reports:source", args=[plan.slug])).content.decode()
    return re.sub(r">\s+<", "><", shown.split("<section", 1)[1])


def test_a_table_of_the_notice_stays_a_table(cast: Cast, year: Plan) -> None:
    shown = _source(cast.office, year)
    table = shown.split('<table class="src-tb">')[1].split("</table>")[0]
    assert table.count("<tr>") == 3
    assert '<td rowspan="2"><p>城建</p></td>' in table
    first, second = table.split("<tr>")[2:]
    assert 'id="key_task-1"' in first
    assert "市住建局" in first
    assert 'id="key_task-2"' in second
    assert "甲政办发〔2023〕1号" in shown.replace(table, "")


def test_of_a_table_a_unit_sees_the_rows_of_its_items(cast: Cast, year: Plan) -> None:
    shown = _source(cast.co_reporter, year)
    assert "<td><p>2</p></td><td><p>城建</p></td>" in shown
    assert "市城管委" in shown
    assert "建成公园" not in shown
    assert "市住建局" not in shown
    assert "重点工作</p>" not in shown  # the head of the table
