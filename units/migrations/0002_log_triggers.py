from typing import ClassVar

from django.db import migrations

from units.log.triggers import install_in_migration, remove_in_migration


class Migration(migrations.Migration):
    """The log refuses UPDATE, DELETE and TRUNCATE from its first row on."""

    dependencies: ClassVar = [("units", "0001_initial")]
    operations: ClassVar = [
        migrations.RunPython(install_in_migration, remove_in_migration, elidable=False)
    ]
