"""What machines ask, and 系统状态."""

from django.urls import URLPattern, path

from huangshi_tasks.watching import health, metrics, views

urlpatterns: list[URLPattern] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("status/", views.system_status, name="system_status"),
]
