"""Small forms of one act each: a reason, a day, a file."""

from __future__ import annotations

from typing import Any

from django import forms

from huangshi_tasks.lib.file_kinds import ACCEPT

REASON_LENGTH = 300
MOST_FILES = 20


def reason_field(label: str, ask: str) -> forms.CharField:
    """A compulsory sentence; `ask` says what to write."""
    return forms.CharField(
        label=label,
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": ask, "max_length": f"不超过{REASON_LENGTH}字，请删减。"},
    )


class ReasonForm(forms.Form):
    """Why: of a return, a correction, a filing without signature."""

    reason = reason_field("原因", "请填写原因。")


class ReopenForm(forms.Form):
    """补报: why, and until when."""

    reason = reason_field("补报原因", "请填写补报原因。")
    until = forms.DateField(
        label="补报期限",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "请填写补报期限。",
            "invalid": "请按“2022-08-05”的格式填写补报期限。",
        },
    )


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


def first_error(form: forms.Form) -> str:
    """The first sentence that a small form has to say."""
    return next(str(errors[0]) for errors in form.errors.values())
