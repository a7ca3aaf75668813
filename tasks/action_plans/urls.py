"""Addresses of 办理方案."""

from django.urls import URLPattern, path

from tasks.action_plans import views

ONE = "<slug:slug>/action-plans/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(ONE, views.action_plan, name="action_plan"),
    path(f"{ONE}save/", views.save, name="action_plan_save"),
    path(f"{ONE}withdraw/", views.action_plan_do, {"act": "withdraw"}, name="action_plan_withdraw"),
    path(f"{ONE}sign/", views.action_plan_do, {"act": "sign"}, name="action_plan_sign"),
    path(
        f"{ONE}unsigned/",
        views.action_plan_do,
        {"act": "send_unsigned"},
        name="action_plan_unsigned",
    ),
    path(
        f"{ONE}return-to-liaison/",
        views.action_plan_do,
        {"act": "return_to_liaison"},
        name="action_plan_return_to_liaison",
    ),
    path(
        f"{ONE}return/", views.action_plan_do, {"act": "return_to_unit"}, name="action_plan_return"
    ),
    path(f"{ONE}accept/", views.action_plan_do, {"act": "accept"}, name="action_plan_accept"),
    path(f"{ONE}revise/", views.action_plan_do, {"act": "revise"}, name="action_plan_revise"),
    path("<slug:slug>/action-plans/", views.action_plans, name="action_plans"),
]
