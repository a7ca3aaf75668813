from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Commands only; the sample year is rows of the product's own tables."""

    name = "demo"
    verbose_name = "示例"
