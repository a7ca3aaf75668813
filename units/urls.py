"""Addresses of people and accounts."""

from itertools import chain

from django.urls import URLPattern

from units.audit import urls as audit
from units.calendar import urls as calendar
from units.city import urls as city
from units.entrance import urls as entrance
from units.factors import urls as factors
from units.first_run import urls as first_run
from units.groups import urls as groups
from units.imports import urls as imports
from units.lists import urls as lists
from units.people import urls as people
from units.posts import urls as posts
from units.powers import urls as powers
from units.staff import urls as staff
from units.tokens import urls as tokens

app_name = "units"
ROOMS = [
    audit,
    calendar,
    city,
    first_run,
    entrance,
    factors,
    people,
    staff,
    groups,
    posts,
    powers,
    imports,
    lists,
    tokens,
]
urlpatterns: list[URLPattern] = list(chain.from_iterable(room.urlpatterns for room in ROOMS))
