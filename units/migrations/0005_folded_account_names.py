"""User names are unique without case and width. Of names that are alike already the oldest account
keeps the folded one; the others are named here, and log in with their exact name until renamed.
"""

import sys

from django.db import migrations, models

from huangshi_tasks.lib.fold import fold

ALIKE = "用户名“{}”与“{}”只有大小写、全半角或空格之差：前者今后须按原样输入，请系统管理员改名。\n"


def fold_names(apps, schema_editor):
    User = apps.get_model("units", "User")
    taken = {}
    for user in User.objects.order_by("pk"):
        key = fold(user.username)
        if key in taken:
            sys.stderr.write(ALIKE.format(user.username, taken[key]))
            continue
        taken[key] = user.username
        User.objects.filter(pk=user.pk).update(folded_name=key)


class Migration(migrations.Migration):
    dependencies = [("units", "0004_sheet_uploads")]

    operations = [
        migrations.AlterModelManagers(name="user", managers=[]),
        migrations.AddField(
            model_name="user",
            name="folded_name",
            field=models.CharField(
                editable=False,
                max_length=150,
                null=True,
                unique=True,
                verbose_name="用户名（比对用）",
            ),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
