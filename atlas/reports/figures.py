"""Published figures as cells of a document: the sign for the eye, the number for spreadsheets."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.charts.strip import middle_half
from atlas.profile_rows import ProfileRow
from atlas.reports.document import Block, Cell, Number, Picture, Table, walk
from atlas.reports.drawings import strip_picture
from atlas.reports.number_formats import rounds_to_zero
from atlas.sentences.certainty import certainty_words, interval_short
from indicators.models import Figure, Indicator
from indicators.statuses import SIGN_MEANINGS, SIGNS, Status

_AROUND = {Status.ESTIMATED: ("(", ")"), Status.JOINT: ("", numbers.JOINT)}


def figure_cell(figure: Figure | None, indicator: Indicator, *, with_unit: bool = True, note: str = "") -> Cell:
    """A figure as its page shows it; None is not known. `note` stands below it instead of the interval."""
    value, status = (figure.value, Status(figure.status)) if figure else (None, Status.MISSING)
    text = numbers.cell(value, status, indicator.decimals, get_language())
    unit = indicator.unit_label if with_unit else ""
    return Cell(
        text=numbers.with_unit(text, unit),
        number=_number(value, status, indicator.decimals, text, unit),
        note=note or interval_text(figure, indicator),
    )


def _number(value: Decimal | None, status: Status, decimals: int, text: str, unit: str) -> Number | None:
    if value is None:
        return None
    before, after = _AROUND.get(status, ("", ""))
    bare = text.removeprefix(before).removesuffix(after)
    is_sign = status == Status.ZERO or (bare == "0" and decimals > 0)
    marked = numbers.with_unit(text, unit).removeprefix(before).removeprefix(bare)
    return Number(value, decimals, before, marked, sign=text if is_sign else "")


def interval_text(figure: Figure | None, indicator: Indicator) -> str:
    """Between which numbers it lies with 95 % certainty; "" where that is not known."""
    if figure is None or figure.lower is None:
        return ""
    return interval_short(figure.lower, figure.upper, indicator.decimals, get_language())


def change_cell(change: Decimal | None, decimals: int, *, note: str = "") -> Cell:
    """A change with its sign."""
    text = numbers.format_signed(change, decimals, get_language())
    return Cell(text, None if change is None else Number(change, decimals, signed=True), note)


def signs_in(blocks: Sequence[Block]) -> set[str]:
    """The table signs (keys of `SIGN_MEANINGS`) that stand in any table of these blocks."""
    cells = _cells(blocks)
    found = {cell.text for cell in cells if not cell.number} & set(SIGNS.values())  # a letter of a map is no sign
    found |= {cell.number.sign for cell in cells if cell.number}
    found |= {"0" for cell in cells if cell.number and cell.number.value and rounds_to_zero(cell.number)}
    found |= {"( )" for cell in cells if cell.number and cell.number.before == "("}
    found |= {"J" for cell in cells if cell.number and cell.number.after.endswith(numbers.JOINT)}
    return found & {sign for sign, _meaning in SIGN_MEANINGS}


def tells_shaky(blocks: Sequence[Block]) -> bool:
    """Whether any table of these blocks marks a difference that may be chance."""
    return any(shaky_word(True) in cell.note for cell in _cells(blocks))


def _cells(blocks: Sequence[Block]) -> list[Cell]:
    """All cells of all tables but the heads of rows."""
    tables = (block for block in walk(blocks) if isinstance(block, Table))
    return [cell for table in tables for group in table.groups for row in group.rows for cell in row.cells[1:]]


def shaky_word(is_shaky: bool) -> str:
    """The mark of a difference that may be chance."""
    return certainty_words(get_language())["shaky"] if is_shaky else ""


def strip_of(row: ProfileRow) -> Picture | None:
    """Where the area of a row lies among all areas of its level."""
    here = None if row.value is None or row.figure is row.city else float(row.value)
    sure = None
    if here is not None and row.figure.lower is not None:
        sure = (float(row.figure.lower), float(row.figure.upper))
    return strip_picture(row.spread, here=here, city=row.city_in_spread, text=_strip_words(row), interval=sure)


def _strip_words(row: ProfileRow) -> str:
    if len(row.spread) < 2:
        return ""
    words = {"low": _written(row, row.spread[0]), "high": _written(row, row.spread[-1]), "count": len(row.spread)}
    text = _("%(count)s Gebiete mit Werten von %(low)s bis %(high)s") % words
    half = middle_half(row.spread)
    if half:
        text += _(", die mittlere Hälfte von %(low)s bis %(high)s") % {
            "low": _written(row, half[0]),
            "high": _written(row, half[1]),
        }
    return text


def _written(row: ProfileRow, value: float) -> str:
    return numbers.format_number(value, row.indicator.decimals, get_language())
