"""The end of a profile: what the signs mean, how sure the numbers are, what the indicators are, who they are from."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from areas.models import Source
from atlas.profile import AreaProfile
from atlas.profile_page import composition, notes, used_signs
from atlas.recut import recut_sentence
from atlas.reports.document import Beside, Block, Heading, Items, Paragraph, Runs, Small, Terms, Text, plain, runs
from atlas.reports.figures import signs_in
from indicators.statuses import SECRET

Entry = tuple[str, Runs]
LOOK_AHEAD = 6  # terms among which the neighbour of one is looked for; they stay near their theme
COLUMN_LETTERS = 92  # in a line of a column of definitions


def note_blocks(
    profile: AreaProfile, before: Sequence[Block] = (), sources: Sequence[Source] = ()
) -> tuple[Block, ...]:
    """Signs, certainty, shape of the area, definitions, sources; `before` are the blocks whose signs are explained."""
    top = Beside(_certainty(profile), (*_signs(profile, before), *_shape(profile)), 0.45)
    blocks = (top, *_definitions(profile), *source_blocks(sources))
    return (Heading(1, _("Was die Zahlen bedeuten")), Small(blocks))


def area_note_blocks(profile: AreaProfile) -> tuple[Block, ...]:
    """What holds for this area alone, where signs, definitions and sources are said elsewhere."""
    shape = (Heading(1, _("Zuschnitt des Gebiets")), Small(_shape(profile)[1:]))
    said = tuple(runs(note) for note in notes(profile))
    return (*shape, Heading(1, _("Hinweise zu den Zahlen")), Small((Items(said),))) if said else shape


def _certainty(profile: AreaProfile) -> tuple[Block, ...]:
    rows = profile.figures.rows
    has_intervals = any(row.figure and row.figure.lower is not None for row in rows)
    secret = [row.indicator.label for row in rows if row.status in SECRET]
    blocks = certainty_blocks(secret, has_intervals=has_intervals)
    said = notes(profile)
    if said:
        blocks.append(Items(tuple(runs(note) for note in said)))
    return tuple(blocks)


def certainty_blocks(secret: Iterable[str], *, has_intervals: bool) -> list[Block]:
    """How sure numbers are, and which indicators (their names) have secret ones."""
    blocks: list[Block] = [Heading(2, _("Wie sicher?"))]
    known = _(
        "Unter Zahlen aus bekannten Fällen steht, zwischen welchen Werten sie mit 95 % Sicherheit liegen. "
        "Wo nichts steht, ist das Intervall nicht bekannt."
    )
    unknown = _(
        "Das Intervall, in dem die Werte mit 95 % Sicherheit liegen, ist nicht bekannt: "
        "Die Zahlen dahinter sind nicht veröffentlicht."
    )
    blocks.append(Paragraph(runs(known if has_intervals else unknown)))
    names = ", ".join(secret)
    if names:
        said = _("Geheim zu halten, damit niemand zu erkennen ist: %(names)s.") % {"names": names}
        blocks.append(Paragraph(runs(said)))
    return blocks


def _signs(profile: AreaProfile, before: Sequence[Block]) -> tuple[Block, ...]:
    used = used_signs(profile.figures.rows, signs_in(before))
    entries = tuple((sign, runs(str(said))) for sign, said in used)
    return (Heading(2, _("Zeichen")), Terms(entries, "signs")) if entries else ()


def _shape(profile: AreaProfile) -> tuple[Block, ...]:
    area = profile.area
    recut = f" {recut_sentence(profile.recut)}" if profile.recut else ""
    note = Text(f" {area.note}.", language="de") if area.note else ""
    said = runs(f"{composition(area)}{recut}", note)
    return (Heading(2, _("Zuschnitt des Gebiets")), Paragraph(said))


def _definitions(profile: AreaProfile) -> tuple[Block, ...]:
    entries = tuple((f"{row.indicator.label}.", runs(row.indicator.explanation)) for row in profile.figures.rows)
    return (Heading(2, _("Definitionen")), Terms(paired(entries), "pairs"))


def paired(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Terms for two columns: beside each one of the next that is about as long, so that little paper stays empty."""
    left, found = list(entries), []
    while left:
        first = left.pop(0)
        near = [abs(_lines(entry) - _lines(first)) for entry in left[:LOOK_AHEAD]]
        found += [first, *([left.pop(near.index(min(near)))] if near else [])]
    return tuple(found)


def _lines(entry: Entry) -> int:
    term, said = entry
    return -(-(len(term) + len(plain(said))) // COLUMN_LETTERS)


def source_blocks(found: Iterable[Source]) -> tuple[Block, ...]:
    """Sources with publisher, state and licence, one behind the other."""
    parts: list[Text | str] = []
    for source in found:
        state = f" ({source.state})" if source.state else ""
        licence = f", {source.licence}" if source.licence else ""
        estimate = f", {_('Schätzung')}" if source.is_estimate else ""
        parts += [" · " if parts else "", f"{source.label}, ", Text(f"{source.publisher}{state}", language="de")]
        parts.append(f"{licence}{estimate}")
    return (Heading(2, _("Quellen")), Paragraph(runs(*parts)))
