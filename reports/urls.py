"""Addresses where something is seen or leaves: desk, ledger, item, overview, projects, Excel."""

from itertools import chain

from django.urls import URLPattern

from reports.api import urls as api
from reports.audit import urls as audit
from reports.bulletins import urls as bulletins
from reports.counties import urls as counties
from reports.desk import urls as desk
from reports.exports import urls as exports
from reports.frame import urls as frame
from reports.help import urls as help_pages
from reports.item import urls as item
from reports.ledger import urls as ledger
from reports.lists import urls as lists
from reports.office import urls as office
from reports.overview import urls as overview
from reports.papers import urls as papers
from reports.plan_state import urls as plan_state
from reports.projects import urls as projects
from reports.search import urls as search
from reports.standings import urls as standings
from reports.today import urls as today
from reports.workbooks import urls as workbooks
from reports.year import urls as year

app_name = "reports"
ROOMS = [
    api,
    audit,
    bulletins,
    counties,
    desk,
    exports,
    frame,
    help_pages,
    item,
    ledger,
    lists,
    office,
    overview,
    papers,
    plan_state,
    projects,
    search,
    standings,
    today,
    workbooks,
    year,
]
urlpatterns: list[URLPattern] = list(chain.from_iterable(room.urlpatterns for room in ROOMS))
