"""How the areas of the plan developed beside city and similar areas, with what that can and cannot show."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atlas.reports.compilation import Part
from atlas.reports.document import Block, Cell, Column, Items, Note, Paragraph, Row, RowGroup, Runs, Table, Text, runs
from atlas.reports.figures import change_cell
from atlas.reports.sections.reading import INDICATORS, indicators_in
from atlas.reports.sections.section import Making, Section, wrong
from atlas.reports.sections.shown import show
from atlas.selectors.effect import Development, EffectPage, effect_page
from atlas.templatetags.effect import effect_range
from indicators.definitions import screened_indicators
from indicators.models import Indicator

LABEL = gettext_lazy("Entwicklung im Vergleich")
MOST = 6  # indicators side by side


def _build(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(LABEL))
    choices = screened_indicators()
    asked = indicators_in(LABEL, part.options.get("indicators")) or choices
    known = {indicator.pk for indicator in choices}
    for indicator in asked:
        if indicator.pk not in known:
            expected = ", ".join(one.slug for one in choices)
            raise wrong(LABEL, INDICATORS.label, indicator.slug, expected)
    pages = [effect_page(one, choices, on=making.day, moment=making.stand.moment) for one in asked[:MOST]]
    pages = [page for page in pages if page is not None and page.developments]
    if not pages:
        return ()
    for page in pages:
        show(making, page.indicator)
    steps = Items(tuple(_steps(page) for page in pages))
    matched = [page for page in pages if page.matched]
    return (_limits(), _changes(pages), steps, *([_beside_similar(matched)] if matched else []))


def _limits() -> Note:
    """What such numbers can show; the words of the page."""
    never = _("Diese Zahlen zeigen keine Wirkung und keine Wirkungslosigkeit.")
    why = _(
        "Aktionsräume wurden ausgewählt, weil ihre Lage ungünstig war. Wer tief steht, bewegt sich oft auch ohne Hilfe "
        "zur Mitte; wer wegzieht und zuzieht, verändert ein Gebiet ebenso wie ein Projekt. Und ohne Plan wäre es "
        "vielleicht schlechter gekommen."
    )
    shown = _(
        "Gezeigt wird nur, ob sich ein Gebiet anders entwickelt hat als Gebiete, die vorher ähnlich waren und nie zum "
        "Plan gehörten, und ob der Unterschied größer ist als unter Gebieten ohne Plan üblich."
    )
    return Note("", (Paragraph(runs(Text(never, strong=True), f" {why}")), Paragraph(runs(shown))))


def _steps(page: EffectPage) -> Runs:
    words = {"nearer": page.nearer, "further": page.further, "earlier": page.earlier.code, "later": page.later.code}
    said = _(
        "Von allen Aktionsräumen kamen von %(earlier)s bis %(later)s %(nearer)s dem Wert der Stadt näher, %(further)s "
        "entfernten sich."
    )
    return runs(Text(f"{page.indicator.label}: ", strong=True), said % words)


def _changes(pages: Sequence[EffectPage]) -> Table:
    """One row for each area of the plan, with the change of each indicator; the city below."""
    areas = {one.area.code: one.area for page in pages for one in page.developments}
    found = [{one.area.code: one for one in page.developments} for page in pages]
    rows = []
    for code in sorted(areas):
        cells = (_change(of.get(code), page.indicator) for of, page in zip(found, pages, strict=True))
        rows.append(Row((Cell(areas[code].name, note=code), *cells)))
    city = (_change_cell(page.city_change, page.indicator) for page in pages)
    rows.append(Row((Cell(_("Stadt")), *city), is_total=True))
    heads = (Column(_head(page), "number", 14) for page in pages)
    return Table(
        name=str(LABEL),
        caption=_("Veränderungen in den Aktionsräumen und in der Stadt"),
        columns=(Column(_("Aktionsraum"), "text", 30), *heads),
        groups=(RowGroup("", tuple(rows)),),
        notes=(runs(_("Veränderung in der Einheit des Indikators, bei Anteilen in Prozentpunkten.")),),
        dense=True,
    )


def _head(page: EffectPage) -> str:
    words = {"name": page.indicator.label, "earlier": page.earlier.code, "later": page.later.code}
    return _("%(name)s, %(earlier)s bis %(later)s") % words


def _change(one: Development | None, indicator: Indicator) -> Cell:
    return Cell() if one is None else _change_cell(one.change, indicator)


def _change_cell(change: Decimal | None, indicator: Indicator) -> Cell:
    return Cell(_("nicht vergleichbar")) if change is None else change_cell(change, indicator.decimals)


def _beside_similar(pages: Sequence[EffectPage]) -> Table:
    """Areas of which something is known from before they joined, beside those that were like them."""
    columns = (
        Column(_("Aktionsraum"), "text", 24),
        Column(_("Veränderung hier"), "number", 13),
        Column(_("in ähnlichen Gebieten, im Mittel"), "number", 17),
        Column(_("Unterschied"), "number", 13),
        Column(_("ohne Plan üblich"), "text", 17),
        Column(_("Was das heißt"), "text", 26),
    )
    note = _(
        "Zum Vergleich stehen Sozialräume, die nie zum Plan gehörten; jeweils die fünf, die vorher am "
        "ähnlichsten waren."
    )
    like = {one.area.code: one for page in pages for one in page.matched}
    said = [
        _("Ähnlich wie %(name)s: %(names)s.") % {"name": one.area.name, "names": ", ".join(a.name for a in one.like)}
        for _code, one in sorted(like.items())
    ]
    return Table(
        name=_("Ähnliche Gebiete"),
        caption=_("Verglichen mit ähnlichen Gebieten"),
        columns=columns,
        groups=tuple(
            RowGroup(_head(page), tuple(_matched(one, page.indicator) for one in page.matched)) for page in pages
        ),
        notes=tuple(runs(text) for text in (note, *said)),
        dense=True,
    )


def _matched(one: Development, indicator: Indicator) -> Row:
    unusual = _("größer als üblich; woran das liegt, sagen die Zahlen nicht")
    usual = _("kommt auch ohne Plan vor")
    since = _("seit %(day)s") % {"day": date_format(one.joined, "SHORT_DATE_FORMAT")}
    return Row(
        (
            Cell(one.area.name, note=since),
            change_cell(one.change, indicator.decimals),
            _mean(one.beside.like_change, indicator),
            _mean(one.beside.difference, indicator),
            Cell(str(effect_range(one.beside, indicator))),
            Cell(unusual if one.beside.is_unusual else usual),
        )
    )


def _mean(value: float, indicator: Indicator) -> Cell:
    return change_cell(Decimal(str(value)).quantize(Decimal(1).scaleb(-indicator.decimals)), indicator.decimals)


SECTION = Section(
    "plan_effect",
    LABEL,
    gettext_lazy("Wie sich Aktionsräume neben der Stadt und neben ähnlichen Gebieten entwickelten."),
    _build,
    (INDICATORS,),
    own_page=False,
)
