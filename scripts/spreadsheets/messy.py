"""Spreadsheets that can be read, each with one trouble that its name tells."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from .clean import save_csv, save_xlsx, wide_by_year_rows
from .material import MARK, YEARS, areas, count, german, rate

HEAD = ["Schlüssel", "Sozialraum"]
TITLE = "Arbeitslosenquote nach Sozialräumen 2024"


def rows_with(cell, level: str = "sozialraum") -> list[list]:
    """A title, a header and one value per area, made by `cell(number, code)`."""
    body = [[code, name, cell(number, code)] for number, (code, name) in enumerate(areas(level))]
    return [[f"{TITLE} ({MARK})"], [], [*HEAD, "Wert"], *body]


def texts(*samples: str):
    """The samples in turn, then plain numbers."""
    return lambda number, code: samples[number] if number < len(samples) else german(rate(code))


def merged_headers(path: Path) -> Path:
    """Two header rows: indicators merged over their years."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tabelle1")
        sheet.merge_range("A1:F1", f"Soziale Lage der Sozialräume ({MARK})")
        sheet.merge_range("A3:A4", "Schlüssel")
        sheet.merge_range("B3:B4", "Sozialraum")
        for column, name in ((2, "Arbeitslosenquote"), (4, "Transferleistungsquote")):
            sheet.merge_range(2, column, 2, column + 1, name)
            for offset, year in enumerate(YEARS[-2:]):
                sheet.write_number(3, column + offset, year)
        for number, (code, name) in enumerate(areas(), 4):
            sheet.write_row(number, 0, [code, name])
            sheet.write_row(number, 2, [float(rate(code, y, s)) for s in (0, 1) for y in YEARS[-2:]])
    return path


