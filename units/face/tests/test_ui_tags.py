"""Template tags and filters, without a database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from units.face import drawings
from units.face.marks import LIGHTS, STATES


@dataclass
class Task:
    kind: str
    number: int


class Return(forms.Form):
    reason = forms.CharField(label="退回原因", widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(label="类别", choices=[("a", "缺佐证材料")])
    points = forms.MultipleChoiceField(
        label="问题", choices=[("a", "数据不衔接")], widget=forms.CheckboxSelectMultiple
    )
    is_empty = forms.BooleanField(label="记为空报", required=False)
    scan = forms.FileField(label="报送单", required=False)


def render(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.fixture
def icons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of icons as the package has it, with one icon."""
    folder = tmp_path / "outline"
    folder.mkdir()
    (folder / "check.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" class="x">\n  <path stroke="none" d="M0 0h24"/>\n'
        '  <path d="M5 12l5 5l10 -10" />\n</svg>'
    )
    monkeypatch.setattr(drawings, "ICONS", tmp_path)
    return tmp_path


def test_an_icon_is_drawn_inline_and_hidden_from_screen_readers(icons: Path) -> None:
    html = render('{% icon "check" %}')
    assert '<path d="M5 12l5 5l10 -10" />' in html
    assert 'aria-hidden="true"' in html
    assert 'stroke="none"' not in html


@pytest.mark.parametrize("name", ["absent", "../secret", "", "Check.svg"])
def test_an_icon_that_is_not_there_draws_nothing(icons: Path, name: str) -> None:
    assert render("{% icon name %}", name=name) == ""


@pytest.mark.parametrize("light", LIGHTS)
def test_every_light_has_word_shape_and_colour(light: str) -> None:
    html = render("{% lamp light %}", light=light)
    mark = LIGHTS[light]
    assert f"<span>{mark.label}</span>" in html
    assert mark.shape in html
    assert f"lamp s-{mark.style}" in html


def test_lights_that_differ_in_colour_differ_in_shape() -> None:
    shapes = {mark.style: mark.shape for mark in LIGHTS.values() if mark.style != "idle"}
    assert len(set(shapes.values())) == len(shapes)
    idle = [mark.shape for mark in LIGHTS.values() if mark.style == "idle"]
    assert len(set(idle)) == len(idle)


def test_a_light_without_a_judgement_reads_no_data() -> None:
    assert "暂无数据" in render("{% lamp light %}", light=None)


def test_a_lamp_takes_another_word_a_count_or_none() -> None:
    assert "<span>达到序时进度</span>" in render('{% lamp "on_pace" "达到序时进度" %}')
    assert "<span>偏慢</span>" in render('{% lamp "slow" "short" %}')
    assert "<span>0</span>" in render('{% lamp "late" 0 %}')
    alone = render('{% lamp "late" "" %}')
    assert 'role="img" aria-label="滞后"' in alone
    assert "<span>" not in alone


@pytest.mark.parametrize("state", STATES)
def test_every_report_state_has_a_tag_with_its_word(state: str) -> None:
    html = render("{% report_tag state %}", state=state)
    assert STATES[state].label in html
    assert f"r-{STATES[state].style}" in html


def test_a_task_is_known_by_kind_and_number() -> None:
    assert "重点<b>17</b>" in render("{% task_code task %}", task=Task("key_task", 17))
    assert "实事<b>3</b>" in render("{% task_code task %}", task=Task("practical_project", 3))


def test_a_bar_shows_percent_tick_and_signed_gap() -> None:
    html = render("{% progress_bar 58.75 50 'on_pace' %}")
    assert "58.8<i>%</i>" in html
    assert 'x1="50%"' in html
    assert ">+8.8<" in html
    assert 'aria-label="完成58.8%，计划50%"' in html


def test_a_percent_above_a_hundred_is_shown_but_fills_the_bar_once() -> None:
    html = render("{% progress_bar 120 50 'ahead' %}")
    assert "120<i>%</i>" in html
    assert 'width="100.0%"' in html


def test_a_bar_without_expected_has_neither_tick_nor_gap() -> None:
    html = render("{% progress_bar 30 %}")
    assert "<line" not in html
    assert "dev" not in html
    assert "s-plain" in html


def test_no_percent_is_a_dash_and_no_zero() -> None:
    assert "—" in render("{% progress_bar percent 50 %}", percent=None)
    assert "svg" not in render("{% progress_bar percent 50 %}", percent=None)
    assert "0.0<i>" not in render("{% progress_bar percent 50 %}", percent=None)


@pytest.mark.parametrize(
    ("light", "style", "shown"),
    [("slow", "dn", "−12.0"), ("late", "dn2", "−12.0"), ("on_pace", "flat", "−12.0")],
)
def test_the_gap_takes_its_weight_from_the_light(light: str, style: str, shown: str) -> None:
    html = render("{% gap_points 38 50 light %}", light=light)
    assert html == f'<span class="dev {style}">{shown}</span>'


def test_a_finished_item_has_no_gap() -> None:
    assert "—" in render("{% gap_points 100 50 'done' %}")


def test_a_distribution_bar_leaves_out_zeros_and_says_its_parts() -> None:
    html = render("{% seg parts %}", parts=[("on_pace", 3), ("slow", 0), ("late", 1)])
    assert html.count("<rect") == 2
    assert 'aria-label="正常推进3，滞后1"' in html
    assert 'sf-late" x="75.00%"' in html


def test_a_distribution_of_nothing_is_an_empty_bar() -> None:
    assert "<rect" not in render("{% seg parts %}", parts=[])


def test_filters_print_a_dash_or_nothing_for_none() -> None:
    source = "{{ v|number }}{{ v|percent }}{{ v|signed_points }}|{{ v|day }}{{ v|datetime }}"
    assert render(source, v=None) == "———|"


def test_filters_print_zero_as_zero() -> None:
    assert render("{{ v|number }} {{ v|percent }} {{ v|signed_points }}", v=Decimal(0)) == (
        "0 0% 0.0"
    )


def test_filters_print_dates_and_moments() -> None:
    moment = datetime(2022, 8, 2, 8, 20, tzinfo=UTC)
    source = "{{ d|day }} {{ d|day_week }} {{ d|deadline }} {{ m|datetime }}"
    assert render(source, d=date(2022, 8, 5), m=moment) == (
        "8月5日 8月5日（星期五） 8月5日（星期五）24时 8月2日16:20"
    )


def test_the_punctuation_filter_escapes_what_it_prints() -> None:
    assert render("{{ v|punct }}", v="第一,<b>") == "第一，&lt;b&gt;"
    assert render("{{ v|punct }}", v=None) == ""


def test_a_control_has_the_theme_class_and_links_its_error() -> None:
    form = Return({})
    html = render("{{ form.reason|control }}{{ form.kind|control }}", form=form)
    assert 'class="form-control is-bad"' in html
    assert 'class="form-select is-bad"' in html
    assert 'aria-invalid="true"' in html
    assert "id_reason_error" in html


def test_a_field_without_errors_is_not_red() -> None:
    assert "is-bad" not in render("{{ form.reason|control }}", form=Return())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("reason", "control"),
        ("kind", "control"),
        ("points", "choices"),
        ("is_empty", "checkbox"),
        ("scan", "file"),
    ],
)
def test_each_widget_knows_its_markup(name: str, kind: str) -> None:
    assert render("{{ field|widget_kind }}", field=Return()[name]) == kind
