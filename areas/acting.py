"""Who changes something, and how: kept by the database with every change that its triggers record.

Only the number of the account and the role are kept, never the name; `purge_editor_names` forgets the number.
"""

from contextlib import AbstractContextManager

import pghistory
from django.utils.translation import gettext as _


def acting(*, way: str, user=None) -> AbstractContextManager:
    """Changes inside this block were made by `user` on this way: path of a page, name of a command or task.

    Inside another such block it adds what it knows to that one.
    """
    return pghistory.context(way=way, **_who(user))


def acts(user) -> None:
    """Add an account that is known only later, such as that of a token, to the block that is open already."""
    pghistory.context(**_who(user))


def acting_role(user) -> str:
    """The role in which a person acts: the group, never the name; "" for nobody."""
    if user is None or not user.is_authenticated:
        return ""
    group = user.groups.order_by("name").values_list("name", flat=True).first()
    return group or (_("Systemverwaltung") if user.is_superuser else "")


def _who(user) -> dict:
    if user is None or not user.is_authenticated:
        return {}
    return {"user": user.pk, "role": acting_role(user)}
