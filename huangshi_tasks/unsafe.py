"""What a server on PostgreSQL does not start with: each would give the whole system away."""

from collections.abc import Iterator

from django.conf import settings

SHORTEST_KEY = 50  # characters, as many as Django's own have


def reasons() -> list[str]:
    """Whole Chinese sentences; empty where all is well, and of a demonstration on SQLite."""
    return [] if settings.IS_SQLITE else list(_reasons())


def _reasons() -> Iterator[str]:
    if not settings.SECRET_KEY_IS_OWN:
        yield "使用PostgreSQL时必须用环境变量SECRET_KEY给出密钥。"
    elif len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield f"SECRET_KEY太短，至少{SHORTEST_KEY}个字符。"
    if settings.DEBUG:
        yield "使用PostgreSQL时不得设置DEBUG。"
    if "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS不得为*，请逐个列出主机名。"
