from django.db import migrations

# django-rest-knox makes its own table although the portal has a token model of its own. Nothing is ever stored in it,
# but its reference to the accounts would keep `flush` from emptying them.
RELEASE = """
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = to_regclass('knox_authtoken') AND contype = 'f' LOOP
        EXECUTE format('ALTER TABLE knox_authtoken DROP CONSTRAINT %I', name);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dortmund_sozial", "0002_api_tokens"),
        ("knox", "0009_extend_authtoken_field"),
    ]

    operations = [migrations.RunSQL(RELEASE, migrations.RunSQL.noop)]
