"""An operation for migrations that make many tables at once."""

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Several operations as one step: all of them know the models as they are after the last one.

    Between two operations Django renders anew every model that is connected with the one that changed, here nearly
    all: 75 s of `migrate` on an empty database were spent on models that nothing looked at. Together they are rendered
    once.

    Only for operations that make something new and whose tables do not change again inside: `CreateModel` with all its
    fields, constraints and indexes, triggers, `RunSQL`, `RunPython`.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations):
        self.operations = operations

    @property
    def reversible(self):
        return all(operation.reversible for operation in self.operations)

    @property
    def reduces_to_sql(self):
        return all(operation.reduces_to_sql for operation in self.operations)

    def state_forwards(self, app_label, state):
        # Without rendered models nothing is rendered anew; the next one who looks at `state.apps` renders all.
        state.is_delayed = True
        state.clear_delayed_apps_cache()
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, to_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, from_state)

    def describe(self):
        return f"{len(self.operations)} operations together"
