"""Addresses of 月度填报: the form, its autosave, sending, 数据一页填."""

from django.urls import URLPattern, path

from progress.filing import autosave, views, views_acts, views_evidence, views_numbers

ONE = "<slug:slug>/reports/<int:pk>"
urlpatterns: list[URLPattern] = [
    path(f"{ONE}/", views.report, name="report"),
    path(f"{ONE}/draft/", autosave.autosave, name="autosave"),
    path(f"{ONE}/quote/", views.quote, name="quote"),
    path(f"{ONE}/submit/", views.submit, name="submit"),
    path(f"{ONE}/withdraw/", views_acts.report_do, {"act": "withdraw"}, name="withdraw"),
    path(f"{ONE}/sign/", views_acts.report_do, {"act": "sign"}, name="sign"),
    path(
        f"{ONE}/sign-offline/",
        views_evidence.sign_offline,
        name="sign_offline",
    ),
    path(f"{ONE}/unsigned/", views_acts.report_do, {"act": "send_unsigned"}, name="send_unsigned"),
    path(
        f"{ONE}/return-to-liaison/",
        views_acts.report_do,
        {"act": "return_to_liaison"},
        name="return_to_liaison",
    ),
    path(f"{ONE}/correct/", views_acts.report_do, {"act": "correct"}, name="correct"),
    path(f"{ONE}/reopen/", views_acts.report_do, {"act": "reopen"}, name="reopen"),
    path(
        f"{ONE}/evidence/",
        views_evidence.evidence_upload,
        name="evidence_upload",
    ),
    path(
        "<slug:slug>/evidence/<int:pk>/withdraw/",
        views_evidence.evidence_withdraw,
        name="evidence_withdraw",
    ),
    path("<slug:slug>/numbers/", views_numbers.numbers, name="numbers"),
    path(f"{ONE}/empty/", views_acts.report_do, {"act": "judge_empty"}, name="judge_empty"),
]
