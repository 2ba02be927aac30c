"""Staff pages open to those who log in with a second factor."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

STAFF_PATHS = ("/verwaltung/", "/redaktion/")


def ask_for_second_factor(get_response: Callable) -> Callable:
    """Middleware: lead people without a second factor to the page that sets one up, before staff pages open."""

    def answered(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and request.path_info.startswith(STAFF_PATHS) and lacks_one(request):
            return redirect("mfa_index")
        return get_response(request)

    return answered


def lacks_one(request: HttpRequest) -> bool:
    """Whether somebody is logged in by password alone; a service that asks for a second factor itself counts."""
    if not request.user.is_authenticated or is_mfa_enabled(request.user):
        return False
    records = get_authentication_records(request, request.user)
    by_service = any(record.get("method") == "socialaccount" for record in records)
    return not (by_service and settings.OIDC_HAS_SECOND_FACTOR)
