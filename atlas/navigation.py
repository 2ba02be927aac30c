"""The main navigation and the addresses of the same page in other languages.

Entries are paths instead of URL names, so that the error pages can show them whatever is broken elsewhere.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.urls import get_script_prefix, translate_url
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy


@dataclass(frozen=True)
class Entry:
    """One entry of the main navigation: `path` without language prefix; `also` marks it active elsewhere."""

    path: str
    label: str
    also: tuple[str, ...] = ()


ANALYSES = (
    *("sozialindex/", "typologie/", "unter-dem-durchschnitt/", "raeumliche-muster/", "ungleichheit/"),
    *("zusammenhang/", "aehnliche-gebiete/"),
)
ENTRIES = (
    Entry("karte/", gettext_lazy("Karte")),
    Entry("gebiete/", gettext_lazy("Gebiete"), also=("gruppe/",)),
    Entry("aktionsplan/", gettext_lazy("Aktionsplan")),
    Entry("indikatoren/", gettext_lazy("Indikatoren"), also=("rangliste/",)),
    Entry("analysen/", gettext_lazy("Vertiefen"), also=ANALYSES),
    Entry("daten-und-quellen/", gettext_lazy("Daten"), also=("veroeffentlichungen/", "methoden/")),
)


def language_root(language: str) -> str:
    """Path under which the pages of a language live: `/` for German, `/en/` for English."""
    root = get_script_prefix()
    return root if language == settings.LANGUAGE_CODE else f"{root}{language}/"


class Frame:
    """What base.html needs about the current request; every part is worked out only when a template asks."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def home(self) -> str:
        """Path of the start page in the language of this page."""
        return language_root(get_language() or settings.LANGUAGE_CODE)

    @cached_property
    def nav(self) -> list[dict]:
        """Entries as dicts with `url`, `label` and `current` ("page", "true" or empty, for aria-current)."""
        return [
            {"url": self.home + entry.path, "label": entry.label, "current": self._current(entry)} for entry in ENTRIES
        ]

    @cached_property
    def search_url(self) -> str:
        """Target of the search form."""
        return self.home + "suche/"

    @cached_property
    def site(self) -> str:
        """Scheme and host without a trailing slash: the PORTAL_URL setting or else the host asked for."""
        if settings.PORTAL_URL:
            return settings.PORTAL_URL.rstrip("/")
        try:
            return f"{self.request.scheme}://{self.request.get_host()}"
        except DisallowedHost:  # the page that refuses this very host is being drawn
            return ""

    @cached_property
    def canonical(self) -> str:
        """Absolute address of this page without its query."""
        return self.site + self.request.path

    @cached_property
    def languages(self) -> list[dict]:
        """This page in every language: `code`, `path` (with the query), `url` (absolute, without it), `current`."""
        query = self.request.META.get("QUERY_STRING", "")
        active = get_language()
        found = []
        for code, _name in settings.LANGUAGES:
            path = translate_url(self.request.path, code)
            full = f"{path}?{query}" if query else path
            found.append({"code": code, "path": full, "url": self.site + path, "current": code == active})
        return found

    def _current(self, entry: Entry) -> str:
        path = self.request.path
        if path == self.home + entry.path:
            return "page"
        roots = tuple(self.home + part for part in (entry.path, *entry.also))
        return "true" if path.startswith(roots) else ""
