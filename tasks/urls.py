"""Addresses where the plan of the year is changed: drafts, 办理方案, naming, items, officers."""

from itertools import chain

from django.urls import URLPattern

from tasks.action_plans import urls as action_plans
from tasks.changing import urls as changing
from tasks.commitments import urls as commitments
from tasks.desk import urls as desk
from tasks.holders import urls as holders
from tasks.naming import urls as naming

app_name = "tasks"
ROOMS = [action_plans, changing, commitments, desk, holders, naming]
urlpatterns: list[URLPattern] = list(chain.from_iterable(room.urlpatterns for room in ROOMS))
