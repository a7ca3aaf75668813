"""What is cut out of a page that is only read, and what stays byte for byte."""

from __future__ import annotations

import pytest

from units.face.without_acts import without_acts

FORM = (
    '<form method="post" action="/2022/urge/"><input type="hidden" name="k">'
    "<button>催办</button></form>"
)


def cut(html: str) -> str:
    return without_acts(
        html,
        writes=lambda address: address in ("", "/2022/urge/"),
        leads_to_writing=lambda address: address == "/2022/new/",
    )


@pytest.mark.parametrize(
    ("page", "left"),
    [
        (f"<p>读<br>\n{FORM}</p>", "<p>读<br>\n</p>"),
        (f"<main><div>{FORM}</div></main>", "<main></main>"),
        (f"<section><header><h2>催办</h2></header>{FORM}</section>", ""),
        (
            f"<section><header><h2>记录</h2></header>{FORM}<p>三次</p></section>",
            "<section><header><h2>记录</h2></header><p>三次</p></section>",
        ),
        (f"<details><summary>退回</summary>{FORM}</details>", ""),
        (
            f"<table><tr><td>一</td><td>{FORM}</td></tr></table>",
            "<table><tr><td>一</td><td></td></tr></table>",
        ),
        (
            '<a class="btn" href="/2022/new/">登记</a><a href="/2022/">看</a>',
            '<a href="/2022/">看</a>',
        ),
        ('<form method="post">一</form>', ""),
        (
            '<form id="f" method="post"></form><i form="f">存</i><button form="g">查</button>',
            '<button form="g">查</button>',
        ),
        ('<form action="/2022/urge/">查</form>', '<form action="/2022/urge/">查</form>'),
        (
            '<form method="post" action="/2023/urge/">另一年</form>',
            '<form method="post" action="/2023/urge/">另一年</form>',
        ),
        (
            '<form><button formaction="/2022/urge/">催</button><b>查</b></form>',
            "<form><b>查</b></form>",
        ),
        ("<p>&nbsp;</p><div></div>第1项 &lt;b&gt;", "<p>&nbsp;</p><div></div>第1项 &lt;b&gt;"),
    ],
)
def test_what_writes_is_cut(page: str, left: str) -> None:
    assert cut(page) == left
