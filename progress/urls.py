"""Addresses where something is done: filing, signing, reviewing, 定稿."""

from django.urls import URLPattern, path

from progress import decision_urls, matter_urls, visit_urls
from progress.views import (
    acts,
    autosave,
    channels,
    duties,
    evidence,
    files,
    ladders,
    notices,
    numbers,
    periods,
    photos,
    report,
    review,
    sheets,
    signing,
    sub_items,
    supports,
)

app_name = "progress"
urlpatterns: list[URLPattern] = [
    path("<slug:slug>/reports/<int:pk>/", report.report, name="report"),
    path("<slug:slug>/reports/<int:pk>/draft/", autosave.autosave, name="autosave"),
    path("<slug:slug>/reports/<int:pk>/parts/", supports.parts, name="parts"),
    path("<slug:slug>/reports/<int:pk>/ask/", supports.support_ask, name="support_ask"),
    path("<slug:slug>/reports/<int:pk>/quote/", report.quote, name="quote"),
    path("<slug:slug>/supports/", supports.support_requests, name="support_requests"),
    path("<slug:slug>/supports/<int:pk>/answer/", supports.support_answer, name="support_answer"),
    path(
        "<slug:slug>/supports/<int:pk>/take-back/",
        supports.support_take_back,
        name="support_take_back",
    ),
    path("<slug:slug>/reports/<int:pk>/submit/", report.submit, name="submit"),
    path("<slug:slug>/reports/<int:pk>/withdraw/", acts.withdraw, name="withdraw"),
    path("<slug:slug>/reports/<int:pk>/sign/", acts.sign, name="sign"),
    path("<slug:slug>/reports/<int:pk>/sign-offline/", evidence.sign_offline, name="sign_offline"),
    path("<slug:slug>/reports/<int:pk>/unsigned/", acts.send_unsigned, name="send_unsigned"),
    path(
        "<slug:slug>/reports/<int:pk>/return-to-liaison/",
        acts.return_to_liaison,
        name="return_to_liaison",
    ),
    path("<slug:slug>/reports/<int:pk>/correct/", acts.correct, name="correct"),
    path("<slug:slug>/reports/<int:pk>/reopen/", acts.reopen, name="reopen"),
    path(
        "<slug:slug>/reports/<int:pk>/evidence/", evidence.evidence_upload, name="evidence_upload"
    ),
    path(
        "<slug:slug>/projects/<int:number>/photos/",
        photos.project_photos,
        name="project_photos",
    ),
    path("<slug:slug>/evidence/<int:pk>/", files.evidence, name="evidence"),
    path("<slug:slug>/evidence/<int:pk>/preview/", files.evidence_preview, name="evidence_preview"),
    path(
        "<slug:slug>/evidence/<int:pk>/withdraw/",
        evidence.evidence_withdraw,
        name="evidence_withdraw",
    ),
    path("<slug:slug>/indicators/<int:pk>/sub-items/", sub_items.sub_items_of, name="sub_items_of"),
    path(
        "<slug:slug>/indicators/<int:pk>/sub-items/add/",
        sub_items.sub_item_add,
        name="sub_item_add",
    ),
    path("<slug:slug>/sub-items/<int:pk>/", sub_items.sub_item, name="sub_item"),
    path(
        "<slug:slug>/sub-items/<int:pk>/change/", sub_items.sub_item_change, name="sub_item_change"
    ),
    path(
        "<slug:slug>/sub-items/<int:pk>/retire/", sub_items.sub_item_retire, name="sub_item_retire"
    ),
    path("<slug:slug>/sub-items/<int:pk>/photos/", sub_items.sub_item_photo, name="sub_item_photo"),
    path("<slug:slug>/numbers/", numbers.numbers, name="numbers"),
    path("<slug:slug>/signing/", signing.signing, name="signing"),
    path("<slug:slug>/signing/batch/", signing.signing_batch, name="signing_batch"),
    path("<slug:slug>/signing/<int:pk>/", signing.signing_report, name="signing_report"),
    path("<slug:slug>/review/", review.review, name="review"),
    path("<slug:slug>/review/<int:pk>/", review.review_report, name="review_report"),
    path("<slug:slug>/review/<int:pk>/accept/", review.accept, name="accept"),
    path("<slug:slug>/review/<int:pk>/return/", review.return_to_unit, name="return_to_unit"),
    path("<slug:slug>/duties/", duties.duties, name="duties"),
    path("<slug:slug>/duties/receive/", duties.receive_everything, name="receive_all"),
    path("<slug:slug>/duties/<int:pk>/", duties.duty, name="duty"),
    path("<slug:slug>/duties/<int:pk>/receive/", duties.receive_one, name="duty_receive"),
    path("<slug:slug>/duties/<int:pk>/contacts/", duties.contacts, name="duty_contacts"),
    path("<slug:slug>/duties/<int:pk>/object/", duties.object_to_one, name="duty_object"),
    path("<slug:slug>/namings/<int:pk>/answer/", duties.answer_naming, name="naming_answer"),
    path("<slug:slug>/periods/", periods.periods, name="periods"),
    path("<slug:slug>/periods/activate/", periods.activate, name="activate"),
    path("<slug:slug>/periods/<int:pk>/", periods.period, name="period"),
    path("<slug:slug>/periods/<int:pk>/finalize/", periods.finalize, name="finalize"),
    path("<slug:slug>/ladders/", ladders.ladders, name="ladders"),
    path("<slug:slug>/ladders/<slug:kind>/", ladders.ladder, name="ladder"),
    path("<slug:slug>/import/<slug:kind>/", sheets.sheet, name="sheet"),
    path("<slug:slug>/import/<slug:kind>/template/", sheets.sheet_template, name="sheet_template"),
    path("<slug:slug>/import/<slug:kind>/<int:pk>/", sheets.sheet_upload, name="sheet_upload"),
    path(
        "<slug:slug>/import/<slug:kind>/<int:pk>/errors/", sheets.sheet_errors, name="sheet_errors"
    ),
    path("channels/", channels.channels, name="channels"),
    path("channels/<slug:key>/", channels.channel_trial, name="channel_trial"),
    path("notices/", notices.notices, name="notices"),
    *matter_urls.urlpatterns,
]
urlpatterns += decision_urls.urlpatterns
urlpatterns += visit_urls.urlpatterns
