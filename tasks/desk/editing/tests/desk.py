"""A small draft, and how the tests press what stands on its page."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.test import Client

from tasks.desk.content import content_of
from tasks.desk.correcting import DeskItem
from tasks.desk.editing.item_form import ItemForm
from tasks.desk.open_doubts import open_doubts
from tasks.models import NoticeDraft
from tests.pages import text_of

NOTICE = """关于印发2023年重点工作责任分解的通知
甲政办发〔2023〕1号
一、产业
1.新增规上企业100家，开工项目20个。(牵头单位：市财政局局；配合单位：市体育局)
2.建成污水处理厂1座。(牵头单位：市住建局、市财政局局)
3.出台培育方案。(牵头单位：市城管委)
二、城建
4.修建公路3条。(牵头单位：市住建局)
5.整治河道。
2023年1月20日
"""
IN_PLACE = {"X-In-Place": "1"}


def page(office: Client, draft: NoticeDraft, query: str = "") -> str:
    response = office.get(f"/plans/drafts/{draft.pk}/items/{query}")
    assert response.status_code == 200
    return unescape(text_of(response))


def post(office: Client, draft: NoticeDraft, name: str, headers: Any = None, /, **sent: Any) -> Any:
    return office.post(f"/plans/drafts/{draft.pk}/items/{name}/", sent, headers=headers or {})


def doubt(draft: NoticeDraft, kind: str) -> str:
    return next(each.key for each in open_doubts(content_of(draft)) if each.kind == kind)


def item(draft: NoticeDraft, at: int) -> DeskItem:
    return content_of(draft).items[at]


def typed(draft: NoticeDraft, at: int, **changed: str) -> dict[str, str]:
    """What the editor of an item sends, with some fields changed."""
    each = item(draft, at)
    form = ItemForm(each=each, content=content_of(draft))
    rows = {
        f"{row.prefix}-{name}": str(row.initial.get(name, row.fields[name].initial or ""))
        for row in form.rows
        for name in row.fields
        if name != "is_removed"
    }
    rows |= {
        f"{row.prefix}-{name}": str(row.initial.get(name, ""))
        for row in form.parts
        for name in row.fields
        if name != "is_removed"
    }
    counts = {"rows": str(len(form.rows)), "parts": str(len(form.parts))}
    extra = {"item": each.key, "stamp": each.stamp, "base": form.base, **counts}
    return {**form.shown, **rows, **extra, **changed}


def save(office: Client, draft: NoticeDraft, at: int, headers: Any = None, **changed: str) -> Any:
    return post(office, draft, "item", headers, **typed(draft, at, **changed))
