"""No telephone enters the log, and nothing else is lost in it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from units import log
from units.log.masking import masked, masked_changes

NOW = datetime(2022, 8, 3, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("电话13800000001改为13900000002", "电话138****0001改为139****0002"),
        ("+86 138-0000-0001", "138****0001"),
        ("证书号9138000000017", "证书号9138000000017"),
        ("黄政办发〔2022〕1号，2022年8月3日", "黄政办发〔2022〕1号，2022年8月3日"),
    ],
)
def test_a_mobile_number_is_masked_wherever_it_stands(said: str, kept: str) -> None:
    assert masked(said) == kept


def test_changes_are_masked_by_what_they_hold_and_by_name() -> None:
    changes = {
        "telephone": ["0714-6521234", "13800000001"],
        "contact": {"电话": "6521"},
        "note": "请打13800000001",
        "value": ["13800000000", Decimal("13800000000")],
        "rows": [{"manager": "某（13800000001）"}],
    }
    assert masked_changes(changes) == {
        "telephone": ["****-***1234", "138****0001"],
        "contact": {"电话": "6521"},
        "note": "请打138****0001",
        "value": ["13800000000", Decimal("13800000000")],
        "rows": [{"manager": "某（138****0001）"}],
    }


@pytest.mark.django_db
def test_an_entry_holds_no_number() -> None:
    entry = log.record(
        action="test",
        summary="改电话13800000001",
        reason="本人来电13800000001",
        changes={"telephone": ["", "13800000001"]},
        now=NOW,
    )
    entry.refresh_from_db()
    assert "13800000001" not in entry.payload + entry.summary
    assert entry.payload.count("138****0001") == 3
