"""A post."""

from __future__ import annotations

from typing import Any

from django import forms

from units.face.fields import day_field
from units.models import Post, PostKind


class PostForm(forms.ModelForm):  # type: ignore[type-arg]  # not at run time
    """职务: what a successor inherits is bound to it, so it is retired and not deleted."""

    retired_on = day_field("停用日期", required=False)

    class Meta:
        model = Post
        fields = ["title", "kind", "ordinal", "retired_on"]
        error_messages = {
            "title": {"required": "请填写职务。", "unique": "已有这个职务。"},
            "kind": {"required": "请选择职务类别。"},
            "ordinal": {"required": "请填写排序，如0。", "invalid": "排序填整数。"},
        }
        help_texts = {"ordinal": "列表中的次序"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", "请选择"), *PostKind.choices]
        self.fields["retired_on"].help_text = "在用的留空"
