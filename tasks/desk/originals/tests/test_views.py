"""A notice comes in by the page: what can be read is read, what cannot is told why, nothing typed
is lost.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest

from tasks.desk.content import content_of
from tasks.desk.originals.page import OriginalPage
from tasks.desk.originals.tests.bringing import (
    NEW,
    NOTICE,
    address,
    bring,
    client_of,
    head,
    paste,
    replace,
    upload,
)
from tasks.models import DraftState, NoticeDraft, NoticeSource
from tests.cast import Cast, make_plan
from tests.month import cast
from units.models import LogEntry

__all__ = ["cast"]
pytestmark = pytest.mark.django_db

READABLE = (
    "c1_table.docx",
    "c2_sheet.xlsx",
    "c3_rolelines.docx",
    "c4_text.pdf",
    "c5_wechat.txt",
    "c6_projects.docx",
    "c7_restart_gb18030.txt",
    "c8_letter.docx",
)


@pytest.mark.parametrize("name", READABLE)
def test_every_readable_notice_reaches_the_check(cast: Cast, name: str) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload(name))
    page = OriginalPage(content_of(draft))
    assert page.has_items
    typed = {each.name: each.value for each in page.fields}
    typed = {**head(), **{key: value for key, value in typed.items() if value}, "act": "start"}
    open_names = [each.name for each in page.fields if each.can_confirm]
    answer = client.post(address(draft), {**typed, "confirmed": open_names})
    if page.unsaid_tables:
        assert answer["Location"] == address(draft, "draft_columns")
        answer = client.post(answer["Location"], {"act": "confirm"})
    assert answer["Location"] == f"{address(draft)}items/"
    assert not OriginalPage(content_of(draft)).open_fields


def _bomb() -> bytes:
    """A document that would unpack to 300 MB."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b" " * 300_000_000)
    return made.getvalue()


ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("c9_old.doc", None, "另存为Word文档（.docx）"),
        ("c9_old.xls", None, "另存为Excel工作簿（.xlsx）"),
        ("c10_scan.pdf", None, "这是扫描件"),
        ("加密.docx", ENCRYPTED, "有密码，打不开"),
        ("炸弹.docx", _bomb, "请"),
        ("长文.txt", "建设示例工程一项。\n".encode() * 400_000, "超过2MB"),
        ("空.txt", b"", "空文件"),
        ("程序.exe", b"MZ\x90\x00" + bytes(range(256)) * 40, "不是能读的格式"),
        ("坏.docx", b"PK\x03\x04broken", "请"),
    ],
)
def test_what_cannot_be_read_stays_listed_with_its_reason(
    cast: Cast, name: str, content: object, said: str
) -> None:
    raw = content() if callable(content) else content
    assert raw is None or isinstance(raw, bytes)
    answer = client_of(cast.office).post(NEW, upload(name, raw))
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert name in shown
    assert said in shown
    assert not NoticeDraft.objects.exists()
    assert not NoticeSource.objects.exists()


def test_nothing_chosen_and_nothing_pasted_is_said_so(cast: Cast) -> None:
    client = client_of(cast.office)
    assert "请选择责任分解文件" in client.post(NEW, {"way": "file"}).content.decode()
    assert "请粘贴通知的文字" in client.post(NEW, paste(" \n")).content.decode()


def test_a_refused_text_comes_back_whole(cast: Cast) -> None:
    text = "示例工程。" * 41_000
    answer = client_of(cast.office).post(NEW, paste(text))
    assert answer.status_code == 409
    assert text in answer.content.decode()


def test_ten_megabytes_of_text_come_back_with_a_sentence(cast: Cast) -> None:
    text = "示例工程。" * 700_000
    client = client_of(cast.office)
    draft = bring(client, paste())
    for address_of in (NEW, address(draft)):
        answer = client.post(address_of, {**paste(text), "act": "replace"})
        assert answer.status_code == 409
        shown = answer.content.decode()
        assert "请只保留通知正文和分解表后再导入" in shown
        assert text in shown
    assert client.post("/plans/", paste(text)).status_code == 400  # nobody pastes a notice there


def test_numbers_that_are_missing_or_stand_twice_are_seen_at_once(cast: Cast) -> None:
    text = NOTICE.replace("3.出台", "4.出台").replace("2.建成", "1.建成")
    client = client_of(cast.office)
    page = client.get(address(bring(client, paste(text)))).content.decode()
    assert "缺2、3，1重复" in page


def test_a_missing_number_keeps_the_check_shut_until_it_is_filled_or_confirmed(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, paste(NOTICE.replace("甲政办发〔2023〕1号\n", "")))
    shown = client.get(address(draft)).content.decode()
    assert "还有1处须填写或确认" in shown
    assert "disabled data-ready" in shown
    refused = client.post(address(draft), head(document_number="", act="start"))
    assert refused.status_code == 409
    assert "还不能开始核对" in refused.content.decode()
    confirmed = client.post(
        address(draft), {**head(document_number="", act="start"), "confirmed": "document_number"}
    )
    assert confirmed["Location"] == f"{address(draft)}items/"
    assert "已确认没有" in client.get(address(draft)).content.decode()


def test_the_day_of_a_web_page_is_not_taken_and_has_to_be_confirmed(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, paste(f"发布时间：2023-01-29 10:20\n{NOTICE}"))
    shown = client.get(address(draft)).content.decode()
    assert "文末落款，第8行；网页发布日期1月29日未采用" in shown
    client.post(address(draft), {**head(), "confirmed": "issued_on"})
    assert "网页发布日期" not in client.get(address(draft)).content.decode()


