from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"
    label = "tasks"
    verbose_name = "事项"
    default_auto_field = "django.db.models.BigAutoField"
