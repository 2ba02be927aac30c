"""Making tokens, and logging in by one (`Authorization: Token sozial_…`)."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from .token_model import ApiToken


class ApiTokenAuthentication(TokenAuthentication):
    """For `authentication_classes` of views that programs write to; the account's permissions apply."""

    def authenticate_credentials(self, token: bytes) -> tuple[AbstractUser, ApiToken]:
        """The account of a valid token; one sentence for all others, which gives nothing away."""
        try:
            return super().authenticate_credentials(token)
        except (AuthenticationFailed, UnicodeDecodeError) as fault:
            raise AuthenticationFailed(_("Der Zugangsschlüssel gilt nicht oder nicht mehr.")) from fault


def make_token(*, user: AbstractUser, name: str, days: int) -> tuple[ApiToken, str]:
    """A new token for `user`, valid for `days`, and its text, which nobody can see again."""
    if not 1 <= days <= settings.API_TOKEN_MAX_DAYS:
        raise ValueError(
            _("Die Gültigkeit liegt zwischen 1 und %(most)s Tagen.") % {"most": settings.API_TOKEN_MAX_DAYS}
        )
    if not name.strip():
        raise ValueError(_("Wofür ist der Schlüssel? Bitte einen Namen angeben."))
    return ApiToken.objects.create(user, expiry=timedelta(days=days), name=name.strip()[:80])


class ApiTokenScheme(OpenApiAuthenticationExtension):
    """How the description of the interface (`/api/v1/schema/`) tells programs to log in."""

    target_class = ApiTokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict:
        """A header with the word Token before the token."""
        return build_bearer_security_scheme_object(
            header_name="Authorization", token_prefix=ApiTokenAuthentication().authenticate_header(None)
        )
