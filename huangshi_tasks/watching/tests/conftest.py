from huangshi_tasks.tests.conftest import visitor

__all__ = ["visitor"]
