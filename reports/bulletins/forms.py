"""Forms of bulletins: which period to draft of, the texts, the signature, a unit's answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from progress.models import Period
from reports.bulletins.acts import SECTIONS
from reports.models import Bulletin, BulletinKind, BulletinLine, LineKind
from units.face.fields import line_field
from units.files.upload_fields import file_field
from units.models import Post, PostKind

LONGEST_TEXT, LONGEST_REASON, LONGEST_ANSWER = 3000, 500, 300
SECTION_HINTS = {
    "title": "印在红线下",
    "addressee": "主送机关，不写冒号",
    "basis": "依据和开头一段",
    "remarks": "接在总数一句之后，可以不填",
    "problems": "不填则不印",
    "requirements": "不填则不印",
    "copies": "版记中的抄送，可以不填",
}
ONE_LINE = ("title", "addressee", "copies")
# what a kind prints
PRINTED: dict[str, tuple[str, ...]] = {
    BulletinKind.BULLETIN: SECTIONS,
    BulletinKind.SPECIAL: ("title", "addressee", "basis", "remarks", "requirements"),
    BulletinKind.PUBLICATION: ("title", "basis", "remarks", "requirements"),
}


class DraftForm(forms.Form):
    """起草: a kind of paper of a finalized period."""

    kind = forms.ChoiceField(
        label="类别",
        choices=BulletinKind.choices,
        error_messages={"required": "请选择类别。", "invalid_choice": "没有这一类别，请重新选择。"},
    )
    period = forms.ModelChoiceField(
        label="填报期",
        queryset=Period.objects.none(),
        empty_label=None,
        error_messages={
            "required": "请选择填报期。",
            "invalid_choice": "请选择一个已定稿的填报期。",
        },
    )

    def __init__(self, *args: Any, periods: Sequence[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ModelChoiceField)
        found = Period.objects.filter(pk__in=[p.pk for p in periods]).select_related("plan")
        field.queryset = found.order_by("-data_as_of", "pk")


class SectionsForm(forms.Form):
    """The texts of a draft and the reasons of its lines; `base` says on what they were written."""

    base = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, bulletin: Bulletin, lines: Sequence[BulletinLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bulletin, self.lines = bulletin, lines
        for name in PRINTED[bulletin.kind]:
            self.fields[name] = _section_field(name)
        for line in lines:
            said = {"aria-label": f"{line.unit_name}：原因和说明"}
            self.fields[f"line_{line.pk}"] = line_field(
                "原因和说明", LONGEST_REASON, required=False, rows=2, attrs=said
            )
            if line.kind == LineKind.LISTED:
                self.fields[f"out_{line.pk}"] = forms.BooleanField(required=False)
        self.initial = {**stored_texts(bulletin, lines), "base": base_of(bulletin, lines)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        now = base_of(self.bulletin, self.lines)
        if cleaned.get("base") and cleaned["base"] != now:
            self.data = {**self.data.dict(), "base": now}  # type: ignore[attr-defined]
            raise forms.ValidationError(
                "您打开以后，有人保存过这一份。请核对各段，再次保存以本页内容为准。"
            )
        return cleaned

    @property
    def sections(self) -> Iterator[tuple[BoundField, str]]:
        for name in PRINTED[self.bulletin.kind]:
            yield self[name], SECTION_HINTS[name]

    @property
    def line_fields(self) -> Iterator[tuple[BulletinLine, BoundField]]:
        for line in self.lines:
            yield line, self[f"line_{line.pk}"]

    def taken_out(self) -> set[int]:
        """Lines listed by hand that are to stand in the paper no more."""
        return {line.pk for line in self.lines if self.cleaned_data.get(f"out_{line.pk}")}

    def texts(self) -> dict[str, str]:
        """What was sent: a field that is missing from a request keeps its text."""
        sent = [name for name in PRINTED[self.bulletin.kind] if name in self.data]
        return {name: self.cleaned_data[name] for name in sent}

    def words(self) -> dict[int, str]:
        """Line id → its reason, of those that were sent."""
        names = {line.pk: f"line_{line.pk}" for line in self.lines}
        return {pk: self.cleaned_data[name] for pk, name in names.items() if name in self.data}


def _section_field(name: str) -> forms.CharField:
    model_field: Any = Bulletin._meta.get_field(name)
    is_short = name in ONE_LINE
    return line_field(
        model_field.verbose_name,
        model_field.max_length if is_short else LONGEST_TEXT,
        "请填写标题。",
        required=name == "title",
        rows=1 if is_short else 4,
    )


def stored_texts(bulletin: Bulletin, lines: Sequence[BulletinLine]) -> dict[str, str]:
    """Field name → what is stored."""
    texts = {name: getattr(bulletin, name) for name in SECTIONS}
    return texts | {f"line_{line.pk}": line.words for line in lines}


def base_of(bulletin: Bulletin, lines: Sequence[BulletinLine]) -> str:
    """Names the texts as they stand."""
    text = json.dumps(stored_texts(bulletin, lines), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class ApprovalForm(forms.Form):
    """登记签发: who signed (post or meeting), when, on what authority, and the scan if there is
    one.
    """

    post = forms.ModelChoiceField(
        label="签发职务",
        queryset=Post.objects.none(),
        required=False,
        empty_label="其他（在右侧写明）",
        error_messages={"invalid_choice": "没有这一职务，请重新选择。"},
    )
    decided_by = line_field("签发人或会议", 60, required=False)
    decided_on = forms.DateField(
        label="签发日期",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "请填写签发日期。",
            "invalid": "请按“2022-08-05”的格式填写签发日期。",
        },
    )
    authority = line_field(
        "依据", 200, "请写明签发依据。", attrs={"placeholder": "如：签批件、会议纪要编号"}
    )
    scan = file_field("扫描件", required=False, ask="请选择文件。", hint="")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["post"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Post.objects.filter(
            kind__in=[PostKind.CITY_LEADER, PostKind.DEPUTY_SECRETARY], retired_on__isnull=True
        )

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > self.today:
            raise forms.ValidationError("签发日期不能晚于今天。")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "post" in cleaned and not cleaned["post"] and not cleaned.get("decided_by"):
            self.add_error("decided_by", "请选择签发职务，或写明签发人、会议名称。")
        return cleaned


class ScanForm(forms.Form):
    """The paper as it was stamped and scanned."""

    scan = file_field(
        "盖章扫描件", required=True, ask="请选择扫描件。", hint="印发盖章后的整份文件"
    )


class AnswerForm(forms.Form):
    """One sentence of a unit on the line that names it."""

    answer = line_field("意见", LONGEST_ANSWER, "请写明意见；没有意见的，点“无异议”。", rows=2)


class AnswersForm(forms.Form):
    """What a unit says to each of its lines; an empty one is 无异议."""

    def __init__(self, data: Any, *, lines: Sequence[BulletinLine]) -> None:
        super().__init__(data)
        self.lines = lines
        for line in lines:
            label = line.task.short_title if line.task is not None else line.get_kind_display()
            self.fields[f"answer-{line.pk}"] = line_field(
                label, LONGEST_ANSWER, required=False, rows=2
            )

    @property
    def texts(self) -> dict[int, str]:
        """Line → what was written to it."""
        said = {line.pk: self.cleaned_data[f"answer-{line.pk}"] for line in self.lines}
        return {pk: text for pk, text in said.items() if text}
