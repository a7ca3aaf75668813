"""What is done to one item: stored as typed, cut, joined, made the other kind, taken out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tasks.desk import changes as said
from tasks.desk.acts import correct
from tasks.desk.changes import Change
from tasks.desk.content import Content
from tasks.desk.correcting import DeskItem
from tasks.desk.editing.item_form import ItemForm, base_of
from tasks.models import DraftAct, TaskKind
from tasks.models.items import code_of
from units.actors import Actor
from units.errors import NotNow

SAVE, SPLIT, MERGE, KIND, DROP = "save", "split", "merge", "kind", "drop"
REFRESH = "refresh"  # shows what else was said; nothing is
PART, APART = "part", "apart"  # the latter with the row of the 分项: apart-0
DROPPED = {
    "requirement": "工作要求",
    "reporting": "报送要求",
    "letter": "通知正文",
    "unused": "不采用",
}
_WORDS = {
    "text": "事项原文", "number": "编号", "area": "方面", "theme": "小标题",
    "tracking": "事项性质", "cycle": "报送频次", "deadline": "时限", "deadline_text": "时限原文",
    "lead": "牵头单位", "responsible": "责任单位", "support": "配合单位", "leaders": "责任领导",
    "short_title": "短名", "indicators": "指标", "sub_items": "分项",
}  # fmt: skip
CUT_SIGNS = "|｜"  # where somebody without a cursor says that the text is cut


def act_on(*, form: ItemForm, act: str, sent: Any, actor: Actor, now: datetime) -> DraftAct | None:
    """Store what was typed and do what was pressed, as one step. None: nothing was changed.
    Raises `NotNow` where that cannot be done.
    """
    each, content = form.each, form.content
    changes = form.said(base_of(sent.get("base", ""), each))
    words = _words_of(changes)
    if act != SAVE:
        more, done = _done(act, form, sent)
        changes, words = [*changes, *more], done
    if not changes:
        return None
    code = code_of(each.item.kind, each.item.number)
    return correct(
        draft=content.draft, changes=changes, words=f"{code}{words}", actor=actor, now=now
    )


def _words_of(changes: list[Change]) -> str:
    names = [_WORDS[each.key.partition(":")[2]] for each in changes if each.about == said.FIELD]
    if any(each.about == said.ASIDE for each in changes):
        names.append("暂缓")
    return f"改{'、'.join(names)}"


def _done(act: str, form: ItemForm, sent: Any) -> tuple[list[Change], str]:
    each = form.each
    if act == SPLIT:
        return _split(form, sent)
    if act == MERGE:
        other = following(form.content, each)
        if other is None:
            raise NotNow("这是最后一项，后面没有可以合并的事项。")
        merged = code_of(other.item.kind, other.item.number)
        return [Change(said.MERGE, each.key, other.key)], f"与{merged}合并"
    if act == PART:
        return _become_part(form)
    if act.startswith(f"{APART}-"):
        return _apart(form, act.removeprefix(f"{APART}-"))
    if act == KIND:
        kind = other_kind(each)
        return [Change(said.FIELD, f"{each.key}:kind", kind.value)], f"改为{kind.label}"
    meant = str(sent.get("as", ""))
    if act != DROP or meant not in DROPPED:
        raise NotNow("请选择这段文字是什么。")
    return [Change(said.DROP, each.key, meant)], f"不是事项：{DROPPED[meant]}"


def _split(form: ItemForm, sent: Any) -> tuple[list[Change], str]:
    """Where the cursor stands, or where a | was typed into the text."""
    text, key = form.cleaned_data["text"], form.each.key
    cut = str(sent.get("cut", ""))
    at = int(cut) if cut.isdecimal() else 0
    changes = []
    marked = [place for place, sign in enumerate(text) if sign in CUT_SIGNS]
    if len(marked) == 1:
        at = marked[0]
        changes.append(Change(said.FIELD, f"{key}:text", text[:at] + text[at + 1 :]))
    if not text[:at].strip() or not text[at:].strip(f" {CUT_SIGNS}"):
        raise NotNow("请把光标放在要拆开的地方（或在那里输入一个“|”），再点“拆分”。")
    return [*changes, Change(said.SPLIT, key, at)], "拆分为两项"


def _become_part(form: ItemForm) -> tuple[list[Change], str]:
    before = preceding(form.content, form.each)
    if before is None:
        raise NotNow("这是第一项，前面没有可以并入的事项。")
    code = code_of(before.item.kind, before.item.number)
    return [Change(said.PART, form.each.key, before.key)], f"作为{code}的分项"


def _apart(form: ItemForm, row: str) -> tuple[list[Change], str]:
    """The 分项 of a row; what is typed beside it is stored first, without the rows taken out."""
    at = int(row) if row.isdecimal() else len(form.parts)
    place = sum(not each.is_blank for each in form.parts[:at])
    if at >= len(form.parts) or form.parts[at].is_blank or place >= len(form.typed_parts()):
        raise NotNow("这个分项已不在本项中，请刷新页面。")
    return [Change(said.APART, form.each.key, place)], "的一个分项另立一项"


def preceding(content: Content, each: DeskItem) -> DeskItem | None:
    """The item before it, of the same kind."""
    mine = [one for one in content.items if one.item.kind == each.item.kind]
    at = next(place for place, one in enumerate(mine) if one.key == each.key)
    return mine[at - 1] if at else None


def following(content: Content, each: DeskItem) -> DeskItem | None:
    """The item behind it, of the same kind."""
    mine = [one for one in content.items if one.item.kind == each.item.kind]
    at = next(place for place, one in enumerate(mine) if one.key == each.key)
    return mine[at + 1] if at + 1 < len(mine) else None


def other_kind(each: DeskItem) -> TaskKind:
    """What 改为实事 or 改为重点工作 makes of it."""
    is_task = each.item.kind == TaskKind.KEY_TASK
    return TaskKind.PRACTICAL_PROJECT if is_task else TaskKind.KEY_TASK