def merged_areas(path: Path) -> Path:
    """The area stands once, merged over its years."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tabelle1")
        sheet.write_row(0, 0, ["Schlüssel", "Sozialraum", "Jahr", "Arbeitslosenquote"])
        for number, (code, name) in enumerate(areas()):
            first = 1 + 3 * number
            sheet.merge_range(first, 0, first + 2, 0, code)
            sheet.merge_range(first, 1, first + 2, 1, name)
            for offset, year in enumerate(YEARS[-3:]):
                sheet.write_row(first + offset, 2, [year, float(rate(code, year))])
    return path


def offset_table(path: Path) -> Path:
    """The table begins in C6, with empty rows and columns around and between."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tabelle1")
        sheet.write_string("C2", f"{TITLE} ({MARK})")
        sheet.write_row("C5", ["Schlüssel", "Sozialraum", "", "Wert in %"])
        for number, (code, name) in enumerate(areas()):
            sheet.write_row(6 + number + number // 10, 2, [code, name, "", float(rate(code))])
    return path


def footnotes_and_totals() -> list[list]:
    """Below the table: totals, an empty row, footnotes, the source, a key of signs."""
    rows = rows_with(lambda _number, code: float(rate(code)))
    rows[2][2] = "Wert 1)"
    below = [["", "Dortmund insgesamt", 12.9], [], ["1) Anteil an den Erwerbspersonen"], ["– = genau null"]]
    return [*rows, *below, ["Quelle: erfunden"], ["", "", "", "Seite 1"]]


def percent_xlsx(path: Path) -> Path:
    """Shares stored as 0.125 and shown as 12,5 %."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tabelle1")
        percent = book.add_format({"num_format": "0.0%"})
        for number, row in enumerate(rows_with(lambda _number, code: float(rate(code) / 100))):
            sheet.write_row(number, 0, row[:2])
            if len(row) > 2:
                sheet.write(number, 2, row[2], percent if number > 2 else None)
    return path


def percent_xls(path: Path) -> Path:
    """The same in an old workbook."""
    book, style = xlwt.Workbook(), xlwt.easyxf(num_format_str="0.0%")
    sheet = book.add_sheet("Tabelle1")
    for number, row in enumerate(rows_with(lambda _number, code: float(rate(code) / 100))):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell, *([style] if isinstance(cell, float) else []))
    book.save(str(path))
    return path


def percent_ods(path: Path) -> Path:
    """The same by LibreOffice."""
    document, table = OpenDocumentSpreadsheet(), Table(name="Tabelle1")
    for row in rows_with(lambda _number, code: rate(code) / 100):
        line = TableRow()
        for cell in row:
            if isinstance(cell, Decimal):
                made = TableCell(valuetype="percentage", value=str(cell))
                made.addElement(P(text=f"{german(cell * 100)} %"))
            else:
                made = TableCell(valuetype="string")
                made.addElement(P(text=cell))
            line.addElement(made)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def error_cells(path: Path) -> Path:
    """A formula divides by nothing."""
    book = openpyxl.Workbook()
    for row in rows_with(lambda _number, code: float(rate(code))):
        book.active.append(row)
    book.active["C6"] = "#DIV/0!"
    book.active["C8"] = "#N/A"
    book.save(path)
    return path


def hidden_sheet(path: Path) -> Path:
    """An old sheet is hidden, a cover sheet has no table."""
    rows = rows_with(lambda _number, code: float(rate(code)))
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Deckblatt").write_string("A1", f"Lieferung ({MARK})")
        for name in ("Werte", "alt"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        sheet.hide()
    return path


def years_as_dates(path: Path) -> Path:
    """The years are dates that are shown as years."""
    with xlsxwriter.Workbook(path) as book:
        sheet, style = book.add_worksheet("Tabelle1"), book.add_format({"num_format": "yyyy"})
        sheet.write_string(0, 0, f"Arbeitslosenquote ({MARK})")
        sheet.write_row(1, 0, HEAD)
        for offset, year in enumerate(YEARS[-3:]):
            sheet.write_datetime(1, 2 + offset, date(year, 1, 1), style)
        for number, (code, name) in enumerate(areas(), 2):
            sheet.write_row(number, 0, [code, name, *(float(rate(code, y)) for y in YEARS[-3:])])
    return path


def dates_for_numbers(path: Path) -> Path:
    """Excel has made dates of shares such as 12.5."""
    with xlsxwriter.Workbook(path) as book:
        sheet, style = book.add_worksheet("Tabelle1"), book.add_format({"num_format": "dd.mm."})
        for number, row in enumerate(rows_with(lambda _number, code: float(rate(code)))):
            sheet.write_row(number, 0, row)
        sheet.write_datetime("C6", date(2024, 5, 12), style)
    return path


def two_levels() -> list[list]:
    """Districts and social areas in one table, told apart by a column."""
    rows = [["Ebene", "Schlüssel", "Gebiet", "Jahr", "Arbeitslosenquote"]]
    for level, word in (("stadtbezirk", "Stadtbezirk"), ("sozialraum", "Sozialraum")):
        rows += [[word, code, name, 2024, float(rate(code))] for code, name in areas(level)]
    return rows


def numbering_row() -> list[list]:
    """Columns are numbered below their names, as in printed tables."""
    rows = wide_by_year_rows()
    return [*rows[:3], list(range(1, 10)), *rows[3:]]


def repeated_header() -> list[list]:
    """The header stands again at the top of each printed page."""
    rows = rows_with(lambda _number, code: float(rate(code)))
    return [*rows[:20], rows[2], *rows[20:]]


def ragged(path: Path) -> Path:
    """A stray semicolon, and a row that ends early."""
    lines = [f"{c};{n};{german(rate(c))};2024" for c, n in areas()]
    lines[4] = lines[4].replace("-", ";", 1) if "-" in lines[4] else lines[4] + ";versehentlich"
    lines[7] = ";".join(lines[7].split(";")[:3])
    path.write_text("\r\n".join(["Schlüssel;Sozialraum;Arbeitslosenquote;Jahr", *lines]), encoding="utf-8")
    return path


def wrong_total() -> list[list]:
    """The sum below the districts is not that of its rows."""
    counts = [count(code) for code, _name in areas("stadtbezirk")]
    body = [[code, name, number] for (code, name), number in zip(areas("stadtbezirk"), counts, strict=True)]
    return [[f"Einwohner 2024 ({MARK})"], ["Schlüssel", "Stadtbezirk", "Wert"], *body, ["", "Summe", sum(counts) + 500]]


def groups_without_merging() -> list[list]:
    """Two rows of names in a text file, which cannot say that cells were merged."""
    years = YEARS[-2:]
    head = [["", "", "Arbeitslosenquote", "", "Transferleistungsquote", ""], [*HEAD, *years, *years]]
    return head + [[c, n, *(float(rate(c, y, s)) for s in (0, 1) for y in years)] for c, n in areas()]


def other_unit() -> list[list]:
    """A column says per thousand where the indicator is a percentage."""
    head = ["Schlüssel", "Sozialraum", "Jahr", "Arbeitslosenquote", "Einheit"]
    return [head, *([c, n, 2024, float(rate(c)), "je 1.000"] for c, n in areas())]


def _tables(folder: Path) -> list[Path]:
    """Troubles that show in a plain workbook."""
    noise = rows_with(lambda number, code: 12.30000000000001 if number == 3 else 1 / 3 if number == 5 else 7.5)
    signs = ("–", "-", ".", "...", "x", "X", "*", "/", "k.A.", "k. A.", "..", "", "(12,3)", "n.v.", "0", "−1,5")
    numbers = ("1.234,5", "1 234,5", "1\u202f234,5", "1\u00a0234,5", "12,5 %", " 7,1 ")
    as_numbers = [[int(r[0]) if len(r) > 2 and r[0].isdigit() else r[0], *r[1:]] for r in wide_by_year_rows() if r]
    names = [["Sozialraum", "Arbeitslosenquote 2024"], *([n, float(rate(c))] for c, n in areas())]
    sheets = {
        "footnotes_and_totals_below": footnotes_and_totals(),
        "codes_became_numbers": as_numbers,
        "names_without_codes": names,
        "numbers_as_text": rows_with(texts(*numbers)),
        "signs_instead_of_numbers": rows_with(texts(*signs)),
        "float_noise": noise,
        "columns_are_numbered": numbering_row(),
        "two_levels_in_one_table": two_levels(),
        "total_is_not_the_sum": wrong_total(),
        "unit_is_another": other_unit(),
    }
    return [save_xlsx(folder / f"{name}.xlsx", {"Tabelle1": rows}) for name, rows in sheets.items()]


def _texts(folder: Path) -> list[Path]:
    """Troubles of text tables."""
    units = ("12,5 %", "12,5 1)", "12,5¹", "12,5*", "(12,3)", "12,5 % 2)", "1.234,5 %")
    swiss = ("1’234.5", "1'234.5", "12.5")
    english = [["code", "name", "year", "Arbeitslosenquote"], *([c, n, 2024, str(rate(c))] for c, n in areas())]
    both = [["Gebiet", "Arbeitslosenquote 2024"], *([f"{c} {n}", float(rate(c))] for c, n in areas())]
    typos = rows_with(lambda _number, code: float(rate(code)))
    typos[5][1] = typos[5][1][:-1] + "x"
    thousands = rows_with(lambda _number, code: german(count(code), "."))
    thousands[0][0] = thousands[0][0].replace("Arbeitslosenquote", "Einwohner")
    return [
        save_csv(folder / "units_and_footnote_marks.csv", rows_with(texts(*units))),
        save_csv(folder / "apostrophe_for_thousands.csv", rows_with(lambda n, c: swiss[n] if n < 3 else str(rate(c)))),
        save_csv(folder / "decimal_point_and_commas.csv", english, "utf-8", ","),
        save_csv(folder / "code_and_name_in_one_cell.csv", both),
        save_csv(folder / "one_name_is_mistyped.csv", typos),
        save_csv(folder / "thousands_or_decimals.csv", thousands),
        save_csv(folder / "comma_and_point_mixed.csv", rows_with(texts("12.5", "7,25", "3.75"))),
        save_csv(folder / "no_header.csv", rows_with(lambda _n, c: float(rate(c)))[3:]),
        save_csv(folder / "header_is_repeated.csv", repeated_header(), "cp1252"),
        save_csv(folder / "headers_in_two_rows_unmerged.csv", groups_without_merging()),
        ragged(folder / "ragged_rows.csv"),
    ]


def write(folder: Path) -> list[Path]:
    """All files with one trouble each."""
    disguised = folder / "workbook_named_csv.csv"
    made = [
        merged_headers(folder / "merged_headers_in_two_rows.xlsx"),
        merged_areas(folder / "merged_areas.xlsx"),
        offset_table(folder / "table_begins_in_c5.xlsx"),
        percent_xlsx(folder / "percent_cells.xlsx"),
        percent_xls(folder / "percent_cells.xls"),
        percent_ods(folder / "percent_cells.ods"),
        error_cells(folder / "error_cells.xlsx"),
        hidden_sheet(folder / "hidden_sheet.xlsx"),
        years_as_dates(folder / "years_are_dates.xlsx"),
        dates_for_numbers(folder / "dates_for_numbers.xlsx"),
        *_tables(folder),
        *_texts(folder),
    ]
    shutil.copy(folder / "names_without_codes.xlsx", disguised)
    return [*made, disguised]
