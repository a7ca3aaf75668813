"""The name that a question left open is about, out of the sentence in which it stood so far."""

import re

from django.db import migrations, models

SENTENCE = re.compile(r"^单位名录中没有“(.{1,80}?)”")


def take_names_out(apps, schema_editor):
    LeftOpen = apps.get_model("tasks", "LeftOpen")
    for question in LeftOpen.objects.filter(sentence__startswith="单位名录中没有“"):
        if found := SENTENCE.match(question.sentence):
            question.name = found[1]
            question.save(update_fields=["name"])


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0014_words_without_a_city'),
    ]

    operations = [
        migrations.AddField(
            model_name='leftopen',
            name='name',
            field=models.CharField(blank=True, db_default='', default='', max_length=80, verbose_name='未识别的称谓'),
        ),
        migrations.RunPython(take_names_out, migrations.RunPython.noop),
    ]
