"""记住这种表格 keeps how its rows are read, too."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tasks", "0011_left_open_at_the_start")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="knowntable",
            name="options",
            field=models.JSONField(blank=True, null=True, verbose_name="选项"),
        ),
    ]
