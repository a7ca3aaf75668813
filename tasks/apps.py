from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"
    label = "tasks"
    verbose_name = "事项"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import tasks.shown  # noqa: F401  (names what stamps watch)
        from tasks.closed_years import may_change
        from units.log.closed import ask_of_every_act

        ask_of_every_act(may_change)
