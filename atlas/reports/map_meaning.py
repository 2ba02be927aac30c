"""What a map sheet says below its map: definition, how the classes were made, how sure the figures are, sources."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from atlas.map_page import MapPage
from atlas.map_texts import certainty_of_all
from atlas.reports.document import Block, Heading, Paragraph, Text, runs

_METHODS = {
    "natuerlich": gettext_lazy("natürliche Grenzen, innerhalb derer die Werte am wenigsten streuen"),
    "quantile": gettext_lazy("gleich viele Gebiete in jeder Klasse"),
    "gleich": gettext_lazy("gleich breite Schritte vom kleinsten zum größten Wert"),
    "abweichung": gettext_lazy("Schritte von einer Standardabweichung um das Mittel"),
    "eigene": gettext_lazy("Grenzen, die Fachleute im Katalog festgelegt haben"),
}


def definition_blocks(page: MapPage, level: int) -> tuple[Block, ...]:
    """What the indicator is."""
    return (Heading(level, _("Definition")), Paragraph(runs(page.view.indicator.explanation)))


def method_blocks(page: MapPage, level: int) -> tuple[Block, ...]:
    """How the classes were made."""
    return (Heading(level, _("Klassen")), Paragraph(runs(method_sentence(page))))


def method_sentence(page: MapPage) -> str:
    """Number and method of the classes, and that they hold for all years."""
    if page.is_change:
        return _("Klassen gleicher, runder Breite; die mittlere liegt um null, die äußeren sind offen.")
    count = page.limits.count
    method = _METHODS[page.view.state.method]
    first = ngettext("%(count)s Klasse: %(method)s.", "%(count)s Klassen: %(method)s.", count)
    said = first % {"count": count, "method": method}
    return f"{said} {_('Die Grenzen gelten für alle Jahre dieser Ebene; eine Klasse beginnt an ihrer Grenze.')}"


def certainty_blocks(page: MapPage, level: int) -> tuple[Block, ...]:
    """How sure the figures are, and where the series breaks."""
    return _certainty_blocks(_certain(page), level)


def _certainty_blocks(said: list[str], level: int) -> tuple[Block, ...]:
    return (Heading(level, _("Wie sicher?")), Paragraph(runs(" ".join(said)))) if said else ()


def how_sentence(page: MapPage) -> str:
    """Classes and certainty in one paragraph, for a page that has no room for headings."""
    return " ".join((method_sentence(page), *_certain(page)))


def _certain(page: MapPage) -> list[str]:
    return [*page.certainty, *_breaks(page)]


def _breaks(page: MapPage) -> list[str]:
    return [f"{gap.text.rstrip('.')}." for gap in page.series_breaks]


def source_blocks(page: MapPage, level: int) -> tuple[Block, ...]:
    """Who the figures and the boundaries are from."""
    source = page.view.indicator.source
    state = f" ({source.state})" if source.state else ""
    licence = f", {source.licence}" if source.licence else ""
    said = runs(
        f"{source.label}, ", Text(f"{source.publisher}{state}", language="de"), f"{licence}. ",
        _("Grenzen: Stadt Dortmund."),
    )  # fmt: skip
    return (Heading(level, _("Quelle")), Paragraph(said))


def essential_blocks(page: MapPage, level: int) -> tuple[Block, ...]:
    """Of it what has to stand beside the map, where the rest stands below the table."""
    return (*definition_blocks(page, level), *method_blocks(page, level), *source_blocks(page, level))


def meaning_blocks(page: MapPage, level: int = 1) -> tuple[Block, ...]:
    """All of it, one after the other."""
    parts = (definition_blocks, method_blocks, certainty_blocks, source_blocks)
    return tuple(block for part in parts for block in part(page, level))


def series_meaning_blocks(pages: Sequence[MapPage], level: int = 1) -> tuple[Block, ...]:
    """The same for the pages of several periods of one indicator: what is said holds for all of them."""
    page = pages[-1]
    certain = certainty_of_all(page.view, [each.view.state.period for each in pages])
    certainty = _certainty_blocks([*certain, *_breaks(page)], level)
    return (*definition_blocks(page, level), *method_blocks(page, level), *certainty, *source_blocks(page, level))
