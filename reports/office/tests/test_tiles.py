"""督查室: page, list, Excel and `manage.py explain` say the same of every filing they count."""

from __future__ import annotations

from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from progress.finalizing.finalize import finalize
from progress.models import Period
from progress.periods.opening import ensure_reports
from reports.office.tiles import OfficeTile, office_tiles
from reports.tests.random_year import NOW, make_random_year
from tasks.models import Plan
from tests.cast import Cast, at, file_report, make_item, report_of
from units.models import LogEntry

pytestmark = pytest.mark.django_db
LIST, EXCEL = "/2022/office/filings/", "/2022/office/filings.xlsx"


@pytest.fixture
def tiles(cast: Cast, plan: Plan) -> list[OfficeTile]:
    """Months never filed and finalized, July with drafts and one report that waits."""
    make_random_year(plan, cast, 1)
    for period in Period.objects.filter(plan=plan, data_as_of__lt="2022-06-01"):
        ensure_reports(period, period.opens_on)
        finalize(period=period, actor=cast.office_head, now=at("2022-07-13"))
    measured = make_item(plan, cast, 40)
    file_report(cast, report_of(measured, cast.lead), at("2022-07-27"), 180)
    return office_tiles(plan, NOW)


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.office.user)
    return client


def lines_of(client: Client, query: str) -> int:
    book = load_workbook(BytesIO(client.get(f"{EXCEL}?{query}").content))
    column = next(book["报送明细"].iter_cols(max_col=1, min_row=4, values_only=True), ())
    return sum(isinstance(value, int) for value in column)


def explained(*names: str) -> list[str]:
    out = StringIO()
    call_command("explain", *names, stdout=out)
    return out.getvalue().splitlines()


def test_every_number_has_as_many_rows_on_its_list_and_in_its_excel(
    tiles: list[OfficeTile], office: Client
) -> None:
    assert len({tile.name for tile in tiles}) == len(tiles)
    counted = set()
    for tile in tiles:
        assert len(tile.rows()) == tile.count, tile
        if tile.wanted is not None and tile.wanted not in counted:
            counted.add(tile.wanted)
            assert office.get(f"{LIST}?{tile.wanted.query}").context["count"] == tile.count, tile
            if len(counted) % 5 == 1:
                assert lines_of(office, tile.wanted.query) == tile.count, tile
    assert len(counted) > 30
    assert any(tile.count for tile in tiles if tile.name.startswith("office-late-"))


def test_the_page_shows_the_numbers_of_the_tiles(tiles: list[OfficeTile], office: Client) -> None:
    known = {tile.name: tile for tile in tiles}
    body = office.get("/2022/office/figures/").content.decode()
    for name in ("office-left", "office-owed", "office-state-reviewing"):
        wanted = known[name].wanted
        assert wanted is not None
        address = f"{LIST}?{wanted.query}".replace("&", "&amp;")
        assert address in body, name
    assert known["office-left"].count + known["office-unreported"].count == (
        known["office-owed"].count
    )


def test_the_command_lists_the_rows_of_the_office(tiles: list[OfficeTile]) -> None:
    names = [line.split("\t")[0] for line in explained("")]
    assert {tile.name for tile in tiles} <= set(names)
    for tile in tiles[:12]:
        assert explained(tile.name)[0] == f"{tile.title}：{tile.count}{tile.measure}"
        assert len(explained(tile.name)) == tile.count + 1
    with pytest.raises(CommandError, match="没有名称"):
        explained("office-nothing")
    with pytest.raises(CommandError, match="不能另选"):
        explained("office-owed", "--period", "2022-05")


def test_the_excel_is_logged_with_its_conditions(
    tiles: list[OfficeTile], office: Client, cast: Cast
) -> None:
    office.get(f"{EXCEL}?state=left&open=1")
    entry = LogEntry.objects.filter(summary="导出报送明细").get()
    assert "已离开单位" in entry.payload
    office.force_login(cast.leader.user)
    assert office.get(EXCEL).status_code == 403
