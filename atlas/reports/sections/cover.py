"""The first page of a report, and what stands out in it."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atlas.asked import AskedWrongly
from atlas.reports.compilation import Part
from atlas.reports.document import Block, Heading, Items, Paragraph, Terms, runs
from atlas.reports.origin import origin_of
from atlas.reports.sections.level_tables import sentence_items, told
from atlas.reports.sections.reading import INDICATORS, LEVEL, indicators_in, level_in, text_in
from atlas.reports.sections.section import Making, Option, Section
from atlas.reports.sections.shown import show
from atlas.selectors.results import NothingStored
from atlas.selectors.screening import proposal_sentence, screening_page
from atlas.selectors.typology import typology_page
from indicators.models import Indicator

COVER_LABEL = gettext_lazy("Titelseite")
SUMMARY_LABEL = gettext_lazy("Zusammenfassung")
MOST_TELLING = 8
EDITION = Option("edition", gettext_lazy("Ausgabe"), "text", hint=gettext_lazy("Etwa: 2026"))
PUBLISHER = Option("publisher", gettext_lazy("Herausgeber"), "text", hint=gettext_lazy("Leer: wer das Portal betreibt"))
CONTACT = Option("contact", gettext_lazy("Kontakt"), "text", hint=gettext_lazy("Stelle oder Funktion, kein Name"))


def _cover(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(COVER_LABEL))
    entries = (
        (_("Herausgeber"), text_in(part.options, "publisher") or settings.OPERATOR["name"]),
        (_("Ausgabe"), text_in(part.options, "edition")),
        (_("Zahlen"), origin_of(making.stand.release, "/").release),
        (_("Aktionsplan"), _("Stand %(day)s") % {"day": date_format(making.day, "DATE_FORMAT")}),
        (_("Kontakt"), text_in(part.options, "contact")),
    )
    return (Terms(tuple((word, runs(said)) for word, said in entries if said), "head"),)


def _summary(part: Part, making: Making) -> Sequence[Block]:
    """Sentences of the pages about the indicators that tell most, and about what the analyses found."""
    making.step(str(SUMMARY_LABEL))
    level = level_in(SUMMARY_LABEL, part.options)
    if level is None:
        return ()
    asked = indicators_in(SUMMARY_LABEL, part.options.get("indicators")) or _telling()
    found = told(asked, level, making)
    for one in found:
        show(making, one.indicator, [*one.figures.values(), one.city])
    blocks: list[Block] = [sentence_items(found)] if found else []
    said = [*_typology(making), *_screening(making)]
    if said:
        blocks += [Heading(2, _("Wo die Lage ungünstig ist")), Items(tuple(runs(text) for text in said))]
    if blocks:
        blocks.append(Paragraph(runs(_honest()), "caption"))
    return blocks


def _telling() -> list[Indicator]:
    """The indicators with a place in the catalogue's order of what tells most."""
    ranked = [i for i in Indicator.objects.select_related("dimension", "source") if "priority" in i.headline]
    return sorted(ranked, key=lambda i: (i.headline["priority"], i.slug))[:MOST_TELLING]


def _typology(making: Making) -> list[str]:
    try:
        page = typology_page({"stand": making.stand.asked})
    except (NothingStored, AskedWrongly):
        return []
    return [page.lead]


def _screening(making: Making) -> list[str]:
    try:
        page = screening_page({"stand": making.stand.asked}, making.day)
    except (NothingStored, AskedWrongly):
        return []
    return [text for text in (page.lead, proposal_sentence(page)) if text]


def _honest() -> str:
    return _(
        "Die Sätze sind aus den veröffentlichten Zahlen gebildet. Sie beschreiben Lebensbedingungen, nicht die "
        "Menschen, und sagen nicht, woran etwas liegt."
    )


COVER = Section(
    "title_page",
    COVER_LABEL,
    gettext_lazy("Herausgeber, Ausgabe, Stand der Zahlen."),
    _cover,
    (EDITION, PUBLISHER, CONTACT),
    is_chapter=False,
)
SUMMARY = Section(
    "summary",
    SUMMARY_LABEL,
    gettext_lazy("Was auffällt, in Sätzen aus den Zahlen."),
    _summary,
    (LEVEL, INDICATORS),
    own_page=False,
)
