import pytest

from huangshi_tasks.tests.conftest import visitor
from huangshi_tasks.watching import health

__all__ = ["visitor"]


@pytest.fixture(autouse=True)
def _nothing_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question is looked into anew."""
    monkeypatch.setattr(health, "STANDS", 0.0)
