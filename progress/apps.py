from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "progress"
    label = "progress"
    verbose_name = "进展"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from progress.telling.action_plans import tell_of_action_plan
        from tasks.action_plans.workflow import ACTION_PLANS

        ACTION_PLANS.moved.connect(tell_of_action_plan, dispatch_uid="action plan notices")
