"""Answers for addresses that lead nowhere, doors that are closed, and faults of our own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist, TemplateSyntaxError, loader

_LAST_RESORT = (
    '<!doctype html><html lang="de"><title>Fehler – Sozialportal Dortmund</title>'
    "<h1>Die Seite kann gerade nicht angezeigt werden</h1>"
    '<p>Der Fehler liegt bei uns. <a href="/">Zur Startseite</a></p></html>'
)


def bad_request(request, exception):
    """400: the request cannot be read."""
    return render(request, "400.html", status=400)


def not_found(request, exception):
    """404: no such page; offers the search and the main entrances."""
    return render(request, "404.html", status=404)


def forbidden(request, exception):
    """403: not allowed."""
    return render(request, "403.html", status=403)


def server_error(request):
    """500: drawn without context processors and database, because either may be what has failed."""
    try:
        body = loader.get_template("500.html").render()
    except (TemplateDoesNotExist, TemplateSyntaxError, ValueError):  # ValueError: a static file is not in the manifest
        body = _LAST_RESORT
    return HttpResponse(body, status=500)
