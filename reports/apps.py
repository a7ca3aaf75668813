from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"
    verbose_name = "报表"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import reports.frame.bar
        import reports.frame.personal
        import reports.office.late_jobs
        import reports.shown  # noqa: F401  (names what stamps watch)
        from progress.due_days.affected import ELSEWHERE
        from progress.todo.asked import ELSEWHERE as ASKED_ELSEWHERE
        from reports.bulletins.answers import days_to_check
        from reports.bulletins.todo import lines_to_check

        if days_to_check not in ELSEWHERE:
            ELSEWHERE.append(days_to_check)
        if lines_to_check not in ASKED_ELSEWHERE:
            ASKED_ELSEWHERE.append(lines_to_check)
