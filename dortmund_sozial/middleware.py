"""Requests that cannot mean anything are answered calmly before anything reads them; refusals get a sentence."""

from collections.abc import Callable
from itertools import chain

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from atlas.views.errors import bad_request

NUL = "\0"  # PostgreSQL stores no text with it, files have no names with it


def refuse_unreadable(get_response: Callable) -> Callable:
    """Answer 400 where path, query or cookies contain NUL characters."""

    def answered(request: HttpRequest) -> HttpResponse:
        if not _has_nul(request):
            return get_response(request)
        if request.path_info.startswith("/api/"):
            return JsonResponse(
                {"detail": _("Die Adresse enthält ein Zeichen, das es in keinem Text gibt.")}, status=400
            )
        return bad_request(request, None)

    return answered


def _has_nul(request: HttpRequest) -> bool:
    texts = [request.path_info]
    if "%00" in request.META.get("QUERY_STRING", "") or NUL in request.META.get("QUERY_STRING", ""):
        texts += chain.from_iterable([name, *values] for name, values in request.GET.lists())
    return any(NUL in text for text in chain(texts, request.COOKIES.values()))


def explain_refusal(get_response: Callable) -> Callable:
    """Say in a sentence why a request that wants to do something other than reading is refused (405)."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            allowed = response.headers.get("Allow", "")
            response.content = _("Diese Adresse kann nur gelesen werden. Erlaubt: %(methods)s.") % {"methods": allowed}
            response.headers["Content-Type"] = "text/plain; charset=utf-8"
        return response

    return answered


NEVER_KEPT = ("/redaktion/", "/verwaltung/", "/konto/")


def keep_to_oneself(get_response: Callable) -> Callable:
    """Pages for accounts are stored nowhere: not by a proxy, and not for the next person at the same computer."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith(NEVER_KEPT):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return answered
