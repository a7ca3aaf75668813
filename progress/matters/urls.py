"""Addresses of 交办事项, 督办单 and 需协调事项."""

from django.urls import URLPattern, path

from progress.matters.views import acts, instructions, orders

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/matters/", instructions.matters, name="matters"),
    path("<slug:slug>/matters/new/", instructions.matter_new, name="matter_new"),
    path("<slug:slug>/matters/<int:pk>/", instructions.matter, name="matter"),
    path("<slug:slug>/matters/<int:pk>/do/<slug:act>/", instructions.matter_do, name="matter_do"),
    path(
        "<slug:slug>/matters/requests/<int:pk>/<slug:act>/",
        acts.matter_request,
        name="matter_request",
    ),
    path("<slug:slug>/matters/files/<int:pk>/", acts.matter_file, name="matter_file"),
    path("<slug:slug>/coordination/", instructions.coordination, name="coordination"),
    path(
        "<slug:slug>/coordination/<int:pk>/",
        instructions.coordination_hand_on,
        name="coordination_hand_on",
    ),
    path("<slug:slug>/orders/", orders.orders, name="orders"),
    path("<slug:slug>/orders/new/", orders.order_new, name="order_new"),
    path("<slug:slug>/orders/<int:pk>/", orders.order, name="order"),
    path("<slug:slug>/orders/<int:pk>/edit/", orders.order_edit, name="order_edit"),
    path("<slug:slug>/orders/<int:pk>/do/<slug:act>/", orders.order_do, name="order_do"),
    path("<slug:slug>/orders/<int:pk>/print/", orders.order_print, name="order_print"),
]
