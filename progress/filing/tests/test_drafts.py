from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from progress.filing import drafts
from progress.filing.drafts import fingerprint, values_of
from progress.lifecycle import by_unit
from progress.models import ProgressReport
from tasks.models import Task
from tests.cast import Cast, at, fill, make_item, save_draft
from units.errors import NotNow, Refused

pytestmark = pytest.mark.django_db

NOW, LATER = at("2022-08-03"), at("2022-08-03", "11:00:00")


def save(cast: Cast, report: ProgressReport, base: str, **values: Any) -> drafts.Saved:
    return save_draft(report=report, actor=cast.reporter, now=LATER, values=values, base=base)


def km_key(task: Task) -> str:
    return f"reading:{task.indicators.get().pk}::value"


def test_the_first_save_makes_version_one_as_of_the_periods_date(
    cast: Cast, report: ProgressReport, task: Task
) -> None:
    saved = save(cast, report, fingerprint(None), **{"progress": "示例", km_key(task): Decimal(5)})
    assert (saved.version.number, saved.version.data_as_of) == (1, date(2022, 7, 31))
    assert set(saved.changed) == {"progress", km_key(task)}
    assert saved.version.readings.get().value == 5
    assert saved.version.edited_by_name.startswith("市住建局联络员")


def test_different_fields_of_two_editors_merge(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, problems="", next_steps="")
    both_saw = fingerprint(report.latest())
    first = save(cast, report, both_saw, problems="示例：资金缺口。", next_steps="")
    second = save(cast, report, both_saw, problems="", next_steps="示例：下月招标。")
    assert first.conflicts == second.conflicts == ()
    values = values_of(report.latest())
    assert (values["problems"], values["next_steps"]) == ("示例：资金缺口。", "示例：下月招标。")


def test_the_same_field_of_two_editors_shows_both_and_loses_nothing(
    cast: Cast, report: ProgressReport, task: Task
) -> None:
    fill(report, cast.reporter, NOW, 100)
    both_saw = fingerprint(report.latest())
    save(cast, report, both_saw, **{"problems": "甲", km_key(task): Decimal(110)})
    second = save(
        cast, report, both_saw, **{"problems": "乙", km_key(task): Decimal(120), "note": "丙"}
    )
    assert second.changed == ("note",)
    kept = {conflict.key: (conflict.mine, conflict.theirs) for conflict in second.conflicts}
    assert kept == {"problems": ("乙", "甲"), km_key(task): (Decimal(120), Decimal(110))}
    assert second.conflicts[0].their_name.startswith("市住建局联络员")
    settled = save(cast, report, fingerprint(report.latest()), problems="甲；乙")
    assert settled.conflicts == ()
    assert values_of(report.latest())["problems"] == "甲；乙"


def test_two_editors_who_say_the_same_do_not_conflict(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 100)
    both_saw = fingerprint(report.latest())
    save(cast, report, both_saw, problems="甲\n乙")
    assert save(cast, report, both_saw, problems="甲\r\n乙").conflicts == ()


def test_a_number_written_differently_is_the_same_number(
    cast: Cast, report: ProgressReport, task: Task
) -> None:
    fill(report, cast.reporter, NOW, "100")
    saved = save(cast, report, fingerprint(report.latest()), **{km_key(task): Decimal("100.00")})
    assert saved.changed == ()


@pytest.mark.parametrize("base", ["", "null", "[1]", "{", '{"problems": 7}', "\x00"])
def test_nonsense_as_fingerprint_overwrites_nothing(
    cast: Cast, report: ProgressReport, base: str
) -> None:
    fill(report, cast.reporter, NOW, 100, problems="甲")
    saved = save(cast, report, base, problems="乙")
    assert [conflict.theirs for conflict in saved.conflicts] == ["甲"]


def test_only_the_liaison_of_the_unit_types(cast: Cast, report: ProgressReport) -> None:
    for actor in (cast.signer, cast.stranger_reporter, cast.office, cast.leader):
        with pytest.raises(Refused, match="联络员填报"):
            save_draft(report=report, actor=actor, now=NOW, values={"progress": "x"}, base="")


def test_rows_of_other_items_and_unknown_fields_are_refused(
    cast: Cast, report: ProgressReport, task: Task
) -> None:
    other = make_item(task.plan, cast, 2)
    for key in (km_key(other), "state", "decision", "reading:1:2:3", "milestone:9:done_on"):
        with pytest.raises(Refused, match="不属于这份填报"):
            save(cast, report, "", **{key: Decimal(1)})


def test_a_report_on_its_way_is_not_typed_in(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 180)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    with pytest.raises(NotNow, match="当前为“待审签”，不能修改"):
        save(cast, report, "", progress="x")


def test_explanations_of_warnings_are_part_of_the_draft(cast: Cast, report: ProgressReport) -> None:
    fill(report, cast.reporter, NOW, 180)
    key = "explanation:same_text:progress"
    save(cast, report, fingerprint(report.latest()), **{key: "示例：按月推进。"})
    version = report.latest()
    assert version is not None
    assert version.explanations == {"same_text:progress": "示例：按月推进。"}
