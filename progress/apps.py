from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "progress"
    label = "progress"
    verbose_name = "进展"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import progress.shown  # noqa: F401  (names what stamps watch)
        from progress.finalizing.supplements import judge_again
        from progress.lifecycle.workflow import REPORTS
        from progress.telling.accounts import tell_auditors, tell_person
        from progress.telling.action_plans import tell_of_action_plan
        from tasks.action_plans.workflow import ACTION_PLANS
        from units.guard.told import account_changed, powers_changed

        account_changed.connect(tell_person, dispatch_uid="account notices")
        powers_changed.connect(tell_auditors, dispatch_uid="notices of powers")
        REPORTS.moved.connect(judge_again, dispatch_uid="second judgements")
        ACTION_PLANS.moved.connect(tell_of_action_plan, dispatch_uid="action plan notices")
