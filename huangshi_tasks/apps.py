from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

from huangshi_tasks.lib import clock


class HuangshiTasksConfig(AppConfig):
    """Sets the clock and registers the system checks."""

    name = "huangshi_tasks"
    verbose_name = "重点工作督查"

    def ready(self) -> None:
        from huangshi_tasks import checks  # noqa: F401  (registers itself)
        from huangshi_tasks.front_end import leave_out
        from huangshi_tasks.private import keep_database_private

        leave_out()
        connection_created.connect(keep_database_private)
        clock.configure(settings.BUSINESS_DATE)
