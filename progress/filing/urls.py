"""Addresses of 月度填报: the form, its autosave, sending, 数据一页填."""

from django.urls import URLPattern, path

from progress.filing import autosave, views, views_acts, views_evidence, views_numbers

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/reports/<int:pk>/", views.report, name="report"),
    path("<slug:slug>/reports/<int:pk>/draft/", autosave.autosave, name="autosave"),
    path("<slug:slug>/reports/<int:pk>/quote/", views.quote, name="quote"),
    path("<slug:slug>/reports/<int:pk>/submit/", views.submit, name="submit"),
    path("<slug:slug>/reports/<int:pk>/withdraw/", views_acts.withdraw, name="withdraw"),
    path("<slug:slug>/reports/<int:pk>/sign/", views_acts.sign, name="sign"),
    path(
        "<slug:slug>/reports/<int:pk>/sign-offline/",
        views_evidence.sign_offline,
        name="sign_offline",
    ),
    path("<slug:slug>/reports/<int:pk>/unsigned/", views_acts.send_unsigned, name="send_unsigned"),
    path(
        "<slug:slug>/reports/<int:pk>/return-to-liaison/",
        views_acts.return_to_liaison,
        name="return_to_liaison",
    ),
    path("<slug:slug>/reports/<int:pk>/correct/", views_acts.correct, name="correct"),
    path("<slug:slug>/reports/<int:pk>/reopen/", views_acts.reopen, name="reopen"),
    path(
        "<slug:slug>/reports/<int:pk>/evidence/",
        views_evidence.evidence_upload,
        name="evidence_upload",
    ),
    path(
        "<slug:slug>/evidence/<int:pk>/withdraw/",
        views_evidence.evidence_withdraw,
        name="evidence_withdraw",
    ),
    path("<slug:slug>/numbers/", views_numbers.numbers, name="numbers"),
    path("<slug:slug>/reports/<int:pk>/empty/", views_acts.judge_empty, name="judge_empty"),
]
