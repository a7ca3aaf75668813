"""The field of one file, wherever a form takes one."""

from __future__ import annotations

from django import forms

from huangshi_tasks.lib.file_kinds import ACCEPT

ASK_FILE = "请上传佐证材料。"


def file_field(label: str, *, required: bool) -> forms.FileField:
    """One file; what it is is judged where it is kept."""
    ask = dict.fromkeys(("required", "invalid", "missing"), ASK_FILE)
    return forms.FileField(
        label=label,
        required=required,
        max_length=400,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPT}),
        help_text="不超过20MB；严禁上传涉密信息。",
        error_messages={**ask, "max_length": "文件名过长，请改短后上传。"},
    )
