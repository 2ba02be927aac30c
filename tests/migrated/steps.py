"""The migrations that the squashed ones replace, run one by one as an older installation did."""

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

APPS = ("areas", "indicators", "actionplan", "atlas")  # each has one squashed migration


def squashed(loader) -> dict[str, tuple[str, str]]:
    """The squashed migration of each app."""
    return {app: key for key, step in loader.disk_migrations.items() for app in APPS if key[0] == app and step.replaces}


def replaced(loader) -> list[tuple[str, str]]:
    """All migrations that a squashed one replaces, in the order of their numbers within an app."""
    return [step for key in squashed(loader).values() for step in loader.disk_migrations[key].replaces]


def last_steps(loader) -> list[tuple[str, str]]:
    """The last replaced migration of each app."""
    return [loader.disk_migrations[key].replaces[-1] for key in squashed(loader).values()]


def stepwise_loader(connection) -> MigrationLoader:
    """All migrations as they lie on disk, none replaced. `connection` may be None: no database is asked then."""
    return MigrationLoader(connection, replace_migrations=False)


def take_steps(connection, targets=None) -> None:
    """Run the replaced migrations up to `targets` (the last ones of all apps when not given)."""
    executor = MigrationExecutor(connection)
    executor.loader = stepwise_loader(connection)
    executor.loader.replacements.clear()  # an older installation has never heard of them and records nothing
    executor.migrate(targets or last_steps(executor.loader))
