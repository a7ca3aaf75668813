"""The field of one file, wherever a form takes one."""

from __future__ import annotations

from django import forms

from huangshi_tasks.lib.file_kinds import ACCEPT
from units.files.held import HeldFileInput

ASK_FILE = "请上传佐证材料。"
HINT = "不超过20MB；严禁上传涉密信息。"


def file_field(
    label: str,
    *,
    required: bool,
    ask: str = ASK_FILE,
    hint: str = HINT,
    kind: type[forms.FileField] = forms.FileField,
    widget: type[forms.FileInput] = HeldFileInput,
) -> forms.FileField:
    """One file, or what `kind` takes; what it is is judged where it is kept. A file once chosen
    survives an error of the form (`units.files.held`).
    """
    return kind(
        label=label,
        required=required,
        max_length=400,
        allow_empty_file=True,
        widget=widget({"accept": ACCEPT}),
        help_text=hint,
        error_messages={
            **dict.fromkeys(("required", "invalid", "missing"), ask),
            "max_length": "文件名过长，请改短后上传。",
        },
    )
