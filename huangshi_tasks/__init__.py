"""The project: settings, addresses, error pages, jobs. The rooms are the four apps."""

from huangshi_tasks.celery import app as celery_app

__all__ = ["celery_app"]
