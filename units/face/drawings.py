"""Icons, lights, tags and bars as HTML; ``templatetags/ui.py`` offers them to the templates.

Everything here draws; nothing decides. What stands in every row is remembered: it is drawn once for
its words. Bars are SVG with widths as attributes, because the
Content-Security-Policy allows no style attribute.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from huangshi_tasks.lib import text
from units.face.marks import LIGHTS, STATES, fill_of, label_of

Figure = Decimal | float | str | None
NOTHING = "—"
ICONS = Path(settings.BASE_DIR) / "node_modules" / "@tabler" / "icons" / "icons"
remembered = lru_cache(maxsize=2048, typed=True)
_ICON_NAME = re.compile(r"[a-z0-9-]+")
_PATHS = re.compile(r'<path (?!stroke="none")[^>]*/>')


class Numbered(Protocol):
    """What ``task_code`` needs of a task."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> int: ...


@lru_cache(maxsize=256)
def _icon_paths(folder: Path, name: str) -> str:
    """Drawing of one icon file; empty when the front-end files are not installed."""
    try:
        source = (folder / "outline" / f"{name}.svg").read_text(encoding="utf-8")
    except OSError:
        return ""
    return "".join(_PATHS.findall(source))


@remembered
def icon(name: str, css: str = "") -> str:
    """Tabler outline icon, inlined. Decorative: give the button or link a name of its own."""
    paths = _icon_paths(ICONS, name) if _ICON_NAME.fullmatch(name) else ""
    if not paths:
        return ""
    return format_html(
        '<svg class="ic {}" viewBox="0 0 24 24" width="16" height="16" fill="none"'
        ' stroke="currentColor" stroke-width="1.75" stroke-linecap="round"'
        ' stroke-linejoin="round" aria-hidden="true">{}</svg>',
        css,
        mark_safe(paths),  # noqa: S308 - read from an installed package, name checked above
    )


@remembered
def lamp(light: str | None, label: str | int | None = None, css: str = "") -> SafeString:
    """Light by id: shape, word and colour; None is 暂无数据.

    ``label`` replaces the word (达到序时进度, a count); ``label=""`` draws the shape alone, named
    for screen readers; ``label="short"`` takes the short word. ``css="big"`` is the framed one.
    """
    mark = LIGHTS[str(light or "no_data")]
    word = mark.label if label is None else mark.short if label == "short" else str(label)
    alone = format_html(' role="img" aria-label="{0}" title="{0}"', mark.label)
    return format_html(
        '<span class="lamp s-{} {}"{}><svg viewBox="0 0 14 14" width="12" height="12"'
        ' aria-hidden="true">{}</svg>{}</span>',
        mark.style,
        css,
        "" if word else alone,
        mark_safe(mark.shape),  # noqa: S308 - constant of units.face.marks
        format_html("<span>{}</span>", word) if word else "",
    )


@remembered
def report_tag(state: str, extra: str = "") -> SafeString:
    """Outlined tag of a report state, the page-only ones included; ``extra`` follows the word."""
    mark = STATES[str(state)]
    return format_html(
        '<span class="rtag r-{}">{}{}{}</span>', mark.style, icon(mark.icon), mark.label, extra
    )


def task_code(task: Numbered) -> SafeString:
    """编号签: 重点 17 or 实事 3."""
    return _code(task.kind == "practical_project", task.number)


@remembered
def _code(is_project: bool, number: int) -> SafeString:
    if is_project:
        pattern = '<span class="code ten" title="十件实事第{0}件">实事<b>{0}</b></span>'
    else:
        pattern = '<span class="code" title="重点工作第{0}项">重点<b>{0}</b></span>'
    return format_html(pattern, number)


def progress_bar(
    percent: Figure, expected: Figure = None, light: str | None = None, gap: bool = True
) -> SafeString:
    """Percent, bar with a dark tick at the expected percent, and the signed gap in points.

    The bar has the colour of ``light``, neutral blue without one (thresholds are the plan's, so
    no colour is guessed here). ``gap=False`` leaves the gap out, for a column of its own.
    """
    if percent is None or percent == "":
        return format_html('<span class="xs mut">{}</span>', NOTHING)
    show_gap = gap and expected not in (None, "")
    return format_html(
        '<div class="prog{}"><span class="prog-n num">{}<i>%</i></span>{}{}</div>',
        "" if show_gap else " p3",
        text.number(percent, places=1),
        bar(percent, expected, light),
        gap_points(percent, expected, light) if show_gap else "",
    )


def bar(percent: Figure, expected: Figure = None, light: str | None = None) -> SafeString:
    """The bar of ``progress_bar`` alone."""
    done = text.decimal_of(percent or 0)
    words = f"完成{text.percent(done)}"
    tick: str = ""
    if expected not in (None, ""):
        words = f"{words}\uff0c计划{text.percent(expected or 0)}"
        tick = format_html('<line class="m" x1="{0}%" x2="{0}%" y1="0" y2="12"/>', expected)
    return format_html(
        '<svg class="pbar s-{}" width="100%" height="12" role="img" aria-label="{}">'
        '<rect class="t" x="0" y="3" width="100%" height="6" rx="1"/>'
        '<rect class="f" x="0" y="3" width="{}%" height="6" rx="1"/>{}</svg>',
        LIGHTS[str(light)].style if light else "plain",
        words,
        f"{min(max(done, Decimal(0)), Decimal(100)):.1f}",
        tick,
    )


def gap_points(percent: Figure, expected: Figure, light: str | None = None) -> SafeString:
    """Percent minus expected in points, signed, weighted by the light; done has none."""
    if percent in (None, "") or expected in (None, "") or light == "done":
        return format_html('<span class="dev flat">{}</span>', NOTHING)
    points = text.decimal_of(percent or 0) - text.decimal_of(expected or 0)
    style = {"slow": "dn", "late": "dn2"}.get(str(light), "up" if points >= 0 else "flat")
    return format_html('<span class="dev {}">{}</span>', style, text.signed_points(points))


def seg(parts: Iterable[tuple[str, int]], height: int = 10) -> SafeString:
    """Distribution bar of (light id or report state, count); the words are read aloud."""
    shown = [(key, count) for key, count in parts if count]
    total = sum(count for _, count in shown)
    words = "\uff0c".join(f"{label_of(key)}{count}" for key, count in shown)
    pieces, offset = [], 0.0
    for key, count in shown:
        share = count / total * 100
        width = max(share - 0.4, 0.2)  # a hair of white between two parts
        pieces.append((fill_of(key), f"{offset:.2f}", f"{width:.2f}", height))
        offset += share
    return format_html(
        '<svg class="seg" width="100%" height="{}" role="img" aria-label="{}">{}</svg>',
        height,
        words,
        format_html_join("", '<rect class="sf-{}" x="{}%" width="{}%" height="{}"/>', pieces),
    )
