"""System checks: is this installation fit to run, and fit to be public? Ids sozialportal.E… and .W….

Described for operators in docs/deployment.md.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.gis import gdal, geos
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import Error as DatabaseFault
from django.db import connections
from django.utils.translation import gettext as _

POSTGIS_MINIMUM = (3, 1)  # what Django 5.2 supports
GDAL_MINIMUM = (3, 1)
GEOS_MINIMUM = (3, 8)
NEEDED_EXTENSIONS = ("postgis", "btree_gist")
PLACEHOLDER_KEYS = ("only-for-this-machine-", "test-", "bitte-", "change-me", "django-insecure-")
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver", ".localhost"})


def version_pair(version: str) -> tuple[int, int]:
    """First two numbers of a version such as "3.3 USE_GEOS=1" or "3.11.4-CAPI-1.17.4"; (0, 0) if there are none."""
    found = re.match(r"(\d+)\.(\d+)", version)
    return (int(found[1]), int(found[2])) if found else (0, 0)


@register(Tags.compatibility)
def check_native_libraries(**kwargs: Any) -> list[CheckMessage]:
    """E001: GDAL and GEOS load and are new enough."""
    found = (("GDAL", gdal.gdal_version().decode(), GDAL_MINIMUM), ("GEOS", geos.geos_version().decode(), GEOS_MINIMUM))
    return [
        Error(
            _("%(name)s %(version)s ist zu alt.") % {"name": name, "version": version},
            hint=_("GDAL_LIBRARY_PATH und GEOS_LIBRARY_PATH leer lassen: dann gelten die mitgelieferten Bibliotheken."),
            id="sozialportal.E001",
        )
        for name, version, minimum in found
        if version_pair(version) < minimum
    ]


@register(Tags.database)
def check_database(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """E002: the database answers; E003: it offers the extensions; E004: PostGIS is new enough."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        try:
            offered = extensions_of(alias)
        except DatabaseFault as fault:
            messages.append(database_unreachable(fault))
        else:
            messages += check_extensions(offered)
    return messages


def extensions_of(alias: str) -> dict[str, str]:
    """Names and versions of the extensions that the server of this connection has or could install."""
    query = (
        "SELECT name, coalesce(installed_version, default_version) FROM pg_available_extensions WHERE name = ANY(%s)"
    )
    with connections[alias].cursor() as cursor:
        cursor.execute(query, [list(NEEDED_EXTENSIONS)])
        return dict(cursor.fetchall())


def database_unreachable(fault: Exception) -> Error:
    """E002, with the server's own first line."""
    reason = str(fault).strip().partition("\n")[0]
    return Error(
        _("Die Datenbank antwortet nicht: %(reason)s") % {"reason": reason},
        hint=_("DATABASE_URL prüfen (docs/configuration.md); läuft der Server?"),
        id="sozialportal.E002",
    )


def check_extensions(offered: dict[str, str]) -> list[CheckMessage]:
    """E003 for each extension missing in `offered` (name -> version), E004 for a PostGIS that is too old."""
    messages: list[CheckMessage] = [
        Error(
            _("Der Datenbank fehlt die Erweiterung %(name)s.") % {"name": name},
            hint=_("Auf Debian/Ubuntu: apt-get install postgresql-15-postgis-3 (mit der Version des Servers)."),
            id="sozialportal.E003",
        )
        for name in NEEDED_EXTENSIONS
        if name not in offered
    ]
    if "postgis" in offered and version_pair(offered["postgis"]) < POSTGIS_MINIMUM:
        messages.append(
            Error(
                _("PostGIS %(version)s ist zu alt.") % {"version": offered["postgis"]},
                hint=_("Nötig ist PostGIS 3.1 oder neuer."),
                id="sozialportal.E004",
            )
        )
    return messages


@register(Tags.security)
def check_debug_is_local(**kwargs: Any) -> list[CheckMessage]:
    """E005: error pages with the insides of the portal are shown on this machine only."""
    public = sorted(set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS)
    if not settings.DEBUG or not public:
        return []
    return [
        Error(
            _("DEBUG ist an, und das Portal antwortet unter %(hosts)s.") % {"hosts": ", ".join(public)},
            hint=_("DEBUG ausschalten oder ALLOWED_HOSTS auf diesen Rechner beschränken."),
            id="sozialportal.E005",
        )
    ]


@register(Tags.security, deploy=True)
def check_secret_key(**kwargs: Any) -> list[CheckMessage]:
    """E006: the key that signs sessions is not one that anybody can read in the source."""
    if not settings.SECRET_KEY.startswith(PLACEHOLDER_KEYS):
        return []
    return [
        Error(
            _("SECRET_KEY ist ein Platzhalter."),
            hint=_("Einen eigenen erzeugen: python -c 'import secrets; print(secrets.token_urlsafe(50))'"),
            id="sozialportal.E006",
        )
    ]


@register("operator", deploy=True)
def check_operator(**kwargs: Any) -> list[CheckMessage]:
    """W001: facts for imprint and privacy pages; W002: licences of the data; W003: the public address."""
    messages: list[CheckMessage] = []
    missing = [f"OPERATOR_{name.upper()}" for name, value in settings.OPERATOR.items() if not value.strip()]
    if missing:
        messages.append(
            Warning(
                _("Angaben des Betreibers fehlen: %(names)s.") % {"names": ", ".join(missing)},
                hint=_("Impressum, Datenschutz und Barrierefreiheit nennen sie; siehe docs/configuration.md."),
                id="sozialportal.W001",
            )
        )
    if not settings.OPERATOR_LICENCES_CONFIRMED:
        messages.append(
            Warning(
                _("Die Lizenzen der Datenquellen sind nicht bestätigt."),
                hint=_("Seite »Datenquellen« prüfen, dann OPERATOR_LICENCES_CONFIRMED=true setzen."),
                id="sozialportal.W002",
            )
        )
    if not settings.PORTAL_URL:
        messages.append(
            Warning(
                _("Die öffentliche Adresse des Portals fehlt."),
                hint=_("PORTAL_URL setzen, zum Beispiel https://sozialportal.example.de"),
                id="sozialportal.W003",
            )
        )
    return messages
