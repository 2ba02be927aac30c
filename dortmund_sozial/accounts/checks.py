"""Is the portal fit to have accounts in public?"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register
from django.utils.translation import gettext as _


@register("operator", deploy=True)
def check_mail(**kwargs: Any) -> list[CheckMessage]:
    """W004: a mail server, without which addresses for new passwords end up in the log and reach nobody."""
    if settings.EMAIL_HOST:
        return []
    return [
        Warning(
            _("Es ist kein Mailserver eingetragen."),
            hint=_("EMAIL_HOST und DEFAULT_FROM_EMAIL setzen; sonst kommt keine Nachricht an (docs/configuration.md)."),
            id="sozialportal.W004",
        )
    ]


@register("operator", deploy=True)
def check_second_factor(**kwargs: Any) -> list[CheckMessage]:
    """W005: accounts that a guessed password opens."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [
        Warning(
            _("Konten öffnen sich mit dem Kennwort allein."),
            hint=_("SECOND_FACTOR_REQUIRED=true setzen (docs/roles.md)."),
            id="sozialportal.W005",
        )
    ]
