"""System checks of our own: settings that are each fine and together are not."""

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def check_production(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """What production must say itself: its key, https, and a worker for its jobs."""
    found: list[checks.CheckMessage] = []
    if settings.IS_SQLITE:
        return found
    if not settings.SECRET_KEY_IS_OWN:
        found.append(
            checks.Error(
                "使用 PostgreSQL 时必须用环境变量 SECRET_KEY 给出密钥。",
                hint="多台服务器各自生成的密钥不同，登录会互相失效。",
                id="huangshi_tasks.E001",
            )
        )
    if settings.BUSINESS_DATE:
        found.append(checks.Error("正式环境不得设置 BUSINESS_DATE。", id="huangshi_tasks.E002"))
    if not settings.CLAMD_URL:
        found.append(
            checks.Warning(
                "没有设置 CLAMD_URL，上传的文件不作病毒扫描。",
                hint="安装 clamd 并设置 CLAMD_URL，如 tcp://127.0.0.1:3310。",
                id="huangshi_tasks.W002",
            )
        )
    if not settings.REDIS_URL:
        found.append(
            checks.Warning(
                "没有设置 REDIS_URL，定时任务不会运行。",
                hint="设置 REDIS_URL，并运行 Celery 的 worker 和 beat。",
                id="huangshi_tasks.W001",
            )
        )
    return found
