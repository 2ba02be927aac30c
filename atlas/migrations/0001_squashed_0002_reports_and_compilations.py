"""Reports and compilations as they are after 0002, made in one step (ADR 17)."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from areas.together import Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('atlas', '0001_reports'),
        ('atlas', '0002_compilations'),
    ]

    dependencies = [
        ('indicators', '0001_squashed_0024_catalogue_and_figures'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(editable=False, max_length=64, unique=True, verbose_name='Schlüssel')),
                    ('code', models.CharField(db_index=True, editable=False, max_length=12, verbose_name='Kurzadresse')),
                    ('kind', models.CharField(max_length=40, verbose_name='Art')),
                    ('parameters', models.JSONField(default=dict, verbose_name='Angaben')),
                    ('language', models.CharField(max_length=5, verbose_name='Sprache')),
                    ('ending', models.CharField(max_length=8, verbose_name='Format')),
                    ('title', models.CharField(max_length=300, verbose_name='Titel')),
                    ('state', models.CharField(choices=[('waiting', 'wartet'), ('running', 'wird erstellt'), ('done', 'fertig'), ('failed', 'fehlgeschlagen'), ('cancelled', 'abgebrochen')], default='waiting', max_length=12, verbose_name='Zustand')),
                    ('run', models.PositiveIntegerField(default=1, editable=False, verbose_name='Anlauf')),
                    ('attempts', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='Versuche')),
                    ('heartbeat_at', models.DateTimeField(blank=True, null=True, verbose_name='letztes Lebenszeichen')),
                    ('done', models.PositiveIntegerField(default=0, verbose_name='erledigte Schritte')),
                    ('total', models.PositiveIntegerField(default=0, verbose_name='Schritte')),
                    ('step', models.CharField(blank=True, max_length=200, verbose_name='Schritt')),
                    ('message', models.TextField(blank=True, verbose_name='Meldung')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Angefragt')),
                    ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='Begonnen')),
                    ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='Beendet')),
                    ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='Datei wird aufbewahrt bis')),
                    ('name', models.CharField(blank=True, max_length=120, verbose_name='Dateiname')),
                    ('media_type', models.CharField(blank=True, max_length=120, verbose_name='Medientyp')),
                    ('size', models.PositiveBigIntegerField(default=0, verbose_name='Größe in Byte')),
                    ('digest', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 der Datei')),
                    ('checksum', models.CharField(blank=True, max_length=64, verbose_name='Prüfsumme des Inhalts')),
                    ('earlier', models.JSONField(blank=True, default=list, verbose_name='frühere Prüfsummen')),
                    ('data_version', models.BigIntegerField(default=0, verbose_name='Stand der Daten')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.release', verbose_name='Veröffentlichung')),
                ],
                options={
                    'verbose_name': 'Bericht',
                    'verbose_name_plural': 'Berichte',
                    'ordering': ['-created_at', '-pk'],
                    'permissions': [('ask_report', 'Kann Berichte erstellen')],
                    'default_permissions': (),
                    'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['heartbeat_at'], name='open_reports')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed', 'cancelled'])), name='a_report_is_in_a_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['waiting', 'running']), _negated=True), ('heartbeat_at__isnull', False), _connector='OR'), name='an_open_report_gives_signs_of_life'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('finished_at__isnull', False), models.Q(('checksum', ''), _negated=True)), _connector='OR'), name='a_finished_report_has_a_checksum'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('message', ''), _negated=True), _connector='OR'), name='a_failed_report_says_why'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='no_more_steps_are_done_than_there_are'), models.CheckConstraint(condition=models.Q(('expires_at__isnull', True), models.Q(('state', 'done'), models.Q(('digest', ''), _negated=True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='only_a_finished_report_has_a_file')],
                },
            ),
            migrations.CreateModel(
                name='ReportFile',
                fields=[
                    ('report', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='file', serialize=False, to='atlas.report')),
                    ('body', models.BinaryField(verbose_name='Inhalt')),
                ],
                options={
                    'verbose_name': 'Datei eines Berichts',
                    'verbose_name_plural': 'Dateien der Berichte',
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='ReportRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked_at', models.DateTimeField(verbose_name='Angefragt')),
                    ('language', models.CharField(default='de', max_length=5, verbose_name='Sprache der Nachricht')),
                    ('wants_mail', models.BooleanField(default=False, verbose_name='Nachricht, wenn er fertig ist')),
                    ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='Nachricht gesendet')),
                    ('is_shared', models.BooleanField(default=False, verbose_name='für das Haus freigegeben')),
                    ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='Heruntergeladen')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='atlas.report', verbose_name='Bericht')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='report_requests', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
                ],
                options={
                    'verbose_name': 'Anfrage eines Berichts',
                    'verbose_name_plural': 'Anfragen von Berichten',
                    'ordering': ['-asked_at', '-pk'],
                    'default_permissions': (),
                    'constraints': [models.UniqueConstraint(fields=('report', 'user'), name='a_person_asks_for_a_report_once')],
                },
            ),
            migrations.CreateModel(
                name='Compilation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=300, verbose_name='Titel')),
                    ('data', models.JSONField(verbose_name='Plan')),
                    ('is_shared', models.BooleanField(default=False, verbose_name='Für das Haus geteilt')),
                    ('template', models.CharField(blank=True, max_length=60, verbose_name='Vorlage')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='Fassung')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Angelegt')),
                    ('changed_at', models.DateTimeField(auto_now=True, verbose_name='Geändert')),
                    ('deleted_at', models.DateTimeField(blank=True, null=True, verbose_name='Gelöscht')),
                    ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Geändert von')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='compilations', to=settings.AUTH_USER_MODEL, verbose_name='Von')),
                ],
                options={
                    'verbose_name': 'Zusammenstellung',
                    'verbose_name_plural': 'Zusammenstellungen',
                    'ordering': ['-changed_at', '-pk'],
                    'permissions': [('edit_every_compilation', 'Kann geteilte Zusammenstellungen anderer bearbeiten')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='a_compilation_has_a_title'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='a_compilation_counts_its_versions_from_one')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='compilation',
                trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "atlas_compilationhistory" ("changed_at", "created_at", "data", "deleted_at", "id", "is_shared", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "template", "title", "version") SELECT old_values."changed_at", old_values."created_at", old_values."data", old_values."deleted_at", old_values."id", old_values."is_shared", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."template", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."data" IS DISTINCT FROM (new_values."data") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_shared" IS DISTINCT FROM (new_values."is_shared") OR old_values."template" IS DISTINCT FROM (new_values."template") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1ada13712407115a1554c938fa997985607c3f03', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_0f75e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='atlas_compilation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='compilation',
                trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "atlas_compilationhistory" ("changed_at", "created_at", "data", "deleted_at", "id", "is_shared", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "template", "title", "version") SELECT old_values."changed_at", old_values."created_at", old_values."data", old_values."deleted_at", old_values."id", old_values."is_shared", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."template", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4102588da9b2bdbe6a9ae4ec3779ee899b22c944', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_466a5', referencing='REFERENCING OLD TABLE AS old_values ', table='atlas_compilation', when='AFTER')),
            ),
            migrations.CreateModel(
                name='CompilationHistory',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('title', models.CharField(max_length=300, verbose_name='Titel')),
                    ('data', models.JSONField(verbose_name='Plan')),
                    ('is_shared', models.BooleanField(default=False, verbose_name='Für das Haus geteilt')),
                    ('template', models.CharField(blank=True, max_length=60, verbose_name='Vorlage')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='Fassung')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Angelegt')),
                    ('changed_at', models.DateTimeField(auto_now=True, verbose_name='Geändert')),
                    ('deleted_at', models.DateTimeField(blank=True, null=True, verbose_name='Gelöscht')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='atlas.compilation')),
                ],
                options={
                    'verbose_name': 'frühere Fassung einer Zusammenstellung',
                    'verbose_name_plural': 'frühere Fassungen der Zusammenstellungen',
                    'db_table': 'atlas_compilationhistory',
                    'ordering': ['-pgh_created_at', '-pgh_id'],
                    'abstract': False,
                    'default_permissions': ('view',),
                    'indexes': [models.Index(fields=['pgh_obj', 'pgh_created_at'], name='compilationhistory_by_row')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='compilationhistory',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1faf26ea189ed32db80dc3552ec2bf492f9d60e4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e92da', table='atlas_compilationhistory', when='BEFORE')),
            ),
            migrations.CreateModel(
                name='CompilationRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('data', models.JSONField(verbose_name='Plan')),
                    ('language', models.CharField(max_length=5, verbose_name='Sprache')),
                    ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='Angefragt')),
                    ('changes', models.JSONField(blank=True, null=True, verbose_name='Änderungen')),
                    ('fault', models.TextField(blank=True, verbose_name='Meldung')),
                    ('before', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='atlas.compilationrun', verbose_name='Voriger Durchlauf')),
                    ('compilation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='atlas.compilation', verbose_name='Zusammenstellung')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.release', verbose_name='Veröffentlichung')),
                    ('reports', models.ManyToManyField(related_name='compilation_runs', to='atlas.report', verbose_name='Berichte')),
                    ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Von')),
                ],
                options={
                    'verbose_name': 'Durchlauf',
                    'verbose_name_plural': 'Durchläufe',
                    'ordering': ['-asked_at', '-pk'],
                    'default_permissions': (),
                },
            ),
            migrations.CreateModel(
                name='ReportText',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('part', models.CharField(max_length=40, verbose_name='Teil')),
                    ('language', models.CharField(max_length=5, verbose_name='Sprache')),
                    ('text', models.TextField(blank=True, verbose_name='Text')),
                    ('changed_at', models.DateTimeField(auto_now=True, verbose_name='Geändert')),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Von')),
                    ('compilation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='atlas.compilation', verbose_name='Zusammenstellung')),
                    ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_texts', to='indicators.release', verbose_name='Veröffentlichung')),
                ],
                options={
                    'verbose_name': 'Text zu einer Veröffentlichung',
                    'verbose_name_plural': 'Texte zu Veröffentlichungen',
                    'ordering': ['compilation', 'part', 'language', '-release__published_at'],
                    'default_permissions': (),
                    'constraints': [models.UniqueConstraint(fields=('compilation', 'part', 'release', 'language'), name='a_part_has_one_text_per_release')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reporttext',
                trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "atlas_reporttexthistory" ("changed_at", "compilation_id", "id", "language", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_id", "text") SELECT old_values."changed_at", old_values."compilation_id", old_values."id", old_values."language", old_values."part", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."release_id", old_values."text" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."compilation_id" IS DISTINCT FROM (new_values."compilation_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."part" IS DISTINCT FROM (new_values."part") OR old_values."release_id" IS DISTINCT FROM (new_values."release_id") OR old_values."text" IS DISTINCT FROM (new_values."text")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a2be4e5d5b88c1d2c802fa56730f7cf4666c39b8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_231f8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='atlas_reporttext', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reporttext',
                trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "atlas_reporttexthistory" ("changed_at", "compilation_id", "id", "language", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_id", "text") SELECT old_values."changed_at", old_values."compilation_id", old_values."id", old_values."language", old_values."part", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."release_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2d0cd69e9b121897e472357d0eb6162ca15a6ef4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_delete_97b9a', referencing='REFERENCING OLD TABLE AS old_values ', table='atlas_reporttext', when='AFTER')),
            ),
            migrations.CreateModel(
                name='ReportTextHistory',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('part', models.CharField(max_length=40, verbose_name='Teil')),
                    ('language', models.CharField(max_length=5, verbose_name='Sprache')),
                    ('text', models.TextField(blank=True, verbose_name='Text')),
                    ('changed_at', models.DateTimeField(auto_now=True, verbose_name='Geändert')),
                    ('compilation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='atlas.compilation', verbose_name='Zusammenstellung')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='atlas.reporttext')),
                    ('release', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='indicators.release', verbose_name='Veröffentlichung')),
                ],
                options={
                    'verbose_name': 'früherer Stand eines Textes',
                    'verbose_name_plural': 'frühere Stände der Texte',
                    'db_table': 'atlas_reporttexthistory',
                    'ordering': ['-pgh_created_at', '-pgh_id'],
                    'abstract': False,
                    'default_permissions': ('view',),
                    'indexes': [models.Index(fields=['pgh_obj', 'pgh_created_at'], name='reporttexthistory_by_row')],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='reporttexthistory',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7d92ea9246d887597281ee7b05e65e6bbf6e66f7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b8670', table='atlas_reporttexthistory', when='BEFORE')),
            ),
        ]),
    ]
