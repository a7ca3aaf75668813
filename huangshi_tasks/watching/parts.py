"""What there is to look at, each with a state and a sentence that says what to do.

`essential` is what pages cannot do without and what a probe may ask often; `all_parts` is what the
administrator reads.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from enum import IntEnum
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.utils import timezone
from redis import Redis, RedisError

from huangshi_tasks.celery import LATE_AFTER
from huangshi_tasks.lib.clamd import is_alive
from progress.models import Delivery, DeliveryState
from progress.reminding.job_names import job_name
from units.job_runs import overdue
from units.log.keys import key_named
from units.models import JobRun, LogHead

log = logging.getLogger(__name__)
GIGABYTE = 1024**3
LOW_BYTES = 2 * GIGABYTE
LOW_SHARE = 0.05
BACKUP, VERIFY = "huangshi_tasks.backup", "huangshi_tasks.verify_files"
# both run by timers: once a night, once a week
RUN_LATE = {BACKUP: timedelta(hours=26), VERIFY: timedelta(days=8)}
DELIVERY_LATE = timedelta(hours=1)
CLOCKS_APART = timedelta(seconds=2)
QUEUE = "celery"  # Celery's list in Redis
QUEUE_LONG = 200


class Level(IntEnum):
    """How bad: the worst part decides what the whole is called."""

    OK = 0
    DEGRADED = 1  # pages and savings are as ever, something is slower or waits
    NOT_OK = 2  # somebody has to do something; pages work
    FAILING = 3  # pages fail


class Part(NamedTuple):
    """One part: `key` for machines, `name` and `sentence` for people."""

    key: str
    name: str
    level: Level
    sentence: str


def essential(now: datetime) -> list[Part]:
    """What /readyz tells. `now` is the real moment."""
    tables = [_guarded("database", "数据库", _database)]
    if tables[0].level == Level.OK:
        tables.append(_guarded("migrations", "数据库结构", _migrations))
    found = [*tables, storage()]
    if settings.REDIS_URL:
        found.append(_redis())
    if all(part.level == Level.OK for part in tables):
        found += [workers(now), clocks()]
    return found


def all_parts(now: datetime) -> list[Part]:
    """What 系统状态 shows; as much as can be told without the database when that is away."""
    found = essential(now)
    if any(part.level == Level.FAILING for part in found):
        return found
    return [*found, deliveries(now), *_by_timer(now), scanner(), log_end()]


def _guarded(key: str, name: str, look: Callable[[], Part]) -> Part:
    """Whatever goes wrong with one look is in the log, not in the answer."""
    try:
        return look()
    except Exception:
        log.exception("%s is not ready", key)
        return Part(key, name, Level.FAILING, "没有应答，页面打不开。请检查数据库和网络。")


def _database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Part("database", "数据库", Level.OK, "应答正常。")


def _migrations() -> Part:
    name = "数据库结构"
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        log.error("%s migrations are not applied", len(waiting))
        text = f"有{len(waiting)}步升级没有执行，请运行 manage.py migrate。"
        return Part("migrations", name, Level.FAILING, text)
    return Part("migrations", name, Level.OK, "与程序版本一致。")


def storage() -> Part:
    """Whether a file can be written where uploads go, and whether there is room."""
    key, name, folder = "storage", "上传文件的文件夹", settings.FILES_DIR
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{uuid4().hex}"
        try:
            probe.write_bytes(b"1" * 4096)
        finally:
            probe.unlink(missing_ok=True)
        room = shutil.disk_usage(folder)
    except OSError as error:
        log.error("FILES_DIR cannot be written: %s", error)
        text = f"不能写入（{os.strerror(error.errno or 0)}），暂时不能上传文件，其他办理不受影响。"
        return Part(key, name, Level.NOT_OK, text + "请清理磁盘或检查权限。")
    free = f"剩余{room.free / GIGABYTE:.1f} GB，共{room.total / GIGABYTE:.0f} GB。"
    if room.free < LOW_BYTES or room.free < room.total * LOW_SHARE:
        return Part(key, name, Level.DEGRADED, f"磁盘将满，{free}请尽快扩容或清理。")
    return Part(key, name, Level.OK, f"可以写入，{free}")


def _redis() -> Part:
    name = "Redis"
    waiting = queue_depth()
    if waiting is None:
        text = "没有应答。页面和保存不受影响，后台任务推迟到它恢复之后。请检查 Redis。"
        return Part("redis", name, Level.DEGRADED, text)
    if waiting > QUEUE_LONG:
        text = f"有{waiting}项后台任务在排队，处理不过来。请检查后台任务进程。"
        return Part("redis", name, Level.DEGRADED, text)
    return Part("redis", name, Level.OK, f"应答正常，{waiting}项后台任务在排队。")


def queue_depth() -> int | None:
    """How many jobs wait for a worker; None when Redis does not answer, three seconds at most."""
    options = {"socket_timeout": 3, "socket_connect_timeout": 3}
    try:
        with Redis.from_url(str(settings.REDIS_URL), **options) as client:
            return int(client.llen(QUEUE))
    except (RedisError, OSError) as error:
        log.warning("redis is away: %s", type(error).__name__)
        return None


def workers(now: datetime) -> Part:
    """Whether every job of the schedule ran within its time; never run counts too."""
    late = overdue(LATE_AFTER, now)
    name = "后台任务"
    if not late:
        return Part("workers", name, Level.OK, "都按时运行。")
    names = "、".join(map(job_name, late))
    return Part(
        "workers",
        name,
        Level.NOT_OK,
        f"没有按时运行：{names}。提醒可能没有发出，请检查后台任务进程（worker 和 beat）。",
    )


def clocks() -> Part:
    """Whether this machine and the database agree on the time: on time is judged by this one."""
    name = "时钟"
    if connection.vendor != "postgresql":  # the same machine's
        return Part("clock", name, Level.OK, "数据库在本机。")
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there = cursor.fetchone()[0]
    apart = apart_by(there, before, timezone.now())
    if apart > CLOCKS_APART:
        text = f"本机与数据库的时钟相差{apart.total_seconds():.0f}秒，按时与否以本机为准。"
        return Part("clock", name, Level.DEGRADED, text + "请立即校时（chrony或ntpd）。")
    return Part("clock", name, Level.OK, "与数据库一致。")


def apart_by(there: datetime, before: datetime, after: datetime) -> timedelta:
    """By how much at least a clock differs that was read between two moments of our own."""
    return max(before - there, there - after, timedelta())


def deliveries(now: datetime) -> Part:
    """What waits to leave, and since when."""
    name = "消息发送"
    waiting = waiting_deliveries(now)
    if waiting.number == 0:
        return Part("deliveries", name, Level.OK, "没有等待发送的消息。")
    text = f"{waiting.number}条等待发送，最早的已等{_ago(waiting.oldest)}。"
    if waiting.oldest > DELIVERY_LATE:
        return Part("deliveries", name, Level.NOT_OK, text + "请到“消息渠道”查看原因。")
    return Part("deliveries", name, Level.OK, text)


class Waiting(NamedTuple):
    """How many deliveries wait, and how long the oldest has."""

    number: int
    oldest: timedelta


def waiting_deliveries(now: datetime) -> Waiting:
    rows = Delivery.objects.filter(state__in=(DeliveryState.WAITING, DeliveryState.CLAIMED))
    found = rows.aggregate(count=Count("pk"), oldest=Min("message__made_at"))
    since = found["oldest"]
    return Waiting(found["count"], max(now - since, timedelta()) if since else timedelta())


def _by_timer(now: datetime) -> Iterator[Part]:
    """Backups and the check of files, which timers of the machine run."""
    runs = {run.name: run for run in JobRun.objects.filter(name__in=RUN_LATE)}
    for name, limit in RUN_LATE.items():
        key = name.rpartition(".")[2]
        yield _timed(key, job_name(name), runs.get(name), limit, now)


def _timed(key: str, name: str, run: JobRun | None, limit: timedelta, now: datetime) -> Part:
    if run is not None and run.error:
        began = _ago(now - run.started_at)
        told = f"最近一次在{began}以前，没有成功：{run.error.rstrip('。')}。"
        return Part(key, name, Level.NOT_OK, told)
    if run is None or run.finished_at is None:
        return Part(
            key, name, Level.DEGRADED, f"从没有运行过。请启用 ducha-{key.split('_')[0]}.timer。"
        )
    last = f"最近一次在{_ago(now - run.finished_at)}以前"
    if now - run.finished_at > limit:
        return Part(key, name, Level.NOT_OK, f"{last}，已超过应有的间隔。请检查定时器。")
    return Part(key, name, Level.OK, f"{last}，成功。")


def scanner() -> Part:
    """病毒扫描."""
    key, name, url = "scanner", "病毒扫描", settings.CLAMD_URL
    if not url:
        return Part(
            key,
            name,
            Level.DEGRADED,
            "没有配置，上传的文件不作扫描。请安装 clamd 并设置 CLAMD_URL。",
        )
    if is_alive(url):
        return Part(key, name, Level.OK, "应答正常。")
    return Part(
        key, name, Level.NOT_OK, "没有应答，新上传的文件为待扫描，恢复后自动补扫。请检查 clamd。"
    )


def log_end() -> Part:
    """Where 操作日志 ends: written down elsewhere, it shows whether the end was cut off."""
    name = "操作日志"
    head = LogHead.objects.first()
    if head is not None and head.key and key_named(head.key) is None:
        text = "已带密钥，而 LOG_KEY_FILE 中没有这个密钥，不能续写，办理都会失败。请恢复密钥文件。"
        return Part("log", name, Level.NOT_OK, text)
    text = f"末端第{head.position}号，校验值{head.hash[:16]}。" if head else "尚无记录。"
    return Part("log", name, Level.OK, text + "每夜自动核对，结果通知审计员。")


def _ago(past: timedelta) -> str:
    """A length of time in the unit that one would say."""
    minutes = max(int(past.total_seconds() // 60), 0)
    for unit, length in (("天", 24 * 60), ("小时", 60)):
        if minutes >= length:
            return f"{minutes // length}{unit}"
    return f"{minutes}分钟"


def worst(parts: list[Part]) -> Level:
    with suppress(ValueError):
        return max(part.level for part in parts)
    return Level.OK