def test_what_is_typed_is_read_and_the_list_says_so(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, paste())
    assert (draft.title, draft.year) == (head()["title"], 2023)
    named = head(title="关于2024年市政府重点工作的通知", year="2024", series="重点工作责任分解")
    client.post(address(draft), named)
    draft.refresh_from_db()
    assert (draft.title, draft.year) == ("关于2024年市政府重点工作的通知", 2024)
    content = content_of(draft)
    assert content.notice().head.year == 2024
    assert content.series == "重点工作责任分解"
    client.post(address(draft), head(title=draft.title, year="2024", series="市政府重点工作"))
    assert content_of(draft).series == "市政府重点工作"


def test_nonsense_in_a_field_comes_back_as_it_was_typed(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, paste())
    answer = client.post(address(draft), head(year="二三年", series="很长" * 40))
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "年度请填四位数字" in shown
    assert "不超过60字" in shown
    assert 'value="二三年"' in shown
    assert not draft.acts.exists()


def test_two_people_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, paste())
    seen = OriginalPage(content_of(draft)).stamp
    client.post(address(draft), head(seen=seen, document_number="甲政办发〔2023〕2号"))
    late = head(seen=seen, series="市政府重点工作")
    answer = client.post(address(draft), late)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "您填写的都在本页" in shown
    assert 'value="市政府重点工作"' in shown
    assert content_of(draft).reading.head.document_number == "甲政办发〔2023〕2号"
    again = late | {"seen": OriginalPage(content_of(draft)).stamp}
    assert client.post(address(draft), again).status_code == 302


def test_another_style_reads_again(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("c6_projects.docx"))
    content = content_of(draft)
    other = next(each for each in content.reading.candidates if not each.is_chosen)
    typed = {each.name: each.value for each in OriginalPage(content).fields}
    client.post(address(draft), {**typed, "style": other.name, "act": "reread"})
    assert content_of(draft).reading.style == other.name
    assert draft.acts.get().words == f"写法：{other.title}"


def test_a_convention_of_the_notice_is_confirmed_by_going_on(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, upload("c7_restart_gb18030.txt"))
    shown = client.get(address(draft)).content.decode()
    assert "通知写明" in shown
    page = OriginalPage(content_of(draft))
    typed = {each.name: each.value for each in page.fields}
    confirmed = [each.name for each in page.open_fields]
    sent = {**typed, "confirmed": confirmed, "conventions": "first_leads", "act": "start"}
    assert client.post(address(draft), sent).status_code == 302
    assert all(each.is_confirmed for each in content_of(draft).reading.conventions)


def test_a_notice_that_is_a_plan_already_is_told_with_a_link(cast: Cast) -> None:
    make_plan()
    client = client_of(cast.office)
    text = NOTICE.replace("甲政办发〔2023〕1号", "示例〔2022〕1号").replace("2023", "2022")
    shown = client.get(address(bring(client, paste(text)))).content.decode()
    assert "已经导入，执行中" in shown
    assert 'href="/2022/tasks/"' in shown


def test_the_same_form_twice_makes_one_draft(cast: Cast) -> None:
    client = client_of(cast.office)
    sent = {**paste(), "once": "a" * 32}
    client.post(NEW, sent)
    client.post(NEW, sent)
    assert NoticeDraft.objects.count() == 1


def test_originals_are_handed_out_and_that_is_logged(cast: Cast) -> None:
    client = client_of(cast.office)
    file = bring(client, upload("c1_table.docx")).sources.get()
    text = bring(client, paste()).sources.get()
    for source in (file, text):
        answer: Any = client.get(f"/plans/sources/{source.pk}/")
        assert "attachment" in answer["Content-Disposition"]
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert len(body) == source.size
    assert LogEntry.objects.filter(action="noticesource.download").count() == 2
    for state in ("waiting", "infected"):
        NoticeSource.objects.filter(pk=file.pk).update(scan=state)
        refused = client.get(f"/plans/sources/{file.pk}/", follow=True)
        assert "尚待病毒扫描" in refused.content.decode()


def test_a_discarded_draft_can_be_read_and_not_changed(cast: Cast) -> None:
    client = client_of(cast.office)
    draft = bring(client, paste())
    client.post(address(draft, "draft_discard"))
    draft.refresh_from_db()
    assert draft.state == DraftState.DISCARDED
    assert draft.ended_by_name == cast.office.name
    assert LogEntry.objects.filter(action="noticedraft.discard").count() == 1
    shown = client.get(address(draft)).content.decode()
    assert "这里只能查看" in shown
    assert "开始核对" not in shown
    assert client.post(address(draft), head()).status_code == 403
    assert replace(client, draft, paste("另一份。")).status_code == 403
    listed = client.get("/plans/").content.decode()
    assert "已废弃" in listed
    assert cast.office.name in listed


def test_without_any_year_the_office_begins_here(cast: Cast) -> None:
    client = client_of(cast.office)
    assert client.get("/")["Location"] == NEW
    assert "还没有年度责任分解" in client.get("/plans/").content.decode()
    bring(client, paste())
    assert client.get("/")["Location"] == "/plans/"
    assert client_of(cast.reporter).get("/").status_code == 200
