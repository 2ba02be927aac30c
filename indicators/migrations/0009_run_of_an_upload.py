from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0008_releases_go_their_way")]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="run",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="Anlauf"),
        ),
    ]
