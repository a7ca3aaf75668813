"""Template tags and filters of the pages: ``{% load ui %}``."""

from datetime import date, datetime

from django import template
from django.template import Context
from django.utils.html import format_html

from huangshi_tasks.lib import text
from units.city.words import kind_word, said
from units.face import around, drawings, named, remembered
from units.face.drawings import NOTHING, Figure
from units.log.actions import in_words
from units.once import claims

register = template.Library()
register.filter("act_in_words", in_words)
register.filter("said", said)
register.filter("kind_word", kind_word)

for tag in (
    drawings.icon,
    drawings.lamp,
    drawings.report_tag,
    drawings.task_code,
    drawings.progress_bar,
    drawings.bar,
    drawings.gap_points,
    drawings.seg,
    remembered.drawn,
    around.form_field,
    named.of,
):
    register.simple_tag(tag)
for used in (around.control, around.widget_kind, named.named):
    register.filter(used)


@register.simple_tag(takes_context=True)
def once(context: Context) -> str:
    """The one-time key of a form that creates something (`units.once.claims`)."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">',
        claims.FIELD,
        claims.key_for(context["request"]),
    )


@register.filter
def punct(value: object) -> str:
    """Full-width punctuation for the notice's text; the stored text is not touched."""
    return text.full_width("" if value is None else str(value))


@register.filter
def shortened(value: object, length: int) -> str:
    """At most `length` characters, the last of them … (Django's own filter ends in dots)."""
    words = "" if value is None else str(value)
    return words if len(words) <= length else f"{words[: length - 1]}…"


@register.filter
def signed_points(value: Figure) -> str:
    """``+8.0`` or ``−12.0``; a dash where there is none."""
    return NOTHING if value in (None, "") else text.signed_points(value or 0)


@register.filter
def number(value: Figure) -> str:
    """``52,630`` ``163.98``: thousands separated, no trailing zeros."""
    return NOTHING if value in (None, "") else text.number(value or 0)


@register.filter
def percent(value: Figure) -> str:
    """``58%`` ``58.8%``."""
    return NOTHING if value in (None, "") else text.percent(value or 0)


@register.filter
def day(value: date | None) -> str:
    """``8月5日``."""
    return text.day(value) if value else ""


@register.filter
def day_week(value: date | None) -> str:
    """``8月5日（星期五）``."""
    return text.day_week(value) if value else ""


@register.filter
def deadline(value: date | None) -> str:
    """``8月5日（星期五）24时``."""
    return text.deadline(value) if value else ""


@register.filter(name="datetime")
def moment(value: datetime | None) -> str:
    """``8月2日16:20``."""
    return text.moment(value) if value else ""
