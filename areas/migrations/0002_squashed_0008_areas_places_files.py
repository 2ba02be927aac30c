"""Levels, areas, places and published files as they are after 0008, made in one step (ADR 17)."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from areas.together import Together


def create_state(apps, schema_editor):
    """The one row that counts changes of what the public sees."""
    apps.get_model("areas", "PublicState").objects.get_or_create(pk=1)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('areas', '0002_areas'),
        ('areas', '0003_first_public_state'),
        ('areas', '0004_files_before_they_are_public'),
        ('areas', '0005_history_by_the_database'),
        ('areas', '0006_published_bytes_stay'),
        ('areas', '0007_public_files_are_not_emptied'),
        ('areas', '0008_withdrawn_files_are_nowhere'),
    ]

    dependencies = [
        ('areas', '0001_extensions'),
        ('pghistory', '0007_auto_20250421_0444'),
        # Nothing below needs these: with accounts, tokens and tasks before the city's 130 models, each of their
        # steps renders a dozen models anew instead of all.
        ('account', '0009_emailaddress_unique_primary_email'),
        ('admin', '0003_logentry_add_action_flag_choices'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('axes', '0010_accessattemptexpiration'),
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
        ('knox', '0009_extend_authtoken_field'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('socialaccount', '0006_alter_socialaccount_extra_data'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='PublicState',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.BigIntegerField(default=1, verbose_name='Version')),
                    ('changed_at', models.DateTimeField(auto_now=True, verbose_name='Geändert')),
                ],
                options={
                    'verbose_name': 'Stand des Portals',
                    'verbose_name_plural': 'Stand des Portals',
                    'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_public_state')],
                },
            ),
            migrations.CreateModel(
                name='PublishedFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=160, verbose_name='Name')),
                    ('digest', models.CharField(help_text='Anfang der SHA-256-Summe des Inhalts', max_length=24, verbose_name='Prüfsumme')),
                    ('content_type', models.CharField(max_length=80, verbose_name='Inhaltstyp')),
                    ('plain', models.BinaryField(verbose_name='Inhalt')),
                    ('gzip', models.BinaryField(verbose_name='Inhalt, gepackt')),
                    ('is_current', models.BooleanField(default=True, verbose_name='Aktuell')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Erstellt')),
                    ('is_public', models.BooleanField(default=True, help_text='Nein: für eine Veröffentlichung vorbereitet', verbose_name='Öffentlich')),
                ],
                options={
                    'verbose_name': 'veröffentlichte Datei',
                    'verbose_name_plural': 'veröffentlichte Dateien',
                    'ordering': ['name', '-created_at'],
                    'constraints': [models.UniqueConstraint(fields=('name', 'digest'), name='a_published_file_is_stored_once'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('name',), name='one_current_file_per_name'), models.CheckConstraint(condition=models.Q(('is_public', True), ('is_current', False), _connector='OR'), name='what_is_current_is_public')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='publishedfile',
                trigger=pgtrigger.compiler.Trigger(name='changes_public_state', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE areas_publicstate SET version = version + 1, changed_at = now() WHERE id = 1; RETURN NULL;', hash='f70b43518fc21382fff03f615936e3d104eff83d', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_changes_public_state_ced4b', table='areas_publishedfile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='publishedfile',
                trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (SELECT 1 FROM areas_publishedfile WHERE is_public) THEN\n                RAISE EXCEPTION 'Was veröffentlicht ist, wird nicht geleert (%).', TG_TABLE_NAME\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ", hash='6bbff8574bb0b44b8f345da0f9b43120e1c19479', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_5c1ba', table='areas_publishedfile', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='publishedfile',
                trigger=pgtrigger.compiler.Trigger(name='bytes_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.name <> NEW.name OR OLD.digest <> NEW.digest OR OLD.plain <> NEW.plain OR OLD.gzip <> NEW.gzip OR OLD.content_type <> NEW.content_type OR (OLD.is_public AND NOT NEW.is_public))', func="\n            IF OLD.plain = NEW.plain AND OLD.gzip = NEW.gzip AND OLD.name = NEW.name AND OLD.digest = NEW.digest\n                AND OLD.content_type = NEW.content_type AND NOT NEW.is_public AND NOT NEW.is_current\n                AND EXISTS (SELECT 1 FROM indicators_indicatoredition_files f WHERE f.publishedfile_id = OLD.id)\n                AND NOT EXISTS (\n                    SELECT 1 FROM indicators_indicatoredition_files f\n                    JOIN indicators_indicatoredition e ON e.id = f.indicatoredition_id\n                    JOIN indicators_release r ON r.id = e.release_id\n                    WHERE f.publishedfile_id = OLD.id AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL\n                ) THEN RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'Eine veröffentlichte Datei wird nicht mehr geändert (%).', OLD.name\n                USING ERRCODE = 'restrict_violation';\n        ", hash='3b24076d5740e01ef910678ae9b5d3efe558ee25', operation='UPDATE', pgid='pgtrigger_bytes_stay_15651', table='areas_publishedfile', when='BEFORE')),
            ),
            migrations.CreateModel(
                name='Source',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(unique=True, verbose_name='Kennung')),
                    ('title', models.CharField(max_length=200, verbose_name='Titel')),
                    ('title_en', models.CharField(blank=True, max_length=200, verbose_name='Titel (englisch)')),
                    ('publisher', models.CharField(max_length=200, verbose_name='Herausgeber')),
                    ('state', models.CharField(blank=True, max_length=80, verbose_name='Stand')),
                    ('licence', models.CharField(blank=True, max_length=160, verbose_name='Lizenz')),
                    ('licence_url', models.URLField(blank=True, verbose_name='Lizenztext')),
                    ('url', models.URLField(blank=True, verbose_name='Fundstelle')),
                    ('note', models.TextField(blank=True, verbose_name='Anmerkung')),
                    ('note_en', models.TextField(blank=True, verbose_name='Anmerkung (englisch)')),
                    ('is_estimate', models.BooleanField(default=False, verbose_name='Schätzung')),
                    ('order', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ],
                options={
                    'verbose_name': 'Quelle',
                    'verbose_name_plural': 'Quellen',
                    'ordering': ['order', 'title'],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='changes_public_state', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE areas_publicstate SET version = version + 1, changed_at = now() WHERE id = 1; RETURN NULL;', hash='dd2378662aa29ed37c47d14221bc4c5766663dc6', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_changes_public_state_83eb4', table='areas_source', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "areas_sourcehistory" ("id", "is_estimate", "licence", "licence_url", "note", "note_en", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "slug", "state", "title", "title_en", "url") SELECT old_values."id", old_values."is_estimate", old_values."licence", old_values."licence_url", old_values."note", old_values."note_en", old_values."order", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."publisher", old_values."slug", old_values."state", old_values."title", old_values."title_en", old_values."url" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dbf3009496c2e59c06d77c4032bf68ccbbf17a2f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_bfd55', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='areas_source', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "areas_sourcehistory" ("id", "is_estimate", "licence", "licence_url", "note", "note_en", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "slug", "state", "title", "title_en", "url") SELECT old_values."id", old_values."is_estimate", old_values."licence", old_values."licence_url", old_values."note", old_values."note_en", old_values."order", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."publisher", old_values."slug", old_values."state", old_values."title", old_values."title_en", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b967d89d980b19c24c88f13e4482b2a6117d1626', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_b848e', referencing='REFERENCING OLD TABLE AS old_values ', table='areas_source', when='AFTER')),
            ),
            migrations.CreateModel(
                name='Facility',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(db_index=True, max_length=60, verbose_name='Art')),
                    ('name', models.CharField(max_length=200, verbose_name='Name')),
                    ('address', models.CharField(blank=True, max_length=200, verbose_name='Anschrift')),
                    ('point', django.contrib.gis.db.models.fields.PointField(srid=25832, verbose_name='Lage')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facilities', to='areas.source', verbose_name='Quelle')),
                ],
                options={
                    'verbose_name': 'Einrichtung',
                    'verbose_name_plural': 'Einrichtungen',
                    'ordering': ['kind', 'name'],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='facility',
                trigger=pgtrigger.compiler.Trigger(name='changes_public_state', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE areas_publicstate SET version = version + 1, changed_at = now() WHERE id = 1; RETURN NULL;', hash='3babf96af080cf016677b6d302e5aa97860982dc', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_changes_public_state_daed9', table='areas_facility', when='AFTER')),
            ),
            migrations.CreateModel(
                name='AreaLevel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(help_text='In Adressen und Dateien, z. B. sozialraum', unique=True, verbose_name='Kennung')),
                    ('name', models.CharField(max_length=80, verbose_name='Name')),
                    ('name_plural', models.CharField(max_length=80, verbose_name='Name (Mehrzahl)')),
                    ('name_en', models.CharField(max_length=80, verbose_name='Name (englisch)')),
                    ('name_plural_en', models.CharField(max_length=80, verbose_name='Name (englisch, Mehrzahl)')),
                    ('rank', models.PositiveSmallIntegerField(help_text='0 ist die ganze Stadt; je größer, desto kleiner die Gebiete', unique=True, verbose_name='Rang')),
                    ('code_pattern', models.CharField(default='\\d+', help_text='Regulärer Ausdruck, z. B. \\d{3}', max_length=80, verbose_name='Muster der Schlüssel')),
                    ('is_smallest', models.BooleanField(default=False, help_text='Alle anderen Ebenen setzen sich aus diesen zusammen', verbose_name='Kleinste Gebiete')),
                    ('is_reporting', models.BooleanField(default=False, help_text='Diese Ebene zeigt die Karte zuerst', verbose_name='Berichtsebene')),
                ],
                options={
                    'verbose_name': 'Gliederungsebene',
                    'verbose_name_plural': 'Gliederungsebenen',
                    'ordering': ['rank'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_smallest', True)), fields=('is_smallest',), name='only_one_level_is_the_smallest'), models.UniqueConstraint(condition=models.Q(('is_reporting', True)), fields=('is_reporting',), name='only_one_level_is_the_reporting_level')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='arealevel',
                trigger=pgtrigger.compiler.Trigger(name='changes_public_state', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE areas_publicstate SET version = version + 1, changed_at = now() WHERE id = 1; RETURN NULL;', hash='f9cbce76ed14bc6ed7a9b58f54f17fe290a855fb', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_changes_public_state_76164', table='areas_arealevel', when='AFTER')),
            ),
            migrations.CreateModel(
                name='Area',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(help_text='Mit führenden Nullen', max_length=20, verbose_name='Schlüssel')),
                    ('name', models.CharField(max_length=120, verbose_name='Name')),
                    ('search_name', models.CharField(db_index=True, editable=False, max_length=120, verbose_name='Suchform')),
                    ('geometry', django.contrib.gis.db.models.fields.MultiPolygonField(srid=25832, verbose_name='Grenze')),
                    ('valid', django.contrib.postgres.fields.ranges.DateRangeField(help_text='Von, bis (ausschließlich); leer heißt offen', verbose_name='Gebietsstand')),
                    ('certainty', models.CharField(choices=[('published', 'veröffentlicht'), ('derived', 'abgeleitet'), ('assumed', 'angenommen')], default='published', max_length=12, verbose_name='Sicherheit')),
                    ('note', models.TextField(blank=True, verbose_name='Anmerkung')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='areas.area', verbose_name='Liegt in')),
                    ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='areas', to='areas.arealevel', verbose_name='Ebene')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='areas', to='areas.source', verbose_name='Quelle')),
                ],
                options={
                    'verbose_name': 'Gebiet',
                    'verbose_name_plural': 'Gebiete',
                    'ordering': ['level__rank', 'code'],
                    'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['valid'], name='areas_by_valid_range')],
                    'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('level'), '='), (models.F('code'), '='), ('valid', '&&')], name='one_area_per_level_and_code_at_a_time', violation_error_message='Für diese Ebene und diesen Schlüssel gibt es in der Zeit schon ein Gebiet.'), models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='an_area_has_a_code'), models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='an_area_is_valid_at_some_time')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='area',
                trigger=pgtrigger.compiler.Trigger(name='changes_public_state', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE areas_publicstate SET version = version + 1, changed_at = now() WHERE id = 1; RETURN NULL;', hash='4152405e8bbe8cf8f5861df8582eb1da46786314', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_changes_public_state_7ca0f', table='areas_area', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='area',
                trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "areas_areahistory" ("certainty", "code", "id", "level_id", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "valid") SELECT old_values."certainty", old_values."code", old_values."id", old_values."level_id", old_values."name", old_values."note", old_values."parent_id", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."source_id", old_values."valid" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."certainty" IS DISTINCT FROM (new_values."certainty") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."level_id" IS DISTINCT FROM (new_values."level_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."valid" IS DISTINCT FROM (new_values."valid")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='70c4c81577f86fe2aed58f34e566651c4182c7da', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_8c8b8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='areas_area', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='area',
                trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "areas_areahistory" ("certainty", "code", "id", "level_id", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "valid") SELECT old_values."certainty", old_values."code", old_values."id", old_values."level_id", old_values."name", old_values."note", old_values."parent_id", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."source_id", old_values."valid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='50314df90c3a321a74017094f8be5846217d2f86', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_4e32a', referencing='REFERENCING OLD TABLE AS old_values ', table='areas_area', when='AFTER')),
            ),
            migrations.CreateModel(
                name='AreaPart',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='whole_links', to='areas.area', verbose_name='Teil')),
                    ('whole', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='part_links', to='areas.area', verbose_name='Ganzes')),
                ],
                options={
                    'verbose_name': 'Teil eines Gebiets',
                    'verbose_name_plural': 'Teile von Gebieten',
                    'constraints': [models.UniqueConstraint(fields=('whole', 'part'), name='a_part_is_listed_once_per_whole'), models.CheckConstraint(condition=models.Q(('whole', models.F('part')), _negated=True), name='an_area_is_not_a_part_of_itself')],
                },
            ),
            migrations.CreateModel(
                name='AreaHistory',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('code', models.CharField(help_text='Mit führenden Nullen', max_length=20, verbose_name='Schlüssel')),
                    ('name', models.CharField(max_length=120, verbose_name='Name')),
                    ('valid', django.contrib.postgres.fields.ranges.DateRangeField(help_text='Von, bis (ausschließlich); leer heißt offen', verbose_name='Gebietsstand')),
                    ('certainty', models.CharField(choices=[('published', 'veröffentlicht'), ('derived', 'abgeleitet'), ('assumed', 'angenommen')], default='published', max_length=12, verbose_name='Sicherheit')),
                    ('note', models.TextField(blank=True, verbose_name='Anmerkung')),
                    ('level', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.arealevel', verbose_name='Ebene')),
                    ('parent', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='Liegt in')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='areas.area')),
                    ('source', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.source', verbose_name='Quelle')),
                ],
                options={
                    'verbose_name': 'früherer Stand eines Gebiets',
                    'verbose_name_plural': 'frühere Stände der Gebiete',
                    'db_table': 'areas_areahistory',
                    'ordering': ['-pgh_created_at', '-pgh_id'],
                    'abstract': False,
                    'default_permissions': ('view',),
                    'indexes': [models.Index(fields=['pgh_obj', 'pgh_created_at'], name='areahistory_by_row')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='areahistory',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b0210ad28fe8bfd7d4a15daf8613c5fc73d98928', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2ce3e', table='areas_areahistory', when='BEFORE')),
            ),
            migrations.CreateModel(
                name='SourceHistory',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('slug', models.SlugField(db_index=False, verbose_name='Kennung')),
                    ('title', models.CharField(max_length=200, verbose_name='Titel')),
                    ('title_en', models.CharField(blank=True, max_length=200, verbose_name='Titel (englisch)')),
                    ('publisher', models.CharField(max_length=200, verbose_name='Herausgeber')),
                    ('state', models.CharField(blank=True, max_length=80, verbose_name='Stand')),
                    ('licence', models.CharField(blank=True, max_length=160, verbose_name='Lizenz')),
                    ('licence_url', models.URLField(blank=True, verbose_name='Lizenztext')),
                    ('url', models.URLField(blank=True, verbose_name='Fundstelle')),
                    ('note', models.TextField(blank=True, verbose_name='Anmerkung')),
                    ('note_en', models.TextField(blank=True, verbose_name='Anmerkung (englisch)')),
                    ('is_estimate', models.BooleanField(default=False, verbose_name='Schätzung')),
                    ('order', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='areas.source')),
                ],
                options={
                    'verbose_name': 'früherer Stand einer Quelle',
                    'verbose_name_plural': 'frühere Stände der Quellen',
                    'db_table': 'areas_sourcehistory',
                    'ordering': ['-pgh_created_at', '-pgh_id'],
                    'abstract': False,
                    'default_permissions': ('view',),
                    'indexes': [models.Index(fields=['pgh_obj', 'pgh_created_at'], name='sourcehistory_by_row')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourcehistory',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ef5ce9005a34947e459656e3603daad349a3e8e5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_91e9b', table='areas_sourcehistory', when='BEFORE')),
            ),
            migrations.RunPython(create_state, migrations.RunPython.noop),
        ]),
    ]
