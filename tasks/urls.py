"""Addresses where the plan of the year is changed: 办理方案, naming, items, officers."""

from django.urls import URLPattern, path

from tasks.views import action_plans, additions, changes, namings, officers, overviews

app_name = "tasks"
ONE = "<slug:slug>/action-plans/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(ONE, action_plans.action_plan, name="action_plan"),
    path(f"{ONE}save/", action_plans.save, name="action_plan_save"),
    path(f"{ONE}withdraw/", action_plans.withdraw, name="action_plan_withdraw"),
    path(f"{ONE}sign/", action_plans.sign, name="action_plan_sign"),
    path(f"{ONE}unsigned/", action_plans.send_unsigned, name="action_plan_unsigned"),
    path(
        f"{ONE}return-to-liaison/",
        action_plans.return_to_liaison,
        name="action_plan_return_to_liaison",
    ),
    path(f"{ONE}return/", action_plans.return_to_unit, name="action_plan_return"),
    path(f"{ONE}accept/", action_plans.accept, name="action_plan_accept"),
    path(f"{ONE}revise/", action_plans.revise, name="action_plan_revise"),
    path("<slug:slug>/receipts/", overviews.receipts, name="receipts"),
    path("<slug:slug>/action-plans/", overviews.action_plans, name="action_plans"),
    path("<slug:slug>/designations/", namings.namings, name="namings"),
    path("<slug:slug>/designations/<int:pk>/", namings.naming, name="naming"),
    path("<slug:slug>/designations/<int:pk>/name/", namings.name, name="naming_name"),
    path("<slug:slug>/designations/<int:pk>/nobody/", namings.nobody, name="naming_nobody"),
    path("<slug:slug>/namings/<int:pk>/decide/", namings.naming_decide, name="naming_decide"),
    path("<slug:slug>/changes/", changes.changes, name="changes"),
    path("<slug:slug>/changes/new/", additions.add, name="item_new"),
    path("<slug:slug>/changes/add/", additions.add_one, name="item_add"),
    path("<slug:slug>/changes/<int:pk>/", changes.change, name="change"),
    path("<slug:slug>/changes/<int:pk>/wording/", changes.mend, name="change_wording"),
    path("<slug:slug>/changes/<int:pk>/number/", changes.number, name="change_number"),
    path("<slug:slug>/approvals/<int:pk>/", additions.approval_scan, name="approval_scan"),
    path("<slug:slug>/changes/<int:pk>/cycle/", changes.cycle, name="change_cycle"),
    path("<slug:slug>/changes/<int:pk>/visibility/", changes.visibility, name="change_visibility"),
    path("<slug:slug>/officers/", officers.officers, name="officers"),
    path("<slug:slug>/officers/assign/", officers.officer_assign, name="officer_assign"),
    path("<slug:slug>/officers/<int:pk>/end/", officers.officer_end, name="officer_end"),
]
