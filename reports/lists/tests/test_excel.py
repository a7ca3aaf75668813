"""What a list shows leaves as Excel: as many rows as the page says, or those chosen of it."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from progress.models import Instruction
from reports.lists.described import LISTS
from tasks.models import Plan
from tests.addresses import SmallYear, make_small_year
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PAGES = {
    "unreported": "unreported/",
    "matters": "matters/",
    "orders": "orders/",
    "adjustments": "adjustments/",
    "visits": "visits/",
}


def rows_of(client: Client, name: str, query: str = "") -> list[list[object]]:
    found = client.get(f"/2022/lists/{name}/excel/{query}")
    assert found.status_code == 200, (name, found.status_code)
    sheet = openpyxl.load_workbook(BytesIO(found.content)).active
    assert sheet is not None
    rows: list[list[object]] = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    return [row for row in rows if isinstance(row[0], int)]


@pytest.fixture
def year(cast: Cast, plan: Plan) -> SmallYear:
    return make_small_year(cast, plan)


def test_every_list_leaves_with_the_rows_that_its_page_counts(
    client: Client, year: SmallYear
) -> None:
    client.force_login(year.cast.office.user)
    assert set(PAGES) == set(LISTS)
    for name, address in PAGES.items():
        page = client.get(f"/2022/{address}").content.decode()
        counted = re.search(r'共<b data-n="rows">(\d+)</b>', page)
        rows = rows_of(client, name)
        assert rows, name
        assert counted is not None
        assert len(rows) == int(counted[1]), name
        assert page.count("data-pick ") == len(rows), name


def test_only_the_rows_chosen_leave_and_conditions_narrow_them(
    client: Client, year: SmallYear
) -> None:
    client.force_login(year.cast.office.user)
    matter = Instruction.objects.order_by("pk")[0]
    assert [row[1] for row in rows_of(client, "matters", f"?row={matter.pk}")] == [matter.code]
    assert rows_of(client, "matters", "?row=999999") == []
    assert rows_of(client, "visits", "?state=none") == []


def test_a_unit_takes_only_what_it_may_see(client: Client, year: SmallYear) -> None:
    client.force_login(year.cast.stranger_reporter.user)
    assert client.get("/2022/lists/unreported/excel/").status_code == 403
    assert rows_of(client, "matters") == []
