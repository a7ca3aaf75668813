"""Addresses where something is done: filing, signing, reviewing, 定稿."""

from itertools import chain

from django.urls import URLPattern

from progress.adjustments import urls as adjustments
from progress.channels import urls as channels
from progress.closing import urls as closing
from progress.due_days import urls as due_days
from progress.duties import urls as duties
from progress.evidence import urls as evidence
from progress.filing import urls as filing
from progress.finalizing import urls as finalizing
from progress.inbox import urls as inbox
from progress.matters import urls as matters
from progress.meetings import urls as meetings
from progress.reminding import urls as reminding
from progress.reviewing import urls as reviewing
from progress.sending import urls as sending
from progress.signing import urls as signing
from progress.starting import urls as starting
from progress.sub_items import urls as sub_items
from progress.supplementing import urls as supplementing
from progress.supports import urls as supports
from progress.turn import urls as turn
from progress.unit_list import urls as unit_list
from progress.urging import urls as urging
from progress.visits import urls as visits
from progress.workbook import urls as workbook

app_name = "progress"
ROOMS = [
    adjustments,
    channels,
    closing,
    due_days,
    duties,
    evidence,
    filing,
    finalizing,
    inbox,
    matters,
    meetings,
    reminding,
    reviewing,
    sending,
    signing,
    starting,
    sub_items,
    supplementing,
    supports,
    turn,
    unit_list,
    urging,
    visits,
    workbook,
]
urlpatterns: list[URLPattern] = list(chain.from_iterable(room.urlpatterns for room in ROOMS))
