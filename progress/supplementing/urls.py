"""Address of 补充文件."""

from django.urls import URLPattern, path

from progress.supplementing import views

urlpatterns: list[URLPattern] = [
    path("plans/drafts/<int:draft>/supplement/", views.draft_supplement, name="draft_supplement"),
]
