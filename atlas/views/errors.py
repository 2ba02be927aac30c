"""Answers for addresses that lead nowhere, doors that are closed, and faults of our own."""

from copy import copy

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist, TemplateSyntaxError, loader
from django.utils.translation import get_language

from atlas.navigation import language_root

LONGEST_ADDRESS = 200  # letters of an address that leads nowhere and is still repeated in the page's links

_LAST_RESORT = (
    '<!doctype html><html lang="de"><title>Fehler – Sozialportal Dortmund</title>'
    "<h1>Die Seite kann gerade nicht angezeigt werden</h1>"
    '<p>Der Fehler liegt bei uns. <a href="/">Zur Startseite</a></p></html>'
)


def bad_request(request, exception):
    """400: the request cannot be read."""
    return render(_at_home(request), "400.html", status=400)


def not_found(request, exception):
    """404: no such page; offers the search and the main entrances."""
    is_long = len(request.get_full_path()) > LONGEST_ADDRESS
    return render(_at_home(request) if is_long else request, "404.html", status=404)


def forbidden(request, exception):
    """403: not allowed."""
    return render(request, "403.html", status=403)


def csrf_failure(request, reason=""):
    """403: a form without its token; nothing was saved."""
    return render(request, "403_csrf.html", status=403)


def _at_home(request: HttpRequest) -> HttpRequest:
    """The same request as if the start page had been asked for: the page's links repeat nothing of its address."""
    home = copy(request)
    home.path = home.path_info = language_root(get_language() or "de")
    home.META = {**request.META, "QUERY_STRING": ""}
    return home


def server_error(request):
    """500: drawn without context processors and database, because either may be what has failed."""
    try:
        body = loader.get_template("500.html").render()
    except (TemplateDoesNotExist, TemplateSyntaxError, ValueError):  # ValueError: a static file is not in the manifest
        body = _LAST_RESORT
    return HttpResponse(body, status=500)
