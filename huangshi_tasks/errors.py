"""Error pages. Each carries a number short enough for the telephone; the log has the same number.

The page must come even when what it stands on is broken: if the template fails, a plain sentence
is sent instead.
"""

import logging
import secrets

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.html import format_html

from huangshi_tasks.lib import tracing

log = logging.getLogger(__name__)

TITLES = {
    400: "请求无法识别",
    403: "没有权限",
    404: "没有找到该页面",
    405: "此地址不能直接打开",
    429: "登录已暂时锁定",
    500: "系统出错",
}
REASONS = {
    400: "提交的内容不完整或含有无法识别的字符，未作任何改动。请返回上一页检查后重新提交。",
    403: "当前身份无权查看或办理此事项。如需办理，请联系督查室或切换身份。",
    404: "地址有误，或该内容不在当前身份的查看范围内。",
    405: "此地址只接受页面上按钮的提交，不能直接打开或刷新，未作任何改动。请返回上一页办理。",
    429: "试错次数过多，请稍后再试，或联系系统管理员解锁。",
    500: "操作未完成，已自动记录。请稍后重试；仍不成功时，请把错误编号告诉系统管理员。",
}
TOO_LARGE = "提交的内容过大，未作任何改动。附件每个不超过20MB，文字请分段填写，减少后重新提交。"
EXPIRED = (
    "页面打开后登录情况已改变，未作任何改动。请返回上一页，复制已填写的内容，刷新页面后重新提交。"
)
PLAIN = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>{reason}</p><p>错误编号：{error_number}</p>
<p><a href="/">返回首页</a></p></body></html>
"""


def error_page(
    request: HttpRequest, status: int, reason: str = "", title: str = ""
) -> HttpResponse:
    """The page for `status`, with a new error number that the log line of this request repeats."""
    number = f"{secrets.randbelow(10**4):04}-{secrets.randbelow(10**4):04}"
    request.error_number = number  # type: ignore[attr-defined]  # for logs.JsonFormatter
    context = {
        "status": status,
        "title": title or TITLES[status],
        "reason": reason or REASONS[status],
        "error_number": number,
        "request_number": tracing.current.get(),
    }
    # Before the actor is known (a malformed body, say) the frame of a page cannot be drawn.
    frame = request if hasattr(request, "actor") else None
    try:
        html = loader.render_to_string(
            [f"{status}.html", "error_base.html"], context, request=frame
        )
    except Exception:
        log.exception("The page for %s cannot be shown (%s)", status, number)
        html = format_html(PLAIN, **context)
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: malformed, too large or suspicious."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return error_page(request, 400, TOO_LARGE if too_large else "")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403. A refusal raised with a reason shows that reason."""
    request.refusal = str(exception)  # type: ignore[attr-defined]  # for the log
    return error_page(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    request.refusal = ""  # type: ignore[attr-defined]  # for the log
    return error_page(request, 404)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """An address that only takes a form was opened, or a page was sent one."""
    return error_page(request, 405)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500."""
    return error_page(request, 500)


def expired(request: HttpRequest) -> HttpResponse:
    """A form was opened before a login or a restart, and cannot be given back."""
    page = error_page(request, 403, EXPIRED, title="页面已过期")
    page["X-Page-Expired"] = "1"  # for scripts, which show no page (toasts.js)
    return page


def locked_out(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Too many tries in vain: nothing is judged for a while."""
    return error_page(request, 429, reason)
