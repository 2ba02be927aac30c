"""What the planner sent back of the form of `mapping_form`, as a mapping again."""

from collections.abc import Mapping as Words
from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.intake.findings import ERROR, Finding, Refusal, refuse
from indicators.intake.mapping import Column, Mapping, Table
from indicators.intake.numbers import DEFAULT_SIGNS, MAX_DECIMALS, NumberRules
from indicators.mapping_form import MOST_COLUMNS

LAST_ROW = 10_000_000  # no format has more


def read_mapping(posted: Words[str, str], base: Mapping) -> tuple[Mapping, list[Finding]]:
    """The mapping that the planner sent, over the one that she saw, and what she has to put right in it.

    A field that cannot be read keeps what it said before, so that the others are not lost. Raises `Refusal` when the
    form belongs to another mapping or holds what no form sends.
    """
    faults: list[Finding] = []
    posted = {name: text.replace("\x00", "") for name, text in posted.items()}
    tables = [_read_table(posted, number, table, faults) for number, table in enumerate(base.tables)]
    read = replace(
        base,
        layout=posted.get("layout", base.layout),
        tables=tuple(tables),
        level=posted.get("level", base.level),
        indicator=posted.get("indicator", base.indicator),
        period=posted.get("period", base.period).strip(),
        numbers=_read_numbers(posted, base.numbers),
        level_words=_answered(base.level_words, posted, "level_word"),
        area_words=_answered(base.area_words, posted, "area_word"),
        indicator_words=_answered(base.indicator_words, posted, "indicator_word"),
        fill_down=_read_flag(posted, "fill_down", base.fill_down),
        skip_totals=_read_flag(posted, "skip_totals", base.skip_totals),
    )
    mapping = Mapping.from_json(read.to_json())
    if not mapping.read_tables:
        found, expected = _("Alle Blätter stehen auf „nicht lesen“."), _("mindestens ein Blatt, das gelesen wird")
        faults.append(Finding(ERROR, "no_tables", found, expected))
    return mapping, faults


def _read_table(posted: Words[str, str], number: int, table: Table, faults: list[Finding]) -> Table:
    name = f"t{number}"
    if posted.get(f"{name}-sheet", table.sheet) != table.sheet:
        raise _outdated()
    columns = {column.index: column for column in table.columns}
    for index in range(1, MOST_COLUMNS + 1):
        role = posted.get(f"{name}-c{index}-role")
        if role is not None:
            columns[index] = replace(
                columns.get(index, Column(index)),
                role=role,
                indicator=posted.get(f"{name}-c{index}-indicator", ""),
                period=posted.get(f"{name}-c{index}-period", "").strip(),
            )

    def row(field: str, usual: int | None) -> int | None:
        return _row(posted.get(f"{name}-{field}"), usual, table.sheet, faults)

    return replace(
        table,
        columns=tuple(columns[index] for index in sorted(columns)),
        header_first=row("header_first", table.header_first) or 0,
        header_last=row("header_last", table.header_last) or 0,
        first_row=row("first_row", table.first_row) or 1,
        last_row=row("last_row", table.last_row),
        level=posted.get(f"{name}-level", table.level),
        indicator=posted.get(f"{name}-indicator", table.indicator),
        period=posted.get(f"{name}-period", table.period).strip(),
        is_read=posted.get(f"{name}-used", "1" if table.is_read else "0") == "1",
    )


def _outdated() -> Refusal:
    return refuse(
        "mapping_outdated",
        _("Die Zuordnung dieser Datei wurde inzwischen geändert."),
        _("die Zuordnung, die Sie gesehen haben"),
        _("Laden Sie die Seite neu."),
    )


def _read_numbers(posted: Words[str, str], rules: NumberRules) -> NumberRules:
    signs = dict(rules.signs)
    for sign in {**DEFAULT_SIGNS, **rules.signs}:
        signs[sign] = posted.get(f"sign-{sign}", signs.get(sign, DEFAULT_SIGNS.get(sign, "missing")))
    return replace(
        rules,
        decimal=posted.get("decimal", rules.decimal),
        signs=signs,
        zero=posted.get("zero", rules.zero),
        brackets=posted.get("brackets", rules.brackets),
        round_to=_rounding(posted, rules.round_to),
    )


def _rounding(posted: Words[str, str], usual: int | None) -> int | None:
    text = posted.get("round_to")
    if text is None:
        return usual
    return int(text) if text in {str(n) for n in range(MAX_DECIMALS + 1)} else None


def _answered(before: dict[str, str], posted: Words[str, str], prefix: str) -> dict[str, str]:
    """Answers to questions such as "Which indicator is meant by »SGB II«?": pairs of hidden word and chosen slug.

    A word left open has no meaning any more; words that were not asked keep theirs.
    """
    answers = dict(before)
    number = 0
    while (word := posted.get(f"{prefix}-{number}-word")) is not None:
        answers.pop(word, None)
        if meant := posted.get(f"{prefix}-{number}-meant", ""):
            answers[word] = meant
        number += 1
    return answers


def _read_flag(posted: Words[str, str], name: str, usual: bool) -> bool:
    """A check box: unticked boxes are not sent, so a hidden field tells that the box was there."""
    return name in posted if f"{name}-shown" in posted else usual


def _row(text: str | None, usual: int | None, sheet: str, faults: list[Finding]) -> int | None:
    """A row number; None for an empty field. What is no row stays as it was and is a fault."""
    if text is None:
        return usual
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= 8 and int(text) <= LAST_ROW:
        return int(text)
    found = _("„%(text)s“ ist keine Zeile.") % {"text": text[:40]}
    expected = _("eine Zeilennummer wie 4, oder ein leeres Feld")
    faults.append(Finding(ERROR, "row_number", found, expected, sheet=sheet))
    return usual
