import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0015_figures_with_intervals"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.AlterField(
            model_name="indicator",
            name="aggregation",
            field=models.CharField(
                choices=[
                    ("sum", "Summe der Teile"),
                    ("ratio", "Summe der Zähler durch Summe der Nenner"),
                    ("weighted_mean", "mit dem Gewicht gemittelt"),
                    ("none", "nicht zusammenfassbar"),
                    ("computed", "aus anderen Indikatoren berechnet"),
                ],
                max_length=20,
                verbose_name="Zusammenfassung",
            ),
        ),
        migrations.AlterField(
            model_name="indicatorhistory",
            name="aggregation",
            field=models.CharField(
                choices=[
                    ("sum", "Summe der Teile"),
                    ("ratio", "Summe der Zähler durch Summe der Nenner"),
                    ("weighted_mean", "mit dem Gewicht gemittelt"),
                    ("none", "nicht zusammenfassbar"),
                    ("computed", "aus anderen Indikatoren berechnet"),
                ],
                max_length=20,
                verbose_name="Zusammenfassung",
            ),
        ),
        migrations.CreateModel(
            name="Formula",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("share", "Anteil (in Prozent)"),
                            ("per_1000", "je 1.000"),
                            ("quotient", "Quotient (mal Faktor)"),
                            ("density", "Dichte (je km² Fläche)"),
                            ("sum", "Summe"),
                            ("difference", "Differenz"),
                            ("change", "Veränderung (absolut)"),
                            ("change_percent", "Veränderung in Prozent"),
                            ("index", "Messzahl (Basiszeitraum = 100)"),
                            ("moving_average", "gleitendes Mittel über Jahre"),
                        ],
                        max_length=20,
                        verbose_name="Rechenart",
                    ),
                ),
                (
                    "periods_back",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="So viele Zeiträume der Reihe, nicht Jahre.",
                        null=True,
                        verbose_name="Zeiträume zurück",
                    ),
                ),
                ("years", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Jahre des Mittels")),
                (
                    "base_period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.period",
                        verbose_name="Fester Vergleichszeitraum",
                    ),
                ),
                (
                    "indicator",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="formula",
                        to="indicators.indicator",
                        verbose_name="Indikator, der berechnet wird",
                    ),
                ),
            ],
            options={
                "verbose_name": "Formel",
                "verbose_name_plural": "Formeln",
            },
        ),
        migrations.CreateModel(
            name="FormulaHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("share", "Anteil (in Prozent)"),
                            ("per_1000", "je 1.000"),
                            ("quotient", "Quotient (mal Faktor)"),
                            ("density", "Dichte (je km² Fläche)"),
                            ("sum", "Summe"),
                            ("difference", "Differenz"),
                            ("change", "Veränderung (absolut)"),
                            ("change_percent", "Veränderung in Prozent"),
                            ("index", "Messzahl (Basiszeitraum = 100)"),
                            ("moving_average", "gleitendes Mittel über Jahre"),
                        ],
                        max_length=20,
                        verbose_name="Rechenart",
                    ),
                ),
                (
                    "periods_back",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="So viele Zeiträume der Reihe, nicht Jahre.",
                        null=True,
                        verbose_name="Zeiträume zurück",
                    ),
                ),
                ("years", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Jahre des Mittels")),
                (
                    "base_period",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="indicators.period",
                        verbose_name="Fester Vergleichszeitraum",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="indicators.indicator",
                        verbose_name="Indikator, der berechnet wird",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="indicators.formula",
                    ),
                ),
            ],
            options={
                "verbose_name": "früherer Stand einer Formel",
                "verbose_name_plural": "frühere Stände der Formeln",
                "db_table": "indicators_formulahistory",
                "ordering": ["-pgh_created_at", "-pgh_id"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="FormulaTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("of", "wovon: Zähler, Summand, Ausgangswert"),
                            ("by", "wodurch: Nenner, Abzuziehendes"),
                        ],
                        max_length=2,
                        verbose_name="Stelle",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                (
                    "formula",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="indicators.formula",
                        verbose_name="Formel",
                    ),
                ),
                (
                    "input",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="used_in",
                        to="indicators.indicator",
                        verbose_name="Indikator",
                    ),
                ),
            ],
            options={
                "verbose_name": "Glied einer Formel",
                "verbose_name_plural": "Glieder von Formeln",
                "ordering": ["formula", "-role", "order"],
            },
        ),
        migrations.CreateModel(
            name="FormulaTermHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("of", "wovon: Zähler, Summand, Ausgangswert"),
                            ("by", "wodurch: Nenner, Abzuziehendes"),
                        ],
                        max_length=2,
                        verbose_name="Stelle",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                (
                    "formula",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="indicators.formula",
                        verbose_name="Formel",
                    ),
                ),
                (
                    "input",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="indicators.indicator",
                        verbose_name="Indikator",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        to="indicators.formulaterm",
                    ),
                ),
            ],
            options={
                "verbose_name": "früherer Stand eines Glieds einer Formel",
                "verbose_name_plural": "frühere Stände der Glieder von Formeln",
                "db_table": "indicators_formulatermhistory",
                "ordering": ["-pgh_created_at", "-pgh_id"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.AddConstraint(
            model_name="formula",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("change", "change_percent")), _negated=True),
                    models.Q(("base_period__isnull", True), ("periods_back__gte", 1), ("periods_back__isnull", False)),
                    models.Q(("base_period__isnull", False), ("periods_back__isnull", True)),
                    _connector="OR",
                ),
                name="a_change_states_what_it_is_compared_with",
            ),
        ),
        migrations.AddConstraint(
            model_name="formula",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "index"), _negated=True), ("base_period__isnull", False), _connector="OR"
                ),
                name="an_index_number_states_its_base",
            ),
        ),
        migrations.AddConstraint(
            model_name="formula",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "moving_average"), ("years__gte", 2), ("years__isnull", False)),
                    models.Q(models.Q(("kind", "moving_average"), _negated=True), ("years__isnull", True)),
                    _connector="OR",
                ),
                name="only_a_moving_average_states_its_years",
            ),
        ),
        migrations.AddConstraint(
            model_name="formula",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("change", "change_percent")), ("periods_back__isnull", True), _connector="OR"
                ),
                name="only_a_change_goes_back_by_periods",
            ),
        ),
        migrations.AddConstraint(
            model_name="formula",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("change", "change_percent", "index")), ("base_period__isnull", True), _connector="OR"
                ),
                name="only_a_change_or_an_index_number_has_a_base",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formula",
            trigger=pgtrigger.compiler.Trigger(
                name="changes_public_state",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="UPDATE areas_publicstate SET version = version + 1, changed_at = now() WHERE id = 1; RETURN NULL;",
                    hash="580a631ab991fa4c9d06bd2b5278b5148de3d83b",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_changes_public_state_cf092",
                    table="indicators_formula",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formula",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_formulahistory" ("base_period_id", "id", "indicator_id", "kind", "periods_back", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "years") SELECT old_values."base_period_id", old_values."id", old_values."indicator_id", old_values."kind", old_values."periods_back", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."years" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="819a1042f64b1b7d587e9fe35709d59ba7c8bcd4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_9061c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="indicators_formula",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formula",
            trigger=pgtrigger.compiler.Trigger(
                name="deleted_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_formulahistory" ("base_period_id", "id", "indicator_id", "kind", "periods_back", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "years") SELECT old_values."base_period_id", old_values."id", old_values."indicator_id", old_values."kind", old_values."periods_back", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."years" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="048df20b7c8ca3dc44eb639c08262073c0e2b0f9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_deleted_delete_b2ac5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="indicators_formula",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="formulahistory",
            index=models.Index(fields=["pgh_obj", "pgh_created_at"], name="formulahistory_by_row"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formulahistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="94f8043921d746d5df34512810ea13b955bc95ab",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4d572",
                    table="indicators_formulahistory",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="formulaterm",
            constraint=models.UniqueConstraint(
                fields=("formula", "role", "input"), name="one_term_per_formula_role_and_indicator"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formulaterm",
            trigger=pgtrigger.compiler.Trigger(
                name="formulas_are_no_circle",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (\n                WITH RECURSIVE used(indicator_id) AS (\n                    SELECT NEW.input_id\n                    UNION\n                    SELECT t.input_id FROM used u\n                    JOIN indicators_formula f ON f.indicator_id = u.indicator_id\n                    JOIN indicators_formulaterm t ON t.formula_id = f.id\n                )\n                SELECT 1 FROM used u JOIN indicators_formula f ON f.indicator_id = u.indicator_id\n                WHERE f.id = NEW.formula_id\n            ) THEN\n                RAISE EXCEPTION 'Ein Indikator kann nicht aus sich selbst berechnet werden, auch nicht über andere.'\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'formulas_are_no_circle';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="b07bbe6a61373426db1a956d71851aa4633b4574",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_formulas_are_no_circle_e5c46",
                    table="indicators_formulaterm",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formulaterm",
            trigger=pgtrigger.compiler.Trigger(
                name="changes_public_state",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="UPDATE areas_publicstate SET version = version + 1, changed_at = now() WHERE id = 1; RETURN NULL;",
                    hash="ab5971cea48bc69e8bb86fcc94631985f332adc4",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_changes_public_state_e4e89",
                    table="indicators_formulaterm",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formulaterm",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_formulatermhistory" ("formula_id", "id", "input_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") SELECT old_values."formula_id", old_values."id", old_values."input_id", old_values."order", _pgh_attached_context.value, NOW(), \'changed\', old_values."id", old_values."role" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1dc71a247aa66732ee53071a93d885d6d443cd0f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_69068",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="indicators_formulaterm",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formulaterm",
            trigger=pgtrigger.compiler.Trigger(
                name="deleted_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "indicators_formulatermhistory" ("formula_id", "id", "input_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") SELECT old_values."formula_id", old_values."id", old_values."input_id", old_values."order", _pgh_attached_context.value, NOW(), \'deleted\', old_values."id", old_values."role" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a2f3126463a9be0e7b36f39a69a3f9f123c285dd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_deleted_delete_5e1af",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="indicators_formulaterm",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="formulatermhistory",
            index=models.Index(fields=["pgh_obj", "pgh_created_at"], name="formulatermhistory_by_row"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formulatermhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ab0c8fd7e57004eae15d715d1a18e4e2214da445",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8f131",
                    table="indicators_formulatermhistory",
                    when="BEFORE",
                ),
            ),
        ),
    ]
