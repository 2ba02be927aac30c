"""The end of a compiled document: what its signs mean, how sure its numbers are, definitions, sources. Once for all."""

from collections.abc import Sequence

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from atlas.reports.compilation import Part
from atlas.reports.document import Beside, Block, Heading, Small, Terms, runs
from atlas.reports.figures import signs_in, tells_shaky
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
        about = (*_signs(found, making.blocks), *_sources(found))
        return (Small(about),) if about else ()
    secret = [indicator.label for indicator in found.secret.values()]
    certain = tuple(certainty_blocks(secret, has_intervals=found.has_intervals))
    top = Beside(certain, _signs(found, making.blocks), 0.45)
    return (Small((top, *_definitions(found), *_sources(found))),)


def _signs(found: Shown, before: Sequence[Block]) -> tuple[Block, ...]:
    """What was told by sections, and what stands in any table before: no section can forget a sign."""
    used = found.signs | signs_in(before)
    entries = [(sign, runs(str(said))) for sign, said in SIGN_MEANINGS if sign in used]
    if tells_shaky(before):
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
