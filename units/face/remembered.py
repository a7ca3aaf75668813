"""Rows of long lists, rendered once for what they show.

A list of 144 rows is dear to render and hardly changes between two visitors. Its row template gets
one plain, hashable `row` and nothing else, so that what it shows is what it is remembered by: no
page, person or request can be in it, and another figure is another row.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString

ROWS = 4096  # about 8 MB; the rows of the last pages asked for


def drawn(template: str, row: Hashable, **how: Hashable) -> SafeString:
    """`template` with `row`, drawn in one of its ways; where templates are worked on nothing is
    remembered.
    """
    return _render(template, row, **how) if settings.DEBUG else _remembered(template, row, **how)


def _render(template: str, row: Hashable, **how: Hashable) -> SafeString:
    return SafeString(get_template(template).render({"row": row, **how}))


_remembered = lru_cache(maxsize=ROWS)(_render)
