"""An empty database takes the squashed migrations, which say the same as all the steps that they replace.

What the database itself then consists of is compared by `python -m tests.migrated`, which takes minutes.
"""

import pytest
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.serializer import serializer_factory

from tests.migrated.steps import APPS, last_steps, replaced, squashed, stepwise_loader


@pytest.fixture(scope="module")
def stepwise():
    return stepwise_loader(None)


@pytest.fixture(scope="module")
def ways(stepwise):
    """The portal's models after every step, and made at once."""
    at_once = MigrationLoader(None)
    states = stepwise.project_state(last_steps(stepwise)), at_once.project_state(list(squashed(at_once).values()))
    return [{key: model for key, model in state.models.items() if key[0] in APPS} for state in states]


def test_both_ways_lead_to_the_same_models(ways):
    steps, at_once = ways
    assert len(steps) > 100
    assert set(at_once) == set(steps)
    assert [key for key in sorted(steps) if _written(at_once[key]) != _written(steps[key])] == []


def test_an_empty_database_takes_no_replaced_step(stepwise):
    old = replaced(stepwise)
    assert len(old) == len(set(old)) > 50
    assert set(old) <= set(stepwise.disk_migrations)
    assert not set(old) & set(MigrationLoader(None).graph.nodes)


def test_what_is_not_a_model_was_carried_over(stepwise):
    """Statements and functions of the steps: each must stand in the squashed migration of its app, too."""
    for app, key in squashed(stepwise).items():
        steps = [
            operation
            for old in stepwise.disk_migrations[key].replaces
            for operation in stepwise.disk_migrations[old].operations
        ]
        (together,) = stepwise.disk_migrations[key].operations
        assert _statements(together.operations) == _statements(steps), app


def _written(model):
    """A model as a migration would write it: fields in their order, options, constraints, indexes, compiled triggers."""
    parts = [list(model.fields.items()), sorted(model.options.items()), list(model.bases), list(model.managers)]
    return serializer_factory(parts).serialize()[0]


def _statements(operations):
    """SQL by its text, functions by their name."""
    return [
        getattr(operation, "sql", None) or operation.code.__name__
        for operation in operations
        if type(operation).__name__ in {"RunSQL", "RunPython"}
    ]
