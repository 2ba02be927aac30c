"""Kinds of places in Dortmund's data, named here so that they are translated; other kinds appear as delivered."""

from django.utils.translation import gettext_noop as _

KINDS = (
    _("Betreutes Wohnen"),
    _("Bibliothek"),
    _("Förderschule"),
    _("Gesamtschule"),
    _("Grundschule"),
    _("Gymnasium"),
    _("Hauptschule"),
    _("Jugendeinrichtung"),
    _("Kindertageseinrichtung"),
    _("Realschule"),
    _("Schwimmbad"),
    _("Seniorenbegegnungsstätte"),
    _("Seniorenbüro"),
    _("Sonstige Schule"),
    _("Spielplatz"),
    _("Tagespflege"),
    _("Verkehrsschule"),
    _("Wochenmarkt"),
)
