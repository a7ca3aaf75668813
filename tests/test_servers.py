"""The suite's own servers: they come up, answer, and leave nothing behind."""

import re
import smtplib
from email.message import EmailMessage

import pytest
from django.core.mail import send_mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from tests.servers import Missing, RedisServer, find_program
from tests.smtp import SmtpSink


def test_a_program_that_is_not_there_names_its_package() -> None:
    with pytest.raises(Missing, match="apt-get install some-package"):
        find_program("some-package", "no-such-program")


@pytest.mark.redis
def test_redis_can_be_stopped_and_started(redis_server: RedisServer) -> None:
    client = Redis.from_url(redis_server.url)
    assert client.ping()
    redis_server.stop()
    with pytest.raises(RedisConnectionError):
        client.ping()
    redis_server.start()
    assert client.ping()


@pytest.mark.redis
def test_a_server_leaves_no_folder() -> None:
    with RedisServer() as server:
        assert server.folder.is_dir()
    assert not server.folder.exists()


def test_mail_goes_over_the_wire(smtp_sink: SmtpSink) -> None:
    send_mail("7月进展报送", "请于8月5日前报送。", "ducha@localhost", ["a@example.cn"])
    (message,) = smtp_sink.messages
    assert message["subject"] == "7月进展报送"
    assert message.get_content().strip() == "请于8月5日前报送。"


def test_the_sink_keeps_mail_in_order(smtp_sink: SmtpSink) -> None:
    with smtplib.SMTP("127.0.0.1", smtp_sink.port) as client:
        for subject in "ab":
            message = EmailMessage()
            message["Subject"] = subject
            client.send_message(message, "a@example.cn", ["b@example.cn"])
    assert [message["subject"] for message in smtp_sink.messages] == ["a", "b"]


@pytest.mark.postgres
def test_postgresql_sorts_by_pinyin(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT name FROM (VALUES ('阳新县'), ('大冶市'), ('下陆区')) AS t (name)
            ORDER BY name COLLATE "zh-x-icu" """
        )
        assert [name for (name,) in cursor.fetchall()] == ["大冶市", "下陆区", "阳新县"]


@pytest.mark.browser
def test_chromium_opens_a_page_of_the_site(live_server: object, page: Page) -> None:
    page.goto(f"{live_server}{reverse('units:login')}")
    expect(page).to_have_title(re.compile("登录 - 重点工作督查系统"))


def test_the_log_can_be_emptied_between_tests_and_is_guarded_again(
    transactional_db: None, client: Client
) -> None:
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'log_no_%%'"
            if connection.vendor == "postgresql"
            else "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
        )
        assert cursor.fetchone()[0] == 2
