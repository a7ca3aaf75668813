"""Address of 沿用上年."""

from django.urls import URLPattern, path

from tasks.desk.carrying import views

urlpatterns: list[URLPattern] = [path("plans/carry/", views.draft_carry, name="draft_carry")]
