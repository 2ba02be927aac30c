"""Where projects come from that began as an idea or an application sent to this portal."""

from areas.models import Source


def idea_source() -> Source:
    """The idea box as a source; made when it is needed first."""
    return _own("ideenbox", "Ideenbox des Sozialportals", "Idea box of the Sozialportal")


def application_source() -> Source:
    """The applications of neighbourhood projects as a source."""
    return _own("projektantraege", "Anträge für Projekte im Quartier", "Applications for neighbourhood projects")


def _own(slug: str, title: str, title_en: str) -> Source:
    more = {"title": title, "title_en": title_en, "publisher": "Sozialportal Dortmund"}
    return Source.objects.get_or_create(slug=slug, defaults=more)[0]
