from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "units"
    label = "units"
    verbose_name = "单位和人员"
    default_auto_field = "django.db.models.BigAutoField"
