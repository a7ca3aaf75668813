"""Every number of a page has a name and a scope, and one value wherever it stands.

The pages are those that are measured (`bench.page_list`, `tests.page_costs`) and the lists behind
their numbers, on the sample year, as each role has them.
"""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from bench.page_list import OF_UNIT, PEOPLE
from bench.page_list import PAGES as MEASURED
from reports.exports.explained import head_of_office, ledger_numbers, office_numbers
from tasks.models import Plan
from tests.named_numbers import Printed, printed_on, without_name
from tests.page_costs import PAGES
from units.models import Unit, User

pytestmark = [pytest.mark.usefixtures("sample_year", "db")]

LISTS = {
    "office": [
        "reports:filings", "reports:figures", "progress:unreported", "progress:matters",
        "progress:orders",
        "progress:coordination", "progress:closures", "progress:visits", "progress:periods",
        "tasks:receipts", "tasks:namings", "tasks:action_plans", "reports:screen",
        "reports:timeline", "reports:counties",
    ],
    "leader": ["reports:screen", "reports:timeline", "progress:matters"],
    "observer": ["reports:screen"],
    "signer": ["progress:signing", "progress:duties"],
    "reporter": [],
}  # fmt: skip


def pages_of(role: str) -> list[str]:
    """Addresses that the role opens."""
    unit = Unit.objects.get(name=OF_UNIT).pk
    measured = [
        page.address.format(unit=unit, report="")
        for name, page in MEASURED.items()
        if role in page.roles and name not in ("form", "tasks.xlsx")
    ]
    own = [reverse(name, args=["2022"]) for name in LISTS[role]]
    common = [each for each in PAGES if role in ("reporter", "signer")]
    return list(dict.fromkeys([*measured, *own, *common, "/2022/areas/3/"]))


def opened(role: str) -> dict[str, str]:
    """The pages of the role by address."""
    client = Client()
    client.force_login(User.objects.get(username=PEOPLE[role]))
    found = {}
    for address in pages_of(role):
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        found[address] = response.content.decode()
    return found


@pytest.mark.parametrize("role", LISTS)
def test_a_number_has_a_name_and_a_name_one_value(role: str) -> None:
    values: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    unnamed: dict[str, str] = {}
    for address, page in opened(role).items():
        unnamed |= dict.fromkeys(without_name(page), address)
        labels: dict[str, set[str]] = defaultdict(set)
        for each in printed_on(page, address):
            values[each.name, each.scope].setdefault(each.value, address)
            labels[each.label].add(each.name)
        labels.pop("", None)
        assert {label: names for label, names in labels.items() if len(names) > 1} == {}, address
    assert {key: found for key, found in values.items() if len(found) > 1} == {}
    assert unnamed == {}
    assert len(values) > 15


def test_what_a_page_names_is_what_explain_counts(sample_year: Plan) -> None:
    """总览 and 督查室: the names are those of `manage.py explain`, with its counts."""
    call_command("rebuild_boards", verbosity=0)
    from huangshi_tasks.lib import clock

    now = clock.now()
    head = head_of_office(now.date())
    assert head is not None
    plan = Plan.objects.visible_to(head).get(slug="2022")
    known = {each.name: each.count for each in ledger_numbers(plan, head, now.date())}
    known |= {each.name: each.count for each in office_numbers(plan, now)}
    client = Client()
    client.force_login(head.user)
    compared = 0
    for address, at in (("/2022/overview/", "latest"), ("/2022/office/figures/", "now")):
        for each in printed_on(client.get(address).content.decode(), address):
            if each.scope == f"2022@{at}?" and each.name in known:
                assert each.value == str(known[each.name]), each
                compared += 1
    assert compared > 60


PAGE = """<html><body><header class="ph"><h2>未报<small>3项</small></h2></header>
<p class="subt" data-of="2022@now">共<span data-n="rows">21</span>份，7月31日前</p>
<div class="chips" data-of="2022@latest?light=slow&amp;area=3"><a data-of="-light">滞后
<b data-n="late" data-of="+leader=2">4</b></a></div></body></html>"""


def test_scopes_are_put_together_and_what_has_no_name_is_found() -> None:
    """The reader of the test itself."""
    assert printed_on(PAGE, "/x/") == [
        Printed("rows", "2022@now?", "21", ""),
        Printed("late", "2022@latest?area=3&leader=2", "4", "滞后"),
    ]
    assert [each.split(" in ")[0] for each in without_name(PAGE)] == ["3项"]
