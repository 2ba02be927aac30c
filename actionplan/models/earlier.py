"""Earlier states of the plan's rows: kept by the database, neither changed nor emptied."""

from areas import history

from .triggers import journals_are_not_emptied


def history_of(model, **options) -> type:
    """As `areas.history.history_of`; TRUNCATE is refused besides."""
    return history.history_of(model, triggers=[journals_are_not_emptied()], **options)
