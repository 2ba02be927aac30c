"""The end of a compiled document: what its signs mean, how sure its numbers are, definitions, sources. Once for all."""

from collections.abc import Sequence

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from atlas.reports.compilation import Part
from atlas.reports.document import Beside, Block, Heading, Small, Terms, runs
from atlas.reports.profile_notes import certainty_blocks, paired, source_blocks
from atlas.reports.sections.section import Making, Section
from atlas.reports.sections.shown import Shown, shown_in
from atlas.sentences.certainty import shaky_sign
from indicators.statuses import SIGN_MEANINGS

LABEL = gettext_lazy("Was die Zahlen bedeuten")


def _build(_part: Part, making: Making) -> Sequence[Block]:
    making.step(str(LABEL))
    found = shown_in(making)
    if not found.indicators:
        return (Small(_sources(found)),) if found.sources else ()
    secret = [indicator.label for indicator in found.secret.values()]
    certain = tuple(certainty_blocks(secret, has_intervals=found.has_intervals))
    top = Beside(certain, _signs(found), 0.45)
    return (Small((top, *_definitions(found), *_sources(found))),)


def _signs(found: Shown) -> tuple[Block, ...]:
    entries = [(sign, runs(str(said))) for sign, said in SIGN_MEANINGS if sign in found.signs]
    if found.has_shaky:
        sign, said = shaky_sign(get_language())
        entries.append((sign, runs(said)))
    return (Heading(2, _("Zeichen")), Terms(tuple(entries), "signs")) if entries else ()


def _definitions(found: Shown) -> tuple[Block, ...]:
    entries = tuple((f"{one.label}.", runs(one.explanation)) for one in found.indicators.values() if one.explanation)
    return (Heading(2, _("Definitionen")), Terms(paired(entries), "pairs")) if entries else ()


def _sources(found: Shown) -> tuple[Block, ...]:
    ordered = sorted(found.sources.values(), key=lambda source: (source.order, source.title))
    return source_blocks(ordered) if ordered else ()


SECTION = Section(
    "notes",
    LABEL,
    gettext_lazy("Zeichen, Sicherheit, Definitionen und Quellen von allem, was im Bericht steht."),
    _build,
    own_page=False,
)
