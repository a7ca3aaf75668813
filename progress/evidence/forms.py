"""Files, several at once."""

from __future__ import annotations

from typing import Any

from django import forms

from units.files.upload_fields import file_field

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
    """Files; what they are is judged in `units.files.uploads`."""

    file = file_field(
        "文件", required=True, ask="请选择文件。", hint="", kind=FilesField, widget=FilesInput
    )
