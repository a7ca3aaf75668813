from typing import Any

from django.db import migrations, models


def mark_second_plans(apps: Any, schema_editor: Any) -> None:
    """Of the plans of one year the first stays in the main series, a draft only among drafts."""
    plans = apps.get_model("tasks", "Plan").objects.order_by("year", "pk")
    seen: set[int] = set()
    rows = plans.values_list("pk", "year", "state")
    for pk, year, _ in sorted(rows, key=lambda row: row[2] == "draft"):
        if year in seen:
            plans.filter(pk=pk).update(is_main=False)
        seen.add(year)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0012_options_of_known_tables")]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="is_main",
            field=models.BooleanField(db_default=True, default=True, verbose_name="主系列"),
        ),
        migrations.RunPython(mark_second_plans, migrations.RunPython.noop, elidable=True),
    ]
