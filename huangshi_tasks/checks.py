"""System checks of our own: settings that are each fine and together are not, and what set-up must
have made.
"""

from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import checks

from huangshi_tasks.private import is_private
from units.log.keys import KeyUnusableError, all_keys


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
    if settings.HTTPS and not settings.SECOND_FACTOR_IS_SET:
        found.append(
            checks.Error(
                "没有设置 SECOND_FACTOR，未说明督查室、系统管理员、审计员是否须用第二重验证。",
                hint="设置 SECOND_FACTOR=required；确不使用的设置 offered 或 off。",
                id="huangshi_tasks.E004",
            )
        )
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        found.append(
            checks.Error(
                "没有设置 TRUSTED_PROXIES，用户都成了同一个地址，一人试错密码会挡住所有人。",
                hint="设置为前端 nginx 的地址，如 TRUSTED_PROXIES=127.0.0.1。",
                id="huangshi_tasks.E006",
            )
        )
    for path in filter(None, (settings.LOG_KEY_FILE, settings.BACKUP_KEY_FILE)):
        if not is_private(path):
            found.append(
                checks.Error(
                    f"密钥文件 {path} 能被本系统账号以外的人读取。",
                    hint="chown 给运行本系统的账号，再 chmod 600。",
                    id="huangshi_tasks.E008",
                )
            )
    if settings.BUSINESS_DATE:
        found.append(checks.Error("正式环境不得设置 BUSINESS_DATE。", id="huangshi_tasks.E002"))
    if not settings.LOG_KEY_FILE:
        found.append(
            checks.Warning(
                "没有设置 LOG_KEY_FILE，能写数据库的人可以重写操作日志而不被发现。",
                hint="用 openssl rand -base64 48 生成密钥文件，设置后运行 manage.py key_log。",
                id="huangshi_tasks.W002",
            )
        )
    if not settings.CLAMD_URL:
        found.append(
            checks.Error(
                "没有设置 CLAMD_URL，上传的文件不作病毒扫描。",
                hint="安装 clamd 并设置 CLAMD_URL，如 tcp://127.0.0.1:3310。",
                id="huangshi_tasks.E005",
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


@checks.register(checks.Tags.security)
def check_log_keys(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A key that is set can be read: without it nothing can be written into a keyed log."""
    try:
        all_keys()
    except KeyUnusableError as problem:
        return [checks.Error(str(problem), id="huangshi_tasks.E007")]
    return []


@checks.register(checks.Tags.staticfiles, deploy=True)
def check_front_end(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Our style sheet and script are made by a bundler before `collectstatic` takes them."""
    if finders.find("site.css") and finders.find("site.js"):
        return []
    told = "没有生成前端文件 site.css 和 site.js，页面将没有样式。"
    hint = "先运行 npm ci --ignore-scripts 和 npm run build，再运行 collectstatic。"
    return [checks.Error(told, hint=hint, id="huangshi_tasks.E003")]
