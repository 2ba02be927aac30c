"""One indicator as in a printed atlas: map, legend with counts, definition, source, and the table of all areas."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from areas.models import Source
from atlas.asked import AskedWrongly, only
from atlas.map_page import MapPage, map_page
from atlas.map_reading import NothingPublished, read_state
from atlas.map_state import PARAMETERS, MapView
from atlas.reports.document import Beside, Block, Document, PageBreak, Paragraph, Sheet, Small, Table, runs
from atlas.reports.map_drawing import map_picture, map_shape
from atlas.reports.map_layout import Parts, below, beside, side_by_side
from atlas.reports.map_meaning import certainty_blocks, essential_blocks, how_sentence, meaning_blocks
from atlas.reports.map_tables import areas_table, legend_table
from atlas.reports.origin import NothingToReport, licence_words, origin_of, stand_of, writers_words
from atlas.reports.paper import ABOUT, content_width, first_height
from atlas.stand import Stand

FEW, MANY = 45, 90  # areas up to which a table stands in one piece, and from which it needs many narrow parts
CHAPTER_MAP = 114  # mm: beside it stands the legend, below it the table


def map_sheet_document(query: Mapping[str, str], *, release: str = "", sheet: Sheet | None = None) -> Document:
    """The map that an address of the map page asks for by its parameters, in the state of a release.

    In the language of the request, about 20 queries. Raises `NothingToReport` also for parameters that the page would
    have to put right: a document never shows something else than was asked for.
    """
    stand = stand_of(release)
    page = asked_page(query, stand)
    sheet, state = sheet or Sheet(), page.view.state
    return Document(
        title=page.view.indicator.label,
        kind=_("Thematische Karte"),
        subtitle=sheet_subtitle(page),
        language=get_language(),
        name="-".join(p for p in ("karte", state.indicator, state.level, state.compare, state.period) if p),
        origin=origin_of(
            stand.release,
            state.url(release=stand.release.slug),
            licence=licence_words(map_sources(page.view)),
        ),
        words=writers_words(),
        blocks=sheet_blocks(page, sheet),
        sheet=sheet,
    )


def map_sources(view: MapView) -> list[Source]:
    """The sources of a map: of its figures, and of the boundaries of the areas that it shows. 1 query."""
    boundaries = Source.objects.filter(areas__level=view.level).distinct()
    return list({source.pk: source for source in (view.indicator.source, *boundaries)}.values())


def asked_page(query: Mapping[str, str], stand: Stand) -> MapPage:
    """The page for parameters of an address, in the state of a release. Raises `NothingToReport`."""
    return page_of(asked_view(query, stand), stand)


def page_of(view: MapView, stand: Stand) -> MapPage:
    """The page of a view; areas and action plan are those of the day of the release."""
    return map_page(view, on=timezone.localdate(stand.release.published_at))


def asked_view(query: Mapping[str, str], stand: Stand) -> MapView:
    """The view for parameters of an address, in the state of a release. Raises `NothingToReport`."""
    asked = {name: text for name, text in query.items() if text}
    try:
        only(asked, sorted(PARAMETERS))
        view = read_state(asked | {"stand": stand.release.slug})
    except NothingPublished as error:
        raise NothingToReport(_("Es ist noch nichts veröffentlicht.")) from error
    except AskedWrongly as error:
        raise NothingToReport(str(error)) from error
    if view.wrong:
        raise NothingToReport(str(view.wrong[0]))
    return view


def sheet_subtitle(page: MapPage) -> str:
    """Level and time."""
    state = page.view.state
    time = page.period.label
    if page.is_change:
        time = _("Veränderung {earlier} bis {later}").format(earlier=state.compare, later=state.period)
    return " · ".join((page.view.level.label_plural, time, page.view.indicator.dimension.label))


def sheet_blocks(page: MapPage, sheet: Sheet) -> tuple[Block, ...]:
    """The blocks of one map on a sheet, the map as large as the paper allows.

    On A3 all stand together; on A4, and where there are many areas, the table has a page of its own.
    """
    return tuple(_laid_out(page, sheet))


def map_block(page: MapPage, width: float):
    """The map alone, under the name of its file."""
    state = page.view.state
    return map_picture(page, width, name="-".join(p for p in (state.indicator, state.level, state.period) if p))


def _lead(page: MapPage) -> Paragraph:
    return Paragraph(runs(page.summary), "lead")


def chapter_blocks(page: MapPage, sheet: Sheet) -> tuple[Block, ...]:
    """The same as a chapter of a document that says definitions and sources once at its end.

    On A4 map, legend and table stand on one page where there are not too many areas. Headings begin at level 1.
    """
    if (sheet.size, sheet.landscape) != ("A4", False):
        return sheet_blocks(page, sheet)
    how = Small((Paragraph(runs(how_sentence(page))),))
    if len(page.rows) > MANY:
        under = Beside((legend_table(page),), (how,), 0.54)
        return (_lead(page), map_block(page, 166), under, PageBreak(), _table(page, (1, 2, 3), with_signs=False))
    top = side_by_side((map_block(page, CHAPTER_MAP),), (legend_table(page), how), CHAPTER_MAP, content_width(sheet))
    return (_lead(page), top, _table(page, (2, 3, 3), with_signs=False))


def _laid_out(page: MapPage, sheet: Sheet) -> Iterable[Block]:
    apart = sheet.size == "A4" or len(page.rows) > MANY
    room = first_height(sheet, page.view.indicator.label) - (0 if apart else ABOUT)
    tables = () if apart else _tables(page)
    words = essential_blocks(page, 1) if sheet.size == "A4" else meaning_blocks(page, 1)
    parts = Parts(_lead(page), legend_table(page), words, tables)
    shape = map_shape(page)
    drawn = partial(map_block, page)
    blocks = (beside if sheet.landscape else below)(parts, drawn, shape, content_width(sheet), room)
    if not apart:
        return blocks
    across = _APART[sheet.size, sheet.landscape]
    return (*blocks, PageBreak(), _table(page, across), *(_certainty(page) if sheet.size == "A4" else ()))


def _tables(page: MapPage) -> tuple[Table, ...]:
    """The table in one part and in several, the fewest first."""
    first = 1 + (len(page.rows) > FEW // 2)
    wide = [areas_table(page, across=across) for across in range(first, 4)]
    return (*wide, *(replace(wide[-1], across=across) for across in (4, 5)))


def _table(page: MapPage, across: tuple[int, int, int], *, with_signs: bool = True) -> Table:
    """The table in as many parts side by side as few, some or many areas need."""
    count = len(page.rows)
    return areas_table(page, across=across[(count > FEW) + (count > MANY)], with_signs=with_signs)


def _certainty(page: MapPage) -> tuple[Block, ...]:
    said = certainty_blocks(page, 1)
    return (Small(said),) if said else ()


# In how many parts the table stands that has a page of its own: for few areas, for some, for many.
_APART = {
    ("A4", False): (1, 2, 3),
    ("A4", True): (2, 3, 5),
    ("A3", False): (2, 3, 4),
    ("A3", True): (2, 3, 4),
}
