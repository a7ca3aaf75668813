"""改标题: the title of a 方面, or of a 小标题 in it."""

from __future__ import annotations

from typing import Any

from django import forms

from tasks.desk import changes as said
from tasks.desk.changes import Change
from tasks.desk.content import Content
from units.face.fields import line_field

TITLE_LENGTH = 200


class TitleForm(forms.Form):
    """`area` and `theme` say whose title it is."""

    area = forms.IntegerField()
    theme = forms.CharField(required=False, strip=False)
    title = line_field("标题", TITLE_LENGTH, "请填写标题。")

    def __init__(self, data: Any, *, content: Content) -> None:
        super().__init__(data)
        self.areas = {each.ordinal: each for each in content.areas}

    @property
    def key(self) -> str:
        """As the page calls the heading; of what was sent, clean or not."""
        return f"{self['area'].data}:{self['theme'].data or ''}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        area = self.areas.get(cleaned.get("area") or 0)
        theme = cleaned.get("theme", "")
        if area is None or (theme and theme not in area.themes):
            raise forms.ValidationError("这个标题已被改动，请刷新页面后再改。")
        others = [one for one in area.themes if one != theme] if theme else []
        if cleaned.get("title") in others:
            self.add_error("title", "这个方面已有同名的小标题；要并到那里，请用“移到…”。")
        return cleaned

    @property
    def change(self) -> Change:
        cleaned = self.cleaned_data
        theme = cleaned["theme"]
        key = f"{cleaned['area']}:{theme}" if theme else str(cleaned["area"])
        return Change(said.TITLE, key, cleaned["title"])

    @property
    def words(self) -> str:
        return f"标题改为“{self.cleaned_data['title']}”"
