import pytest

from tests.text_rules import problems, python_problems, template_problems


def test_the_repository_breaks_no_rule() -> None:
    assert list(problems()) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>已完成,未报送</p>",
        "<p>审签(必填)</p>",
        "截至{{ date }},共144项",
        "共{{ count }}:已完成",
        '<p style="color:red">',
        "<style>a{}</style>",
        "<script>alert(1)</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<div hx-on:click="x">',
    ],
)
def test_a_template_is_refused_for(source: str) -> None:
    assert list(template_problems(source))


@pytest.mark.parametrize(
    "source",
    [
        "<p>已完成，未报送（市住建局）：</p>",
        "{% comment %}已完成,未报送{% endcomment %}",
        "{{ hour }}:{{ minute }}",
        '<script src="a.js" defer></script>',
        '<script type="application/json" id="a">{}</script>',
        '<p class="style=x">1,000</p>',
    ],
)
def test_a_template_may_hold(source: str) -> None:
    assert not list(template_problems(source))


@pytest.mark.parametrize("source", ["a = '已报送,未审核'", "a = f'共{n},完成'", "a = f'{n}:共'"])
def test_a_message_is_refused_for(source: str) -> None:
    assert list(python_problems(source))


@pytest.mark.parametrize(
    "source",
    [
        "a = '已报送，未审核'",
        "a = f'{h}:{m}'",
        "import re\na = re.compile('前(中)后')",
        "def f():\n    '''说明:文字'''",
    ],
)
def test_a_module_may_hold(source: str) -> None:
    assert not list(python_problems(source))
