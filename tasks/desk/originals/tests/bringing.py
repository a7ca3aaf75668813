"""How the tests of this room bring a notice in, by the page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from tasks.models import NoticeDraft
from units.actors import Actor

DATA = Path(__file__).resolve().parents[3] / "reader" / "tests" / "data"
NEW = "/plans/new/"
NOTICE = """市政府办公室关于印发2023年市政府重点工作责任分解的通知
甲政办发〔2023〕1号
一、产业
1.新增规上企业100家，开工项目20个。(牵头单位：市财政局；配合单位：市体育局)
2.建成污水处理厂1座。(牵头单位：市住建局)
3.出台培育方案。(牵头单位：市城管委)
2023年1月20日
"""
HEADS = ("序号", "重点工作", "牵头单位", "上年情况")


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def upload(name: str, content: bytes | None = None) -> dict[str, Any]:
    """A file as the form sends it; without content one of the reader's own."""
    raw = (DATA / name).read_bytes() if content is None else content
    return {"way": "file", "file": SimpleUploadedFile(name, raw)}


def paste(text: str = NOTICE) -> dict[str, Any]:
    return {"way": "text", "text": text}


def bring(client: Client, sent: dict[str, Any]) -> NoticeDraft:
    """A new draft; fails where the page refuses."""
    answer = client.post(NEW, sent)
    assert answer.status_code == 302, answer.content.decode()
    draft = NoticeDraft.objects.latest("id")
    assert answer["Location"] == address(draft)
    return draft


def replace(client: Client, draft: NoticeDraft, sent: dict[str, Any]) -> Any:
    """The answer to 换一个文件."""
    return client.post(address(draft), {**sent, "act": "replace"})


def address(draft: NoticeDraft, name: str = "draft") -> str:
    return reverse(f"tasks:{name}", args=[draft.pk])


def head(**typed: str) -> dict[str, Any]:
    """文件信息 of `NOTICE`, with what is typed otherwise."""
    return {
        "title": "市政府办公室关于印发2023年市政府重点工作责任分解的通知",
        "document_number": "甲政办发〔2023〕1号",
        "issued_on": "2023-01-20",
        "year": "2023",
        "series": "市政府重点工作责任分解",
        "act": "reread",
        **typed,
    }


def sheet(*rows: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> bytes:
    """A workbook of one table."""
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (heads, *rows):
        page.append(list(row))
    made = BytesIO()
    book.save(made)
    return made.getvalue()


TABLE = sheet(
    (1, "新增规上企业100家，开工项目20个。", "市财政局", "已完成"),
    (2, "建成污水处理厂1座，铺设管网30公里。", "市住建局", "已完成"),
    (3, "出台培育方案，培育企业20家。", "市城管委", "未完成"),
)
