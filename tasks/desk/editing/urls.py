"""Addresses of 核对."""

from django.urls import URLPattern, path

from tasks.desk.editing import views

_ITEMS = "plans/drafts/<int:draft>/items/"

urlpatterns: list[URLPattern] = [
    path(_ITEMS, views.items, name="draft_items"),
    path(f"{_ITEMS}answer/", views.answer_doubt, name="draft_answer"),
    path(f"{_ITEMS}item/", views.item, name="draft_item"),
    path(f"{_ITEMS}title/", views.title, name="draft_title"),
    path(f"{_ITEMS}undo/", views.undo_step, name="draft_undo"),
]
