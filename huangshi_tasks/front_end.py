"""Which of the packages' files are served: not every build that a package ships."""

from __future__ import annotations

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


class FrontEnd(StaticFilesConfig):
    """Django's own static files, without what is never asked for."""

    ignore_patterns = [  # an instance's, as Django declares it
        *StaticFilesConfig.ignore_patterns,
        *OTHER_BUILDS,
    ]
