from django.apps import AppConfig
from django.db.models.signals import post_migrate


class UnitsConfig(AppConfig):
    name = "units"
    label = "units"
    verbose_name = "单位和人员"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import units.lists.offered
        import units.stamps.of_units  # noqa: F401  (names what stamps watch)
        from units.stamps.triggers import install_after_migrate

        # of this app only: the signal comes once for each, when all tables are there
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="stamps")
