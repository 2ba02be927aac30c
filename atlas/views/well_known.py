"""Addresses that browsers and search engines ask for by themselves."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

A_DAY = 86_400  # seconds

# Pages may be found; not the endless states of the map, not searches, not files that repeat a page's figures.
ROBOTS = """User-agent: *
Disallow: /verwaltung/
Disallow: /*karte/?
Disallow: /*karte/karte.
Disallow: /*karte/kartenblatt.
Disallow: /*karte/kartenreihe.
Disallow: /*karte/kennwerte.csv
Disallow: /*suche/
Disallow: /*wo/?
Disallow: /*stand=
Disallow: /*abonnement/
Disallow: /*/profil.
Disallow: /*/dokument.
Disallow: /api/
Allow: /
"""


@require_safe
@cache_control(public=True, max_age=A_DAY)
def robots(request):
    """`/robots.txt`."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def favicon(request):
    """`/favicon.ico`: the portal's mark, for those who do not read the page's own link to it."""
    return render(request, "favicon.svg", content_type="image/svg+xml")
