from django.apps import AppConfig
from django.conf import settings

from huangshi_tasks.lib import clock


class HuangshiTasksConfig(AppConfig):
    """Sets the clock and registers the system checks."""

    name = "huangshi_tasks"
    verbose_name = "重点工作督查"

    def ready(self) -> None:
        from huangshi_tasks import checks  # noqa: F401  (registers itself)
        from huangshi_tasks.front_end import leave_out

        leave_out()
        clock.configure(settings.BUSINESS_DATE)
