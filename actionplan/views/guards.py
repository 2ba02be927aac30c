"""Who may open a staff page of the plan, said once."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required, permission_required
from django.views.decorators.cache import never_cache


def open_to(permission: str, methods: Callable) -> Callable:
    """A view for accounts with this permission and these methods; its answers are never kept."""

    def decorated(view: Callable) -> Callable:
        return login_required(permission_required(permission, raise_exception=True)(methods(never_cache(view))))

    return decorated
