"""Bring the groups in the database to what `roles` says."""

from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .roles import ROLES, Role, unknown_permissions


def apply_roles(sender: AppConfig, *, using: str = "default", **kwargs: Any) -> None:
    """Receiver of `post_migrate`: by now the permissions of the app `sender` exist, its part of the roles follows.

    It makes groups that are missing as well: a database that was emptied has them again.
    """
    if not apps.is_installed("django.contrib.auth"):
        return
    group_model = apps.get_model("auth", "Group")
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    of_app = permissions.filter(content_type__app_label=sender.label).select_related("content_type")
    if not of_app.exists():
        return
    for role in ROLES:
        group, _made = group_model.objects.using(using).get_or_create(name=role.name)
        _give(group, role, of_app)


def _give(group: Any, role: Role, of_app: QuerySet) -> None:
    wanted = {entry.pk for entry in of_app if f"{entry.content_type.app_label}.{entry.codename}" in role.permissions}
    has = set(group.permissions.filter(pk__in=[entry.pk for entry in of_app]).values_list("pk", flat=True))
    group.permissions.add(*(wanted - has))
    group.permissions.remove(*(has - wanted))


def declared_permissions() -> frozenset[str]:
    """All permissions that the models of this installation declare, as "app.codename"."""
    return frozenset(
        f"{model._meta.app_label}.{codename}"
        for model in apps.get_models(include_auto_created=False)
        for codename in (
            *(f"{action}_{model._meta.model_name}" for action in model._meta.default_permissions),
            *(codename for codename, _label in model._meta.permissions),
        )
    )


@register("roles")
def check_roles(**kwargs: Any) -> list[CheckMessage]:
    """E007: every permission of a role exists; a typing mistake would silently take a right away."""
    return [
        Error(
            _("Die Rolle %(role)s nennt Rechte, die es nicht gibt: %(rights)s.")
            % {"role": name, "rights": ", ".join(permissions)},
            hint=_("Rollen stehen in dortmund_sozial/accounts/roles.py."),
            id="sozialportal.E007",
        )
        for name, permissions in unknown_permissions(declared_permissions()).items()
    ]
