"""Addresses of 交办事项, 督办单, 催办登记 and 未报清单; part of `progress.urls`."""

from django.urls import URLPattern, path

from progress.views import matter_act, matters, orders, urges

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/matters/", matters.matters, name="matters"),
    path("<slug:slug>/matters/new/", matters.matter_new, name="matter_new"),
    path("<slug:slug>/matters/<int:pk>/", matters.matter, name="matter"),
    path("<slug:slug>/matters/<int:pk>/do/<slug:act>/", matters.matter_do, name="matter_do"),
    path(
        "<slug:slug>/matters/requests/<int:pk>/<slug:act>/",
        matter_act.matter_request,
        name="matter_request",
    ),
    path("<slug:slug>/matters/files/<int:pk>/", matter_act.matter_file, name="matter_file"),
    path("<slug:slug>/coordination/", matters.coordination, name="coordination"),
    path(
        "<slug:slug>/coordination/<int:pk>/",
        matters.coordination_hand_on,
        name="coordination_hand_on",
    ),
    path("<slug:slug>/orders/", orders.orders, name="orders"),
    path("<slug:slug>/orders/new/", orders.order_new, name="order_new"),
    path("<slug:slug>/orders/<int:pk>/", orders.order, name="order"),
    path("<slug:slug>/orders/<int:pk>/edit/", orders.order_edit, name="order_edit"),
    path("<slug:slug>/orders/<int:pk>/do/<slug:act>/", orders.order_do, name="order_do"),
    path("<slug:slug>/orders/<int:pk>/print/", orders.order_print, name="order_print"),
    path("<slug:slug>/unreported/", urges.unreported, name="unreported"),
    path("<slug:slug>/urge/", urges.urge, name="urge"),
    path("<slug:slug>/urges/", urges.urges, name="urges"),
    path("<slug:slug>/urges/note/", urges.urge_note, name="urge_note"),
]
