"""The items of a plan written as a notice that the reader reads, a row an item. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.desk.carrying.wanted import Wanted
from tasks.desk.stored import ROLES
from tasks.reader.parsed import KEY_TASK, LEAD, PRACTICAL_PROJECT, RESPONSIBLE, SUPPORT

LISTS = {KEY_TASK: "重点工作清单", PRACTICAL_PROJECT: "民生实事清单"}
_HEADS = {LEAD: "牵头单位", RESPONSIBLE: "责任单位", SUPPORT: "配合单位"}


def title_of(title: str, year: int) -> str:
    """The title of last year's notice in the next; one that names no year gets it in front."""
    last = str(year - 1)
    if last in title:
        return title.replace(last, str(year))
    return title if str(year) in title else f"{year}年{title}"


def written(title: str, year: int, items: Sequence[Wanted]) -> str:
    """The whole text; one table for each kind of items."""
    lines = [title_of(title, year)]
    for kind, name in LISTS.items():
        mine = [each for each in items if each.kind == kind]
        if mine:
            lines += ["", f"{year}年{name}", *_table(mine)]
    return "\n".join([*lines, ""])


def _table(items: Sequence[Wanted]) -> list[str]:
    roles = [role for role in ROLES if any(each.names(role) for each in items)]
    has_limits = any(each.fields["deadline_text"] for each in items)
    has_leaders = any(each.fields["leaders"] for each in items)
    has_areas = any(each.area for each in items)
    has_themes = any(each.theme for each in items)
    heads = ["序号", *(["方面"] if has_areas else []), *(["小标题"] if has_themes else [])]
    heads += ["工作内容", *(_HEADS[role] for role in roles)]
    heads += [*(["完成时限"] if has_limits else []), *(["责任领导"] if has_leaders else [])]
    rows = ["\t".join(heads)]
    for each in items:
        cells = [str(each.number), *([each.area] if has_areas else [])]
        cells += [*([each.theme] if has_themes else []), each.text]
        cells += ["、".join(each.names(role)) for role in roles]
        cells += [each.fields["deadline_text"]] if has_limits else []
        cells += ["、".join(each.fields["leaders"])] if has_leaders else []
        rows.append("\t".join(cells))
    return rows
