"""Measurements, one module each: `bin/bench <name>`."""

import os

import django

OF_THE_MACHINE = ("DATABASE_URL", "BUSINESS_DATE", "REDIS_URL", "SECRET_KEY")


def set_up() -> None:
    """Django with its defaults, whatever the environment says; once, at the start of a process."""
    for name in OF_THE_MACHINE:
        os.environ.pop(name, None)
    os.environ["DEBUG"] = "1"
    os.environ |= {"SECOND_FACTOR": "off", "ALLOW_SAMPLE": "1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "huangshi_tasks.settings"
    django.setup()
