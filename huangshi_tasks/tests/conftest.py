from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def visitor(settings: Any, db: None) -> Client:
    """Somebody not logged in, on a site that has a few failing addresses."""
    settings.ROOT_URLCONF = "huangshi_tasks.tests.crashing_urls"
    return Client(raise_request_exception=False)
