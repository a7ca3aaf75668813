"""Address of 名称和称谓."""

from django.urls import URLPattern, path

from units.city import views

urlpatterns: list[URLPattern] = [path("city/", views.city, name="city")]
