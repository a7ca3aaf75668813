"""Who may open what: one table of address × role, and a proof that it covers every address.

A row is the answer for each role in the order of `ROLES`. 404: not theirs to know of; 403: theirs
to see, not to do; 405: asks for POST; 409: not in this state or not complete, what was typed comes
back; L: to the login page; R: elsewhere, with a message. The rows of the small year: July of
重点工作第1项 waits for the office, sent by 市住建局 (reporter, signer), supported by the supporter.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from tests.addresses import SmallYear, address, names

pytestmark = pytest.mark.django_db

ROLES = [
    "anonymous",
    "reporter",
    "signer",
    "supporter",
    "stranger",
    "office",
    "leader",
    "observer",
    "admin",
    "auditor",
]
READING: dict[str, str] = {
    "progress:coordination": "L 403 403 403 403 200 403 403 403 403",
    "progress:coordination_hand_on": "L 405 405 405 405 405 405 405 405 405",
    "progress:matter": "L 200 200 200 404 200 404 404 404 404",
    "progress:matter_do": "L 405 405 405 405 405 405 405 405 405",
    "progress:matter_file": "L 200 200 200 404 200 404 404 404 404",
    "progress:matter_new": "L 403 403 403 403 200 403 403 403 403",
    "progress:matter_request": "L 405 405 405 405 405 405 405 405 405",
    "progress:matters": "L 200 200 200 200 200 200 200 403 403",
    "progress:order": "L 404 404 404 404 200 404 404 404 404",
    "progress:order_do": "L 405 405 405 405 405 405 405 405 405",
    "progress:order_edit": "L 403 403 403 403 R 403 403 403 403",
    "progress:order_new": "L 403 403 403 403 200 403 403 403 403",
    "progress:order_print": "L 404 404 404 404 200 404 404 404 404",
    "progress:orders": "L 200 200 200 200 200 200 200 403 403",
    "progress:unreported": "L 403 403 403 403 200 403 403 403 403",
    "progress:urge": "L 403 403 403 403 200 403 403 403 403",
    "progress:urge_note": "L 405 405 405 405 405 405 405 405 405",
    "progress:urges": "L 200 200 200 200 200 200 200 403 403",
    "progress:sheet": "L 200 403 200 200 403 403 403 404 404",
    "progress:sheet_errors": "L R 403 404 404 403 403 403 404 404",
    "progress:sheet_template": "L R 403 R R 403 403 403 404 404",
    "progress:sheet_upload": "L 200 403 404 404 403 403 403 404 404",
    "units:sheet": "L 403 403 403 403 403 403 403 200 403",
    "units:sheet_errors": "L 403 403 403 403 403 403 403 R 403",
    "units:sheet_template": "L 403 403 403 403 403 403 403 200 403",
    "units:sheet_upload": "L 403 403 403 403 403 403 403 200 403",
    "progress:channels": "L 403 403 403 403 200 403 403 200 403",
    "progress:channel_trial": "L 405 405 405 405 405 405 405 405 405",
    "progress:ladders": "L 403 403 403 403 200 403 403 403 403",
    "progress:ladder": "L 403 403 403 403 200 403 403 403 403",
    "reports:reminders": "L 403 403 403 403 200 403 403 403 200",
    "reports:reminders_excel": "L 403 403 403 403 200 403 403 403 200",
    "reports:item_reminders": "L 403 403 403 403 200 403 403 403 403",
    "reports:project_reminders": "L 403 403 403 403 200 403 403 403 403",
    "units:calendar": "L 403 403 403 403 200 403 403 403 403",
    "progress:accept_batch": "L 405 405 405 405 405 405 405 405 405",
    "progress:activate": "L 405 405 405 405 405 405 405 405 405",
    "healthz": "200 200 200 200 200 200 200 200 200 200",
    "progress:accept": "L 405 405 405 405 405 405 405 405 405",
    "progress:autosave": "L 405 405 405 405 405 405 405 405 405",
    "progress:adjustment": "L 200 200 200 404 200 404 404 404 404",
    "progress:adjustment_decline": "L 405 405 405 405 405 405 405 405 405",
    "progress:adjustment_end": "L 405 405 405 405 405 405 405 405 405",
    "progress:adjustment_register": "L 405 405 405 405 405 405 405 405 405",
    "progress:adjustment_revoke": "L 405 405 405 405 405 405 405 405 405",
    "progress:adjustment_scan": "L 404 404 404 404 404 404 404 404 404",
    "progress:adjustments": "L 200 200 200 200 200 200 200 404 404",
    "progress:ask": "L 200 200 403 404 200 403 403 404 404",
    "progress:carry_over": "L 405 405 405 405 405 405 405 405 405",
    "progress:claim": "L 200 200 403 404 200 403 403 404 404",
    "progress:closure": "L 200 200 200 404 200 404 404 404 404",
    "progress:closure_check": "L 405 405 405 405 405 405 405 405 405",
    "progress:closure_close": "L 405 405 405 405 405 405 405 405 405",
    "progress:closure_decline": "L 405 405 405 405 405 405 405 405 405",
    "progress:closure_reopen": "L 405 405 405 405 405 405 405 405 405",
    "progress:closure_scan": "L 404 404 404 404 404 404 404 404 404",
    "progress:closures": "L 200 200 200 200 200 200 200 404 404",
    "progress:correct": "L 405 405 405 405 405 405 405 405 405",
    "progress:duties": "L 200 200 200 200 403 403 403 403 403",
    "progress:duty": "L 200 200 404 404 403 403 403 403 403",
    "progress:duty_contacts": "L 405 405 405 405 405 405 405 405 405",
    "progress:duty_object": "L 405 405 405 405 405 405 405 405 405",
    "progress:duty_receive": "L 405 405 405 405 405 405 405 405 405",
    "progress:evidence": "L R R 404 404 R 404 404 404 404",
    "progress:evidence_preview": "L 404 404 404 404 404 404 404 404 404",
    "progress:evidence_upload": "L 405 405 405 405 405 405 405 405 405",
    "progress:evidence_withdraw": "L 405 405 405 405 405 405 405 405 405",
    "progress:finalize": "L 405 405 405 405 405 405 405 405 405",
    "progress:handover": "L 403 403 403 403 200 403 403 200 403",
    "progress:handovers": "L 403 403 403 403 200 403 403 200 403",
    "progress:item_decisions": "L 200 200 200 404 200 200 200 404 404",
    "progress:naming_answer": "L 405 405 405 405 405 405 405 405 405",
    "progress:item_trail": "L 200 200 200 404 200 200 200 404 404",
    "progress:notices": "L 200 200 200 200 200 200 200 200 200",
    "progress:outcomes": "L 403 403 403 403 200 403 403 403 403",
    "progress:numbers": "L 200 403 200 200 403 403 403 404 404",
    "progress:parts": "L 200 200 404 404 200 404 404 404 404",
    "progress:quote": "L 405 405 405 405 405 405 405 405 405",
    "progress:support_answer": "L 405 405 405 405 405 405 405 405 405",
    "progress:support_ask": "L 405 405 405 405 405 405 405 405 405",
    "progress:support_requests": "L 200 200 200 200 403 403 403 404 404",
    "progress:support_take_back": "L 405 405 405 405 405 405 405 405 405",
    "progress:period": "L 403 403 403 403 200 403 403 403 403",
    "progress:period_move": "L 405 405 405 405 405 405 405 405 405",
    "progress:periods": "L 403 403 403 403 200 403 403 403 403",
    "progress:receive_all": "L 405 405 405 405 405 405 405 405 405",
    "progress:reopen": "L 405 405 405 405 405 405 405 405 405",
    "progress:report": "L 200 200 404 404 200 404 404 404 404",
    "progress:report_trail": "L 200 200 404 404 200 404 404 404 404",
    "progress:return_to_liaison": "L 405 405 405 405 405 405 405 405 405",
    "progress:return_to_unit": "L 405 405 405 405 405 405 405 405 405",
    "progress:review": "L 403 403 403 403 R 403 403 403 403",
    "progress:review_report": "L 403 403 403 403 200 403 403 403 403",
    "progress:send_unsigned": "L 405 405 405 405 405 405 405 405 405",
    "progress:sign": "L 405 405 405 405 405 405 405 405 405",
    "progress:sign_offline": "L 405 405 405 405 405 405 405 405 405",
    "progress:signing": "L 403 200 403 403 403 403 403 404 404",
    "progress:signing_batch": "L 403 200 403 403 403 403 403 404 404",
    "progress:signing_report": "L 403 R 403 403 403 403 403 403 403",
    "progress:sub_item": "L 200 200 403 404 200 403 403 404 404",
    "progress:sub_item_add": "L 405 405 405 405 405 405 405 405 405",
    "progress:sub_item_change": "L 405 405 405 405 405 405 405 405 405",
    "progress:sub_item_photo": "L 405 405 405 405 405 405 405 405 405",
    "progress:sub_item_retire": "L 405 405 405 405 405 405 405 405 405",
    "progress:sub_items_of": "L 200 200 200 404 200 200 200 404 404",
    "progress:submit": "L 405 405 405 405 405 405 405 405 405",
    "progress:visit": "L 404 404 404 404 200 404 404 404 404",
    "progress:visit_choose": "L 405 405 405 405 405 405 405 405 405",
    "progress:visit_close": "L 405 405 405 405 405 405 405 405 405",
    "progress:visit_draw": "L 405 405 405 405 405 405 405 405 405",
    "progress:visit_drawn": "L 403 403 403 403 200 403 403 404 404",
    "progress:visit_drop": "L 405 405 405 405 405 405 405 405 405",
    "progress:visit_mend": "L 405 405 405 405 405 405 405 405 405",
    "progress:visit_photo": "L 405 405 405 405 405 405 405 405 405",
    "progress:visit_record": "L 405 405 405 405 405 405 405 405 405",
    "progress:visits": "L 200 200 200 200 200 200 200 404 404",
    "progress:withdraw": "L 405 405 405 405 405 405 405 405 405",
    "readyz": "200 200 200 200 200 200 200 200 200 200",
    "reports:audit_excel": "L 403 403 403 403 403 403 403 403 200",
    "reports:bulletin": "L 200 200 200 200 200 200 200 404 404",
    "reports:bulletin_answer": "L 405 405 405 405 405 405 405 405 405",
    "reports:bulletin_ask": "L 405 405 405 405 405 405 405 405 405",
    "reports:bulletin_check": "L 200 200 404 404 200 404 404 404 404",
    "reports:bulletin_correct": "L 405 405 405 405 405 405 405 405 405",
    "reports:bulletin_draft": "L 405 405 405 405 405 405 405 405 405",
    "reports:bulletin_drop": "L 405 405 405 405 405 405 405 405 405",
    "reports:bulletin_edit": "L 403 403 403 403 200 403 403 404 404",
    "reports:bulletin_issue": "L 405 405 405 405 405 405 405 405 405",
    "reports:bulletin_refresh": "L 403 403 403 403 200 403 403 404 404",
    "reports:bulletin_sign": "L 405 405 405 405 405 405 405 405 405",
    "reports:bulletin_take_back": "L 405 405 405 405 405 405 405 405 405",
    "reports:bulletin_text": "L 200 200 200 200 200 200 200 404 404",
    "reports:bulletin_withdraw": "L 405 405 405 405 405 405 405 405 405",
    "reports:bulletin_word": "L 200 200 200 200 200 200 200 404 404",
    "reports:bulletins": "L 200 200 200 200 200 200 200 404 404",
    "reports:desk": "L 200 200 200 200 403 403 403 404 404",
    "reports:home": "L R R R R R R R R R",
    "reports:item": "L 200 200 200 404 200 200 200 404 404",
    "reports:leader_page": "L 403 403 403 403 200 200 200 404 404",
    "reports:leader_page_word": "L 403 403 403 403 200 200 200 404 404",
    "reports:report_sheet": "L 200 200 404 404 200 404 404 404 404",
    "reports:report_sheet_word": "L 200 200 404 404 200 404 404 404 404",
    "reports:ledger": "L 200 200 200 200 200 200 200 404 404",
    "reports:ledger_excel": "L 200 200 200 200 200 200 200 404 404",
    "reports:overview": "L 403 403 403 403 200 200 200 404 404",
    "reports:project": "L 200 200 200 404 200 200 200 404 404",
    "reports:workbook_excel": "L 200 200 200 200 200 200 200 404 404",
    "reports:workbooks": "L 200 200 200 200 200 200 200 404 404",
    "reports:projects": "L 200 200 200 200 200 200 200 404 404",
    "tasks:action_plan": "L 200 200 200 404 200 200 200 404 404",
    "tasks:action_plan_accept": "L 405 405 405 405 405 405 405 405 405",
    "tasks:action_plan_return": "L 405 405 405 405 405 405 405 405 405",
    "tasks:action_plan_return_to_liaison": "L 405 405 405 405 405 405 405 405 405",
    "tasks:action_plan_revise": "L 405 405 405 405 405 405 405 405 405",
    "tasks:action_plan_save": "L 405 405 405 405 405 405 405 405 405",
    "tasks:action_plan_sign": "L 405 405 405 405 405 405 405 405 405",
    "tasks:action_plan_unsigned": "L 405 405 405 405 405 405 405 405 405",
    "tasks:action_plan_withdraw": "L 405 405 405 405 405 405 405 405 405",
    "tasks:action_plans": "L 403 403 403 403 200 403 403 403 403",
    "tasks:naming": "L 403 403 403 403 200 403 403 403 403",
    "tasks:naming_decide": "L 405 405 405 405 405 405 405 405 405",
    "tasks:naming_name": "L 405 405 405 405 405 405 405 405 405",
    "tasks:naming_nobody": "L 405 405 405 405 405 405 405 405 405",
    "tasks:namings": "L 403 403 403 403 200 403 403 403 403",
    "tasks:receipts": "L 403 403 403 403 200 403 403 403 403",
    "units:audit": "L 403 403 403 403 403 403 403 403 200",
    "units:login_again": "200 200 200 200 200 200 200 200 200 200",
    "units:login": "200 R R R R R R R R R",
    "units:logout": "L 405 405 405 405 405 405 405 405 405",
    "units:password_change": "L 200 200 200 200 200 200 200 200 200",
    "units:switch": "L 405 405 405 405 405 405 405 405 405",
}
# An empty POST to everything that takes one.
DOING: dict[str, str] = {
    "progress:handover": "L 403 403 403 403 409 403 403 409 403",
    "progress:period_move": "L 403 403 403 403 409 403 403 403 403",
    "progress:coordination_hand_on": "L 403 403 403 403 R 403 403 403 403",
    "progress:matter_do": "L 403 403 403 404 409 404 404 404 404",
    "progress:matter_new": "L 403 403 403 403 409 403 403 403 403",
    "progress:matter_request": "L 403 403 403 403 409 403 403 403 403",
    "progress:order_do": "L 404 404 404 404 R 404 404 404 404",
    "progress:order_edit": "L 403 403 403 403 R 403 403 403 403",
    "progress:order_new": "L 403 403 403 403 200 403 403 403 403",
    "progress:urge": "L 403 403 403 403 R 403 403 403 403",
    "progress:urge_note": "L 403 403 403 403 409 403 403 403 403",
    "progress:sheet": "L 409 403 409 409 403 403 403 404 404",
    "progress:sheet_upload": "L R 403 404 404 403 403 403 404 404",
    "units:sheet": "L 403 403 403 403 403 403 403 409 403",
    "units:sheet_upload": "L 403 403 403 403 403 403 403 R 403",
    "progress:channel_trial": "L 403 403 403 403 R 403 403 R 403",
    "progress:ladder": "L 403 403 403 403 409 403 403 403 403",
    "units:calendar": "L 403 403 403 403 409 403 403 403 403",
    "progress:accept_batch": "L 403 403 403 403 R 403 403 403 403",
    "progress:activate": "L 403 403 403 403 R 403 403 403 403",
    "progress:accept": "L 403 403 404 404 R 404 404 404 404",
    "progress:autosave": "L 409 403 404 404 403 404 404 404 404",
    "progress:adjustment_decline": "L 403 403 403 404 409 404 404 404 404",
    "progress:adjustment_end": "L 403 403 403 404 409 404 404 404 404",
    "progress:adjustment_register": "L 403 403 403 404 409 404 404 404 404",
    "progress:adjustment_revoke": "L 403 403 403 404 409 404 404 404 404",
    "progress:ask": "L 409 409 403 404 409 403 403 404 404",
    "progress:carry_over": "L 403 403 403 403 409 403 403 403 403",
    "progress:claim": "L 409 409 403 404 409 403 403 404 404",
    "progress:closure_check": "L 403 403 403 404 409 404 404 404 404",
    "progress:closure_close": "L 403 403 403 404 409 404 404 404 404",
    "progress:closure_decline": "L 403 403 403 404 409 404 404 404 404",
    "progress:closure_reopen": "L 403 403 403 404 409 404 404 404 404",
    "progress:correct": "L 409 409 404 404 409 404 404 404 404",
    "progress:duty_contacts": "L R R 404 404 403 403 403 403 403",
    "progress:duty_object": "L 409 409 404 404 403 403 403 403 403",
    "progress:duty_receive": "L R R 404 404 403 403 403 403 403",
    "progress:evidence_upload": "L R 403 404 404 403 404 404 404 404",
    "progress:evidence_withdraw": "L R 403 404 404 403 404 404 404 404",
    "progress:finalize": "L 403 403 403 403 R 403 403 403 403",
    "progress:naming_answer": "L 409 409 404 404 403 403 403 403 403",
    "progress:outcomes": "L 403 403 403 403 409 403 403 403 403",
    "progress:receive_all": "L R R R R 403 403 403 403 403",
    "progress:reopen": "L 409 409 404 404 409 404 404 404 404",
    "progress:quote": "L R 403 404 404 403 404 404 404 404",
    "progress:support_answer": "L 403 403 409 404 403 404 404 404 404",
    "progress:support_ask": "L 409 403 404 404 403 404 404 404 404",
    "progress:support_take_back": "L R 403 403 404 403 404 404 404 404",
    "progress:numbers": "L R 403 R R 403 403 403 404 404",
    "progress:report": "L 409 403 404 404 403 404 404 404 404",
    "progress:return_to_liaison": "L 409 409 404 404 409 404 404 404 404",
    "progress:return_to_unit": "L 403 403 404 404 409 404 404 404 404",
    "progress:send_unsigned": "L 409 409 404 404 409 404 404 404 404",
    "progress:sign": "L R R 404 404 R 404 404 404 404",
    "progress:sign_offline": "L R R 404 404 403 404 404 404 404",
    "progress:sub_item_add": "L 409 409 403 404 409 403 403 404 404",
    "progress:sub_item_change": "L 409 409 403 404 409 403 403 404 404",
    "progress:sub_item_photo": "L R R 403 404 R 403 403 404 404",
    "progress:sub_item_retire": "L 409 409 403 404 409 403 403 404 404",
    "progress:signing_batch": "L 403 R 403 403 403 403 403 404 404",
    "progress:submit": "L 409 403 404 404 403 404 404 404 404",
    "progress:visit_choose": "L 403 403 403 403 409 403 403 404 404",
    "progress:visit_close": "L 404 404 404 404 R 404 404 404 404",
    "progress:visit_draw": "L 403 403 403 403 409 403 403 404 404",
    "progress:visit_drop": "L 404 404 404 404 409 404 404 404 404",
    "progress:visit_mend": "L 404 404 404 404 409 404 404 404 404",
    "progress:visit_photo": "L 404 404 404 404 R 404 404 404 404",
    "progress:visit_record": "L 404 404 404 404 409 404 404 404 404",
    "progress:withdraw": "L R R 404 404 R 404 404 404 404",
    "tasks:action_plan_accept": "L R R R 404 R R R 404 404",
    "tasks:action_plan_return": "L 409 409 409 404 409 409 409 404 404",
    "tasks:action_plan_return_to_liaison": "L 409 409 409 404 409 409 409 404 404",
    "tasks:action_plan_revise": "L R R R 404 R R R 404 404",
    "tasks:action_plan_save": "L 409 403 403 404 403 403 403 404 404",
    "tasks:action_plan_sign": "L 403 R 403 404 403 403 403 404 404",
    "tasks:action_plan_unsigned": "L 409 409 409 404 409 409 409 404 404",
    "tasks:action_plan_withdraw": "L R 403 403 404 403 403 403 404 404",
    "units:login_again": "400 400 400 400 400 400 400 400 400 400",
    "tasks:naming_decide": "L 403 403 403 403 409 403 403 403 403",
    "tasks:naming_name": "L 403 403 403 403 409 403 403 403 403",
    "tasks:naming_nobody": "L 403 403 403 403 409 403 403 403 403",
    "reports:bulletin_answer": "L 409 409 404 404 409 404 404 404 404",
    "reports:bulletin_ask": "L 403 403 403 403 R 403 403 404 404",
    "reports:bulletin_correct": "L 403 403 403 403 409 403 403 404 404",
    "reports:bulletin_draft": "L 403 403 403 403 R 403 403 404 404",
    "reports:bulletin_drop": "L 403 403 403 403 409 403 403 404 404",
    "reports:bulletin_edit": "L 403 403 403 403 409 403 403 404 404",
    "reports:bulletin_issue": "L 403 403 403 403 R 403 403 404 404",
    "reports:bulletin_refresh": "L 403 403 403 403 R 403 403 404 404",
    "reports:bulletin_sign": "L 403 403 403 403 409 403 403 404 404",
    "reports:bulletin_take_back": "L 403 403 403 403 R 403 403 404 404",
    "reports:bulletin_withdraw": "L 403 403 403 403 409 403 403 404 404",
    "units:logout": "L L L L L L L L L L",
    "units:password_change": "L 200 200 200 200 200 200 200 200 200",
    "units:switch": "L R R R R R R R R R",
}


def answer(year: SmallYear, role: str, name: str, method: str) -> str:
    """The answer to one request; what it did is undone."""
    client = Client()
    actor = year.actors[role]
    if actor is not None:
        client.force_login(actor.user)
    with transaction.atomic():
        response = getattr(client, method)(address(name, year))
        transaction.set_rollback(True)
    if response.status_code != 302:
        return str(response.status_code)
    return "L" if "/login/" in response["Location"] else "R"


def answers(year: SmallYear, name: str, method: str) -> str:
    return " ".join(answer(year, role, name, method) for role in ROLES)


def test_the_table_covers_every_named_address() -> None:
    assert sorted(READING) == names()


def test_everything_that_refuses_get_is_in_the_table_of_doing() -> None:
    takes_post = {name for name, row in READING.items() if "405" in row}
    assert takes_post <= set(DOING)


@pytest.mark.parametrize("name", sorted(READING))
def test_each_role_may_read_what_the_table_says(name: str, year: SmallYear) -> None:
    assert answers(year, name, "get") == READING[name]


@pytest.mark.parametrize("name", sorted(DOING))
def test_each_role_may_do_what_the_table_says(name: str, year: SmallYear) -> None:
    assert answers(year, name, "post") == DOING[name]


@pytest.mark.parametrize("name", sorted(set(READING) - set(DOING)))
def test_pages_that_only_show_take_no_post(name: str, year: SmallYear) -> None:
    got = set(answers(year, name, "post").split())
    assert got <= {"L", "405", "200", "R"}, got
    if name not in {"healthz", "readyz", "units:login"}:
        assert got == {"L", "405"}
