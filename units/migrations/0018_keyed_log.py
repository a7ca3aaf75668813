from django.db import migrations, models

from units.log.triggers import install_head_in_migration, remove_head_in_migration


class Migration(migrations.Migration):

    dependencies = [
        ('units', '0017_merged_units'),
    ]

    operations = [
        migrations.AddField(
            model_name='loghead',
            name='digest',
            field=models.CharField(blank=True, db_default='', max_length=10, verbose_name='算法'),
        ),
        migrations.AddField(
            model_name='loghead',
            name='key',
            field=models.CharField(blank=True, db_default='', max_length=16, verbose_name='密钥'),
        ),
        migrations.RunPython(install_head_in_migration, remove_head_in_migration, elidable=False),
    ]
