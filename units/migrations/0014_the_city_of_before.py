"""A database that is in use keeps the names that it printed until now.

They came from the environment; where that said nothing, from the program, which was written for
one city. An empty database gets no city.
"""

from django.conf import settings
from django.db import migrations

BEFORE = "黄石市人民政府办公室"  # what pages said where ORGANISATION was not set
KIND_WORDS = {"central_provincial": "中央省属驻黄单位"}


def name_it(apps, schema_editor):
    City, Unit = apps.get_model("units", "City"), apps.get_model("units", "Unit")
    if City.objects.exists() or not Unit.objects.exists():
        return
    given = settings.OFFICE_NAMES
    organisation = given["organisation"] or BEFORE
    place, found, _ = organisation.partition("人民政府")
    City.objects.create(
        id=1,
        name=place if found else "",
        organisation=organisation,
        bureau=given["bureau"],
        phone=given["phone"],
        kind_words=KIND_WORDS,
    )


class Migration(migrations.Migration):
    dependencies = [("units", "0013_city")]

    operations = [migrations.RunPython(name_it, migrations.RunPython.noop)]
