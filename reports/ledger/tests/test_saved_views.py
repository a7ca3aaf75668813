"""Kept filters: one's own, and those of the office."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.test import Client

from tasks.models import Plan
from tests.cast import Cast
from units.actors import Actor
from units.lists import saved
from units.models import LogEntry, SavedView

pytestmark = pytest.mark.django_db
LEDGER = "/2022/tasks/"


def of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def keep(actor: Actor, name: str, query: str = "light=late", **more: str) -> str:
    sent = {"name": name, "back": f"{LEDGER}?{query}", **more}
    response = of(actor).post("/views/keep/", sent)
    assert response.status_code == 302
    return response["Location"]


def offered(actor: Actor, address: str = LEDGER) -> str:
    return of(actor).get(address).content.decode()


def test_what_is_kept_is_offered_on_its_list_without_the_page(plan: Plan, cast: Cast) -> None:
    assert keep(cast.office, "滞后的", "light=late&page=3&sort=gap") == (
        f"{LEDGER}?light=late&page=3&sort=gap"
    )
    html = offered(cast.office)
    assert 'href="/2022/tasks/?light=late&amp;sort=gap">滞后的' in html
    assert "滞后的" not in offered(cast.office, "/2022/office/filings/")
    assert LogEntry.objects.filter(action="view.keep").count() == 1


def test_the_same_name_is_the_newer_query(plan: Plan, cast: Cast) -> None:
    keep(cast.office, "我的", "light=late")
    keep(cast.office, "我的", "light=slow")
    assert SavedView.objects.get().query == "light=slow"


def test_only_the_office_shares_and_only_the_office_finds_it(plan: Plan, cast: Cast) -> None:
    keep(cast.office, "共用的", is_shared="on")
    keep(cast.reporter, "想共用", is_shared="on")
    assert "共用的" in offered(cast.office_head)
    assert "共用的" not in offered(cast.reporter)
    assert "想共用" not in offered(cast.office)
    assert "想共用" in offered(cast.reporter)


def test_one_deletes_the_own_and_the_office_what_is_shared(plan: Plan, cast: Cast) -> None:
    keep(cast.office, "共用的", is_shared="on")
    keep(cast.reporter, "自己的")
    shared, own = SavedView.objects.get(name="共用的"), SavedView.objects.get(name="自己的")
    back = {"back": LEDGER}
    assert of(cast.reporter).post(f"/views/{shared.pk}/drop/", back).status_code == 404
    assert of(cast.office).post(f"/views/{own.pk}/drop/", back).status_code == 404
    assert of(cast.office_head).post(f"/views/{shared.pk}/drop/", back)["Location"] == LEDGER
    assert of(cast.reporter).post(f"/views/{own.pk}/drop/", back)["Location"] == LEDGER
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "back", ["", "https://elsewhere.invalid/2022/tasks/", "//x.invalid/", "/no/"]
)
def test_it_leads_to_an_address_of_ours_only(plan: Plan, cast: Cast, back: str) -> None:
    response = of(cast.office).post("/views/keep/", {"name": "x", "back": back})
    assert "invalid" not in response.headers.get("Location", "")
    assert response.status_code in (302, 404)


def test_too_many_and_too_much_are_refused_in_words(
    plan: Plan, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST", 1)
    keep(cast.office, "一")
    client = of(cast.office)
    answer = client.post("/views/keep/", {"name": "二", "back": LEDGER}, follow=True)
    assert "请先删除不用的" in answer.content.decode()
    long = f"{LEDGER}?q={'x' * 900}"
    answer = client.post("/views/keep/", {"name": "一", "back": long}, follow=True)
    assert "筛选条件太多" in answer.content.decode()
    nameless = client.post("/views/keep/", {"name": "", "back": LEDGER}, follow=True)
    assert "请写收藏名称" in unquote(nameless.content.decode())
