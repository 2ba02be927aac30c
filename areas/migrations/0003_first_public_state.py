from django.db import migrations


def create_state(apps, schema_editor):
    apps.get_model("areas", "PublicState").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    """The one row that counts changes of what the public sees."""

    dependencies = [("areas", "0002_areas")]
    operations = [migrations.RunPython(create_state, migrations.RunPython.noop)]
