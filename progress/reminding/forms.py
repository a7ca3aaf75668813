"""The form of one ladder: a row for each rung."""

from __future__ import annotations

from typing import Any

from django import forms

from progress.reminding.ladder import Ladder, Rung
from progress.reminding.rules import ROLE_WORDS, words_of

OPENING, NEAREST, MOST_RUNGS, SPARE = "opening", 20, 10, 2


class RungForm(forms.Form):
    """When, and who; an empty day leaves the row out."""

    offset = forms.ChoiceField(label="提醒日", required=False)
    tells = forms.MultipleChoiceField(
        label="提醒对象",
        required=False,
        choices=list(ROLE_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = range(-NEAREST, NEAREST + 1)
        field = self.fields["offset"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "不提醒"),
            (OPENING, words_of(kind, None)),
            *((str(day), words_of(kind, day)) for day in days),
        ]


RungFormSet = forms.formset_factory(RungForm, extra=SPARE, max_num=MOST_RUNGS, absolute_max=50)


def formset_of(kind: str, ladder: Ladder, posted: Any = None) -> Any:
    """The rows of `ladder`, and two more to fill in."""
    initial = [
        {"offset": OPENING if rung.offset is None else str(rung.offset), "tells": rung.tells}
        for rung in ladder
    ]
    return RungFormSet(
        posted,
        initial=initial,
        form_kwargs={"kind": kind},
        prefix="r",
        error_messages={"missing_management_form": "提交的内容不完整，请刷新页面后重试。"},
    )


def ladder_from(formset: Any) -> Ladder:
    """What a valid formset says, in the order of the days."""
    rungs = [
        Rung(None if row["offset"] == OPENING else int(row["offset"]), tuple(row["tells"]))
        for row in formset.cleaned_data
        if row.get("offset")
    ]
    return tuple(sorted(rungs, key=lambda rung: (rung.offset is not None, rung.offset or 0)))
