"""职务, by the pages of the administrator."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from units.models import Post, User
from units.staff.tests.pages import appoint, changes
from units.tests.factories import signed_in

pytestmark = pytest.mark.django_db
POSTS = "/posts/"


def test_a_post_is_added_changed_and_retired(admin: User, rows: dict[str, Any]) -> None:
    client = signed_in(admin)
    new = {"title": "常务副市长（示例）", "kind": "city_leader", "ordinal": "1"}
    assert client.post(POSTS, new).status_code == 302
    made = Post.objects.get(title="常务副市长（示例）")
    assert changes("post.add")["kind"] == [None, "city_leader"]
    assert client.post(f"{POSTS}{made.pk}/", new | {"retired_on": "2022-08-31"}).status_code == 302
    made.refresh_from_db()
    assert made.retired_on == date(2022, 8, 31)
    assert changes("post.change") == {"retired_on": [None, "2022-08-31"]}
    taken = client.post(POSTS, new)
    assert taken.status_code == 409
    assert "已有这个职务。" in taken.content.decode()
    refused = appoint(client, rows["user"], role="leader", post=made.pk)
    assert "该职务不存在或已停用" in refused


def test_the_list_says_who_holds_it(admin: User, rows: dict[str, Any]) -> None:
    client = signed_in(admin)
    assert "无人任职" in client.get(POSTS).content.decode()
    leader = User.objects.create(username="fsz", display_name="示例甲")
    appoint(client, leader, role="leader", post=rows["post"].pk)
    assert "示例甲" in client.get(POSTS).content.decode()


@pytest.mark.parametrize("posted", [{}, {"title": "甲" * 99, "kind": "x", "ordinal": "9" * 40}])
def test_nonsense_is_answered_with_a_page(
    admin: User, rows: dict[str, Any], posted: dict[str, str]
) -> None:
    client = signed_in(admin)
    assert client.post(POSTS, posted).status_code == 409
    assert client.post(f"{POSTS}{rows['post'].pk}/", posted).status_code == 409
