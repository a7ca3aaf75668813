"""采用稿 that the figures do not bear out is asked about once; the second press accepts it."""

from __future__ import annotations

import pytest

from progress.models import HeldAcceptance, ProgressReport
from progress.reviewing.tests.reviewing import url
from tests.cast import Cast
from tests.pages import browser, latest, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

FALSE = "改造道路累计完成210公里。"
ASKED = "采用稿写“210公里”，改造道路累计完成180公里，请核对。"


def posted(july: ProgressReport, digest: str, **more: object) -> dict[str, object]:
    return {"version": latest(july).pk, "digest": digest, **more}


def test_it_is_asked_about_beside_the_words_and_then_accepted(
    cast: Cast, july: ProgressReport
) -> None:
    client = browser(cast.office)
    answer = client.post(f"{url(july)}accept/", posted(july, FALSE))
    page = text_of(answer)
    assert answer.status_code == 409
    assert ASKED in page
    assert FALSE in page
    assert not HeldAcceptance.objects.exists()
    [code] = [part.split('"')[0] for part in page.split('name="doubt" value="')[1:]]
    client.post(f"{url(july)}accept/", posted(july, FALSE, doubt=code))
    assert HeldAcceptance.objects.get().digest == FALSE


def test_true_words_and_the_offices_own_figure_pass_at_once(
    cast: Cast, july: ProgressReport
) -> None:
    reading = latest(july).readings.get()
    own = {
        f"verified:{reading.indicator_id}:": "210",
        f"why:{reading.indicator_id}:": "示例：现场核定。",
    }
    browser(cast.office).post(f"{url(july)}accept/", posted(july, FALSE, **own))
    assert HeldAcceptance.objects.get().digest == FALSE


def test_the_units_own_sentence_is_not_asked_about_twice(cast: Cast, july: ProgressReport) -> None:
    version = latest(july)
    version.progress = FALSE
    version.save(update_fields=["progress"])
    client = browser(cast.office)
    page = text_of(client.get(url(july)))
    assert "进展情况写“210公里”" in page
    assert ASKED not in page
    client.post(f"{url(july)}accept/", posted(july, FALSE))
    assert HeldAcceptance.objects.exists()
