"""Addresses of 通报, 专报 and 公示稿."""

from django.urls import URLPattern, path

from reports.bulletins.views import acts, answers, bulletins, listing

PAPER = "<slug:slug>/bulletins/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("<slug:slug>/bulletins/", bulletins.bulletins, name="bulletins"),
    path("<slug:slug>/bulletins/draft/", bulletins.bulletin_draft, name="bulletin_draft"),
    path("<slug:slug>/bulletins/list/", listing.bulletin_list_items, name="bulletin_list_items"),
    path(PAPER, bulletins.bulletin, name="bulletin"),
    path(f"{PAPER}word/", bulletins.bulletin_word, name="bulletin_word"),
    path(f"{PAPER}pdf/", bulletins.bulletin_pdf, name="bulletin_pdf"),
    path(f"{PAPER}scan/", bulletins.bulletin_scan, name="bulletin_scan"),
    path(f"{PAPER}scan/add/", acts.bulletin_do, {"act": "scan"}, name="bulletin_add_scan"),
    path(f"{PAPER}text/", bulletins.bulletin_text, name="bulletin_text"),
    path(f"{PAPER}edit/", acts.bulletin_edit, name="bulletin_edit"),
    path(f"{PAPER}refresh/", acts.bulletin_refresh, name="bulletin_refresh"),
    path(f"{PAPER}list/", acts.bulletin_answer_list, name="bulletin_answer_list"),
    path(f"{PAPER}ask/", acts.bulletin_do, {"act": "ask"}, name="bulletin_ask"),
    path(f"{PAPER}take-back/", acts.bulletin_do, {"act": "take_back"}, name="bulletin_take_back"),
    path(f"{PAPER}sign/", acts.bulletin_do, {"act": "sign"}, name="bulletin_sign"),
    path(f"{PAPER}withdraw/", acts.bulletin_do, {"act": "withdraw"}, name="bulletin_withdraw"),
    path(f"{PAPER}issue/", acts.bulletin_do, {"act": "issue"}, name="bulletin_issue"),
    path(f"{PAPER}drop/", acts.bulletin_do, {"act": "drop"}, name="bulletin_drop"),
    path(f"{PAPER}correct/", acts.bulletin_do, {"act": "correct"}, name="bulletin_correct"),
    path(f"{PAPER}check/", answers.bulletin_check, name="bulletin_check"),
    path(f"{PAPER}answer/", answers.bulletin_answer_all, name="bulletin_answer_all"),
    path("<slug:slug>/bulletins/lines/<int:pk>/", answers.bulletin_answer, name="bulletin_answer"),
]
