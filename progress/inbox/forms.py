"""我的提醒: channels and the time of the digest, as a form; what the office allows, as another."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms

from progress.channels.configured import personal
from progress.models import TellingChoice
from progress.telling.choices import TIMES, Allowed

EARLIEST = ""  # with the first turn of the day


class ChoiceForm(forms.Form):
    """Ticked is what the person takes; what nobody may switch off stays ticked."""

    digests = forms.MultipleChoiceField(
        label="每日汇总", required=False, widget=forms.CheckboxSelectMultiple
    )
    notices = forms.MultipleChoiceField(
        label="即时通知", required=False, widget=forms.CheckboxSelectMultiple
    )
    digest_at = forms.ChoiceField(label="每日汇总时间", required=False)

    def __init__(self, data: Any, *, allowed: Allowed, choice: TellingChoice | None) -> None:
        self.allowed = allowed
        self.channels = [(channel.key, channel.label) for channel in personal()]
        keys = [key for key, _ in self.channels]
        super().__init__(data, initial=_initial(choice, keys))
        for name in ("digests", "notices"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = self.channels
        times = [(f"{each:%H:%M}", f"{each:%H:%M}") for each in allowed.times]
        at = self.fields["digest_at"]
        assert isinstance(at, forms.ChoiceField)
        at.choices = [(EARLIEST, "尽早（上午8:30起）"), *times]

    def off(self, name: str) -> list[str]:
        """Keys of the channels that are switched off, and may be."""
        ticked = {*self.cleaned_data[name], *self.allowed.always}
        return [key for key, _ in self.channels if key not in ticked]

    @property
    def time(self) -> time | None:
        chosen = self.cleaned_data["digest_at"]
        return time.fromisoformat(chosen) if chosen else None


def _initial(choice: TellingChoice | None, keys: list[str]) -> dict[str, Any]:
    if choice is None:
        return {"digests": keys, "notices": keys, "digest_at": EARLIEST}
    return {
        "digests": [key for key in keys if key not in choice.digests_off],
        "notices": [key for key in keys if key not in choice.notices_off],
        "digest_at": f"{choice.digest_at:%H:%M}" if choice.digest_at else EARLIEST,
    }


class RuleForm(forms.Form):
    """What everybody may choose."""

    always = forms.MultipleChoiceField(
        label="个人不能关闭的渠道", required=False, widget=forms.CheckboxSelectMultiple
    )
    times = forms.MultipleChoiceField(
        label="每日汇总可选时间", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, allowed: Allowed) -> None:
        spelled = [f"{each:%H:%M}" for each in allowed.times]
        super().__init__(data, initial={"always": sorted(allowed.always), "times": spelled})
        always, times = self.fields["always"], self.fields["times"]
        assert isinstance(always, forms.MultipleChoiceField)
        assert isinstance(times, forms.MultipleChoiceField)
        always.choices = [(channel.key, channel.label) for channel in personal()]
        times.choices = [(f"{each:%H:%M}", f"{each:%H:%M}") for each in TIMES]
