"""Files that must be refused, named by the reason."""

import struct
import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt

from .clean import long_rows, save_csv, save_xlsx, wide_by_year_rows

DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
LINK = b'<Relationships><Relationship Id="rId1" Target="file:///C:/Daten/Mappe2.xlsx"/></Relationships>'
SHEET = "xl/worksheets/sheet1.xml"


def _plain(path: Path) -> Path:
    return save_xlsx(path, {"Tabelle1": wide_by_year_rows()})


def repacked(path: Path, extra: dict[str, bytes] | None = None, change=None) -> Path:
    """A good workbook with parts added or changed."""
    good = _plain(path.with_suffix(".good"))
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            raw = source.read(part)
            target.writestr(part, change(part, raw) if change else raw)
        for part, raw in (extra or {}).items():
            target.writestr(part, raw)
    good.unlink()
    return path


def zip_bomb(path: Path) -> Path:
    """A few hundred kilobytes that unpack to more than 600 MB."""
    zeros = bytes(1 << 24)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(SHEET, "w", force_zip64=True) as part:
            for _piece in range(40):
                part.write(zeros)
    return path


def huge(path: Path, size: int = 200 * 1024 * 1024) -> Path:
    """200 MB; sparse, so it costs no room on the disk."""
    with path.open("wb") as file:
        file.write(b"Gebiet;Wert\n")
        file.truncate(size)
    return path


def password(path: Path) -> Path:
    """A container as Excel writes it around an encrypted workbook: the name of its stream says so."""
    book = xlwt.Workbook()
    book.add_sheet("Tabelle1").write(0, 0, "x")
    book.save(str(path))
    raw = bytearray(path.read_bytes())
    at = raw.find("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    raw[at : at + 64] = name.ljust(64, b"\0")
    struct.pack_into("<H", raw, at + 64, len(name) + 2)
    path.write_bytes(raw)
    return path


def formulas(path: Path) -> Path:
    """Written by a program that does not calculate."""
    book = openpyxl.Workbook()
    book.active.append(["Schlüssel", "Sozialraum", "Arbeitslosenquote 2024"])
    for number in range(2, 20):
        book.active.append([f"0{number}", "Test", f"=A{number}*2"])
    book.save(path)
    return path


def far_cell(path: Path) -> Path:
    """One lost cell at the far end, for which a careless reader makes room for 17 billion cells."""
    book = openpyxl.Workbook()
    book.active["A1"] = "Schlüssel"
    book.active["XFD1048576"] = 1
    book.save(path)
    return path


def long_texts(path: Path) -> Path:
    """One text of 30,000 letters, shown by 20,000 cells: small on the disk, 600 MB in memory."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tabelle1")
        for row in range(20_000):
            sheet.write_string(row, 0, "x" * 30_000)
    return path


def formula_to_elsewhere(path: Path) -> Path:
    """A formula that names another file in itself, as programs write it that keep no list of links."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tabelle1")
        for row, cells in enumerate(wide_by_year_rows()):
            sheet.write_row(row, 0, cells)
        sheet.write_formula("C4", "='C:\\Zahlen\\[Mappe3.xlsx]Tabelle1'!A1", None, 7.5)
    return path


def _package(path: Path, *parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return path


def _raw(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def _damaged(folder: Path) -> list[Path]:
    whole = _plain(folder / "whole.tmp")
    raw = whole.read_bytes()
    whole.unlink()
    cut = repacked(folder / "broken_xml.xlsx", change=lambda part, raw: raw[:-40] if part == SHEET else raw)
    return [cut, _raw(folder / "truncated.xlsx", raw[: len(raw) // 2])]


def _packages(folder: Path) -> list[Path]:
    link = {"xl/externalLinks/externalLink1.xml": b"<x/>", "xl/externalLinks/_rels/externalLink1.xml.rels": LINK}
    two = folder / "two_tables.zip"
    with zipfile.ZipFile(two, "w") as archive:
        archive.writestr("a.csv", "x;y")
        archive.writestr("b.csv", "x;y")
    return [
        repacked(folder / "macro.xlsm", {"xl/vbaProject.bin": b"VBA"}),
        repacked(folder / "macro_named_xlsx.xlsx", {"xl/vbaProject.bin": b"VBA"}),
        repacked(folder / "external_links.xlsx", link),
        formula_to_elsewhere(folder / "external_formula.xlsx"),
        repacked(
            folder / "entities.xlsx",
            change=lambda part, raw: DOCTYPE + raw.split(b"?>", 1)[1] if part == SHEET else raw,
        ),
        zip_bomb(folder / "zip_bomb.xlsx"),
        _package(folder / "word_named_xlsx.xlsx", "[Content_Types].xml", "word/document.xml"),
        _package(folder / "binary_workbook.xlsb", "[Content_Types].xml", "xl/workbook.bin"),
        two,
    ]


def write(folder: Path) -> list[Path]:
    """All files that must be refused."""
    csv = save_csv(folder / "csv.tmp", long_rows(), "utf-8")
    text = csv.read_bytes()
    csv.unlink()
    return [
        *_damaged(folder),
        *_packages(folder),
        huge(folder / "two_hundred_megabytes.csv"),
        password(folder / "password.xlsx"),
        formulas(folder / "formulas_without_values.xlsx"),
        far_cell(folder / "far_cell.xlsx"),
        long_texts(folder / "long_texts.xlsx"),
        save_xlsx(folder / "empty_workbook.xlsx", {"Tabelle1": []}),
        _raw(folder / "empty_file.csv", b""),
        _raw(folder / "html_named_xls.xls", b"<html><body><table><tr><td>011</td></tr></table></body></html>"),
        _raw(folder / "pdf_named_xlsx.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
        _raw(folder / "picture_named_xlsx.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        _raw(folder / "binary_rubbish.csv", bytes((i * 197 + i // 7) % 251 + 1 for i in range(5000))),
        _raw(folder / "nul_bytes.csv", text[:400] + b"\0\0\0" + text[400:]),
        _raw(folder / "unclosed_quote.csv", text.replace(b"City", b'"City', 1)),
    ]
