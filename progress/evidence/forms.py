"""补报, and files."""

from __future__ import annotations

from typing import Any

from django import forms

from huangshi_tasks.lib.file_kinds import ACCEPT

MOST_FILES = 20


class FilesInput(forms.FileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; cleaned to a list."""

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        files = value if isinstance(value, list | tuple) else [value]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"一次最多上传{MOST_FILES}个文件，请分次上传。")
        return [super(FilesField, self).clean(each, initial) for each in files or [None]]


class UploadForm(forms.Form):
    """Files; what they are is judged in `units.uploads`."""

    file = FilesField(
        label="文件",
        max_length=400,
        allow_empty_file=True,
        widget=FilesInput({"accept": ACCEPT}),
        error_messages={
            "required": "请选择文件。",
            "invalid": "请选择文件。",
            "missing": "请选择文件。",
            "max_length": "文件名过长，请改短后上传。",
        },
    )
