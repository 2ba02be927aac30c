"""Groups for the roles. Their permissions follow after every `migrate` (accounts/applying.py)."""

from django.db import migrations

ROLES = ("Redaktion", "Freigabe", "Aktionsplan", "Rat", "Systemverwaltung")


def make_groups(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.using(schema_editor.connection.alias).get_or_create(name=name)


def remove_groups(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    group.objects.using(schema_editor.connection.alias).filter(name__in=ROLES, user__isnull=True).delete()


class Migration(migrations.Migration):
    initial = True
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_groups, remove_groups)]
