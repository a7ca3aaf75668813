"""What every test stands on: fast hashing, a folder for files that goes, real servers on request.

Servers that a machine lacks are a reason to skip, and with CI=true a failure.
"""

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connection
from kombu import pools
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from huangshi_tasks.celery import app
from tests import migrated
from tests.kept_pages import never_stale
from tests.live import BrowserServer
from tests.servers import CeleryWorker, Missing, RedisServer, find_program
from tests.smtp import SmtpSink
from units.log import triggers
from units.stamps import lasting, memory

IN_CI = os.environ.get("CI") == "true"


def pytest_configure(config: pytest.Config) -> None:
    logging.getLogger().handlers.clear()  # pytest shows the log of a failed test; once is enough
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_FACTOR = "off"  # of the plain log-in; units/factors/tests switch it on
    os.environ["SECOND_FACTOR"] = "off"  # of servers that tests start
    settings.ALLOW_SAMPLE = True
    settings.FILES_DIR = settings.MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="files-"))
    settings.WHITENOISE_AUTOREFRESH = True  # else every client reads all static files anew
    migrated.remember()
    # the only place through which Django empties a test database
    flush.Command.handle = _flush_with_log(flush.Command.handle)  # type: ignore[method-assign]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are no name: a packed file holds the second it was made in, another in each worker."""
    return argname if isinstance(val, bytes) else None


# Through the database, and the same whichever it is: minutes of pages, files and tables.
ONCE = frozenset(
    {
        "reports/bulletins/tests/test_figures.py",
        "reports/bulletins/tests/test_life.py",
        "reports/ledger/tests/test_board.py",
        "reports/plan_state/tests/test_plan_state.py",
        "reports/stats/tests/test_filed.py",
        "reports/stats/tests/test_tiles.py",
        "reports/workbooks/tests/test_workbooks.py",
        "tests/test_a_district.py",
        "tests/test_access.py",
        "tests/test_another_city.py",
        "tests/test_archive.py",
        "tests/test_archived_pages.py",
        "tests/test_archived_year.py",
        "tests/test_between_password_and_factor.py",
        "tests/test_city_walk.py",
        "tests/test_every_transition.py",
        "tests/test_fuzz.py",
        "tests/test_kept_pages.py",
        "tests/sample_year/test_named_numbers.py",
        "tests/test_names_of_then.py",
        "tests/test_once.py",
        "tests/test_one_administrator.py",
        "tests/test_one_number.py",
        "tests/test_opening_by_pages.py",
        "tests/test_signed_papers.py",
        "tests/test_walk_turn.py",
    }
)
OF_PAGES = ("test_views", "test_page", "test_admin")  # what a room's pages answer


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What does not depend on the database, or knows it only through Django, runs once."""
    for item in items:
        name = item.path.relative_to(settings.BASE_DIR).as_posix()
        is_of_pages = item.path.name.startswith(OF_PAGES)
        if name in ONCE or is_of_pages or item.get_closest_marker("django_db") is None:
            item.add_marker("once")


class Scheduler(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no annotations
    """Modules as they are, and the folder whose fixture takes a minute as one."""

    def _split_scope(self, nodeid: str) -> str:
        folder = "tests/sample_year/"
        return folder if nodeid.startswith(folder) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    """In place of xdist's own, with `--dist loadscope`."""
    return Scheduler(config, log) if config.getoption("dist") == "loadscope" else None


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def _flush_with_log(handle: Callable[..., Any]) -> Callable[..., Any]:
    """Emptying a test database deletes the log too, which its triggers refuse."""

    def flush_all(*args: Any, **options: Any) -> Any:
        triggers.remove(connection)
        try:
            return handle(*args, **options)
        finally:
            triggers.install(connection)

    return flush_all


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Between two tests the database goes back, and with it the stamps."""
    memory.forget()
    cache.clear()


@pytest.fixture(autouse=True)
def _never_stale(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test looks for kept pages that show what is no longer so; `kept` serves them."""
    if request.node.get_closest_marker("kept") is None:
        never_stale(monkeypatch)


@pytest.fixture
def as_served(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test is a transaction itself, in which nothing is remembered; here only those inside it
    count.
    """
    outside = len(connection.savepoint_ids)
    monkeypatch.setattr(lasting, "in_transaction", lambda: len(connection.savepoint_ids) > outside)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if (
        item.get_closest_marker("postgres")
        and "postgresql" not in settings.DATABASES["default"]["ENGINE"]
    ):
        lacking("PostgreSQL：请用 bin/test 运行，或设置 DATABASE_URL")


def lacking(what: str) -> None:
    """Skip with a reason; in CI, fail."""
    if IN_CI:
        pytest.fail(f"CI 中不允许跳过：{what}")
    pytest.skip(what)


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[BrowserServer]:
    """Instead of pytest-django's, which is shut after the databases it still uses are dropped."""
    server = BrowserServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A Redis of our own; tests may stop and start it."""
    try:
        server = RedisServer()
    except Missing as missing:
        lacking(str(missing))
    with server:
        yield server


@pytest.fixture
def on_redis(redis_server: RedisServer) -> Iterator[RedisServer]:
    """The application's Celery sends to the real Redis for the length of a test."""
    before = app.conf.broker_url, app.conf.task_always_eager
    app.conf.broker_url, app.conf.task_always_eager = redis_server.url, False
    forget_connections()
    yield redis_server
    forget_connections()
    app.conf.broker_url, app.conf.task_always_eager = before


def forget_connections() -> None:
    """Celery keeps connections to the broker for ever; after a restart of it they are dead."""
    pools.reset()  # type: ignore[no-untyped-call]  # kombu has no annotations
    app._pool = app.amqp._producer_pool = None


@pytest.fixture
def celery_worker_process(on_redis: RedisServer, transactional_db: None) -> Iterator[CeleryWorker]:
    """A real worker process on the test database (PostgreSQL: mark the test `postgres`)."""
    database = connection.settings_dict
    address = f"{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = {"DATABASE_URL": f"postgres://{address}", "FILES_DIR": str(settings.FILES_DIR)}
    with CeleryWorker(on_redis.url, environment) as worker:
        yield worker


@pytest.fixture
def smtp_sink(settings: Any) -> Iterator[SmtpSink]:
    """Mail goes over SMTP to a server that keeps it in `messages`."""
    sink = SmtpSink()
    sink.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    yield sink
    sink.stop()


@pytest.fixture(scope="session")
def running_chromium() -> Iterator[Browser]:
    """The machine's own Chromium, driven by playwright."""
    try:
        program = find_program("chromium", "chromium", "chromium-browser", "google-chrome")
    except Missing as missing:
        lacking(str(missing))
    # playwright's synchronous API keeps an event loop in this thread, which Django takes for async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox"],
            # people's browsers keep pages in memory for Back; playwright switches that off
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()


@pytest.fixture
def chromium(running_chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The browser of one test. Its windows are shut with it, and what they had asked is answered:
    a form that stays open goes on saving, into the database of the next test.
    """
    is_served = "live_server" in request.fixturenames
    server = request.getfixturevalue("live_server") if is_served else None
    yield running_chromium
    for context in running_chromium.contexts:
        context.close()
    if server is not None:
        server.settle()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh browser page; an error or CSP violation on its console fails the test."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    problems: list[str] = []

    def keep_errors(line: ConsoleMessage) -> None:
        if line.type == "error":
            problems.append(line.text)

    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", keep_errors)
    yield page
    context.close()
    assert problems == []
