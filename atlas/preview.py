"""Seeing the portal as it will be: `/vorschau/<secret>/…` is every public page with a release that is not public yet.

The request runs inside a transaction in which the release is shown to the public, by the very statements that
publishing uses; afterwards all of it is rolled back. So the preview cannot differ from what will be published, and
nothing of it can stay. ADR 0007.
"""

import re
from collections.abc import Callable

import pgtrigger
from django.conf import settings
from django.contrib.auth import get_user
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse, set_script_prefix

from dortmund_sozial.accounts.second_factor import lacks_one
from indicators.actions.locking import nobody_else_shows, wait_no_longer_than
from indicators.actions.preparing import is_prepared
from indicators.actions.previewing import Opened, open_preview
from indicators.actions.publishing import show_release
from indicators.models import Release
from indicators.tasks_release import prepare

ADDRESS = re.compile(r"/vorschau/([A-Za-z0-9_-]{1,80})/(.*)", re.DOTALL)
PATIENCE = 3  # seconds to wait for another preview or a publication; then the reader's browser asks again
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",  # the address is the secret
}
OUTSIDE = {"Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'", "X-Frame-Options": "DENY"}
_CLOSED = re.compile(r"(redaktion|verwaltung|konto|vorschau)(/|$)")


def preview(get_response: Callable) -> Callable:
    """Middleware; stands behind sessions and in front of everything that looks at path or language."""

    def answered(request: HttpRequest) -> HttpResponse:
        match = ADDRESS.fullmatch(request.path_info)
        if match is None:
            return get_response(request)
        response = _previewed(request, *match.groups(), get_response)
        for name, value in HEADERS.items():
            response[name] = value
        for name, value in OUTSIDE.items():  # what was answered here has not passed the middleware behind
            response.headers.setdefault(name, value)
        return response

    return answered


def _previewed(request: HttpRequest, secret: str, rest: str, get_response: Callable) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    request.user = get_user(request)
    found = open_preview(secret=secret, user=request.user)
    if found is None or _CLOSED.match(rest):
        return render(request, "redaktion/preview_gone.html", status=404)
    if elsewhere := _elsewhere(request, found, rest):
        return redirect(elsewhere)
    release = found.release
    if release.exposed:  # the page of the release says why
        return render(request, "redaktion/preview_gone.html", status=404)
    try:
        if is_prepared(release):
            return _as_public(request, release, f"/vorschau/{secret}/", rest, get_response)
        prepare.enqueue(release.pk)
    except _Busy:
        pass  # the page that says so asks again by itself
    waiting = render(request, "redaktion/preview_waiting.html", {"release": release}, status=503)
    waiting["Retry-After"] = "5"
    return waiting


def _elsewhere(request: HttpRequest, found: Opened, rest: str) -> str:
    """Where somebody has to go first, or where the release is public by now; "" to stay."""
    if found.needs_login:
        return f"{settings.LOGIN_URL}?next={request.path}"
    if found.for_account and settings.SECOND_FACTOR_REQUIRED and lacks_one(request):
        return reverse("mfa_index")
    return f"/{rest}" if found.release.published_at else ""


class _Busy(Exception):
    """Somebody else shows a release at this moment."""


def _as_public(request: HttpRequest, release: Release, prefix: str, rest: str, get_response: Callable) -> HttpResponse:
    """The answer of the portal in which `release` is public; afterwards everything is as it was."""
    usual = get_script_prefix()
    request.preview, request.path_info, request.path = release, f"/{rest}", f"{prefix}{rest}"
    request.META["PATH_INFO"], request.META["SCRIPT_NAME"] = request.path_info, prefix.rstrip("/")
    try:
        set_script_prefix(prefix)
        with transaction.atomic():
            _show(release)
            response = get_response(request)
            transaction.set_rollback(True)
    finally:
        set_script_prefix(usual)
    return response


def _show(release: Release) -> None:
    """Raises `_Busy` rather than keep a process of the web server waiting."""
    try:
        wait_no_longer_than(PATIENCE)
        nobody_else_shows()
        with pgtrigger.ignore():
            show_release(Release.objects.get(pk=release.pk))
    except OperationalError as error:
        raise _Busy from error
