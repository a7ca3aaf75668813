"""Which files are served: not every build that a package ships, nor what the bundler reads."""

from __future__ import annotations

from django.apps import apps
from django.contrib.staticfiles.apps import StaticFilesConfig

# Builds of ECharts that no page asks for, 50 MB with their maps; echarts.common.min.js stays.
OTHER_BUILDS = (
    "echarts.js*",
    "echarts.min.js",
    "echarts.esm*",
    "echarts.simple*",
    "echarts.common.js*",
    "extension",
)
# They name the bundler's packages: read by it and by nobody else, and `collectstatic` would follow.
SOURCES = ("all.css", "all.js")


def leave_out() -> None:
    """Called once at start. `collectstatic` asks the app's own configuration."""
    files = apps.get_app_config("staticfiles")
    assert isinstance(files, StaticFilesConfig)
    files.ignore_patterns = [*files.ignore_patterns, *OTHER_BUILDS, *SOURCES]
