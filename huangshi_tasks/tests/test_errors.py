import json
import logging
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from huangshi_tasks.logs import JsonFormatter

NUMBER = re.compile(r"[0-9]{4}-[0-9]{4}")


def number_on(html: str) -> str:
    found = NUMBER.search(html)
    assert found, html
    return found.group()


def test_the_number_on_the_page_finds_the_traceback_in_the_log(
    visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    response = visitor.get("/crash?name=secret")
    assert response.status_code == 500
    number = number_on(response.content.decode())
    lines = [JsonFormatter().format(record) for record in caplog.records if record.exc_info]
    assert len(lines) == 1
    assert f'"error_number": "{number}"' in lines[0]
    assert "the reason in the log" in lines[0]
    assert "secret" not in lines[0]


def test_two_errors_have_two_numbers(visitor: Client) -> None:
    numbers = {number_on(visitor.get("/crash").content.decode()) for _ in range(3)}
    assert len(numbers) == 3


def test_an_error_page_keeps_the_strict_content_security_policy(visitor: Client) -> None:
    assert "default-src 'none'" in visitor.get("/crash")["Content-Security-Policy"]


def test_a_page_that_does_not_exist_says_so_in_chinese(visitor: Client) -> None:
    response = visitor.get("/no/such/page")
    assert response.status_code == 404
    assert "没有找到该页面" in response.content.decode()
    assert number_on(response.content.decode())


def test_a_refusal_shows_its_reason_escaped(visitor: Client) -> None:
    response = visitor.get("/refuse")
    assert response.status_code == 403
    assert "本期已定稿，&lt;b&gt;不能&lt;/b&gt;修改。" in response.content.decode()


@pytest.mark.parametrize("address", ["/crash", "/refuse", "/no/such/page"])
def test_the_page_comes_even_when_its_template_is_broken(
    visitor: Client, settings: Any, address: str
) -> None:
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    response = visitor.get(address)
    assert response.status_code in {403, 404, 500}
    assert number_on(response.content.decode())
    assert "<b>" not in response.content.decode()


def test_a_wrong_host_is_a_numbered_400(visitor: Client) -> None:
    response = visitor.get("/crash", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert number_on(response.content.decode())


def test_a_form_from_before_the_restart_says_reload(visitor: Client, settings: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/echo", {"a": "b"})
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


def test_a_line_of_the_log_is_one_json_object_without_a_request() -> None:
    record = logging.LogRecord("name", logging.INFO, "", 0, "已发送%d条\n第二行", (3,), None)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert '"message": "已发送3条\\n第二行"' in line
    assert "error_number" not in line


@pytest.mark.django_db
def test_an_address_that_only_takes_a_form_says_so_in_chinese(visitor: Client) -> None:
    user = get_user_model().objects.create(username="示例", must_change_password=False)
    visitor.force_login(user)
    response = visitor.get("/logout/")
    page = response.content.decode()
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "此地址不能直接打开" in page
    assert "请返回上一页办理" in page
    assert number_on(page)


def test_half_a_character_in_what_is_logged_costs_no_line() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "网关回答%s", ("\ud800",), None)
    line = JsonFormatter().format(record)
    line.encode()
    assert json.loads(line)["message"].startswith("网关回答")
