"""Reading and checking a kept file, and storing what came of it: all at once or nothing."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.intake.checking import Checker
from indicators.intake.collecting import Collected
from indicators.intake.entries import Entry, Skipped, read_entries, titles_above
from indicators.intake.findings import ERROR, WARNING, Finding
from indicators.intake.grid import Book
from indicators.intake.mapping import Mapping
from indicators.models import StagedValue, Upload, UploadFinding
from indicators.selectors_intake import intake_catalogue, previous_values

from .opening import mapping_of, open_upload
from .progress import Cancelled, Progress, Superseded
from .staging import COLUMNS, StagedWriter

LOOK_EVERY = 2048  # entries between two looks at the clock
COPIED_AT_ONCE = 1 << 20  # bytes


@dataclass
class Outcome:
    """What a check gave; `staged` is a file of rows as COPY takes them."""

    staged: IO[str]
    count: int
    findings: list[Collected]
    rows: int


@contextmanager
def read_and_check(upload: Upload, progress: Progress) -> Iterator[Outcome]:
    """Every entry of the file read and checked; nothing is stored yet. Raises `Refusal`, `Cancelled`, `Superseded`."""
    catalogue = intake_catalogue()
    with open_upload(upload) as book, tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as staged:
        writer = StagedWriter(upload.pk, staged)
        fitted = mapping_of(upload, book)
        mapping, notes = fitted.mapping, fitted.notes
        checker = Checker(catalogue, mapping, today=timezone.localdate(), keep=writer)
        checker.notes([*book.notes, *notes])
        for title in titles_above(book, mapping):
            checker.take_title(*title)
        skipped: list[Skipped] = []
        totals: list[Entry] = []
        before, sheet, row, lengths = 0, None, 0, {s.name: s.row_count for s in book.sheets}
        progress.begin(_("liest die Tabelle"), _row_total(book, mapping))
        for number, entry in enumerate(read_entries(book, mapping, skipped, totals)):
            checker.take(entry)
            if number % LOOK_EVERY == 0:
                if entry.sheet != sheet:
                    before, sheet = before + (lengths.get(sheet, row) if sheet is not None else 0), entry.sheet
                row = entry.row
                progress.at(before + row)
        progress.begin(_("prüft die Zahlen"), progress.total)
        for entry in totals:
            checker.take_total(entry)
        findings = checker.finish(previous_values)
        writer.flush()
        yield Outcome(staged, writer.count, findings, progress.total)


def _row_total(book: Book, mapping: Mapping) -> int:
    names = {table.sheet for table in mapping.read_tables}
    sheets = {sheet.name: sheet.row_count for name in names if (sheet := book.sheet(name))}
    return sum(sheets.values())


def store_outcome(upload: Upload, outcome: Outcome, progress: Progress) -> None:
    """Replace what an earlier check left. Raises `Cancelled`, or `Superseded` when the upload is no longer ours."""
    progress.begin(_("legt die Werte ab"), outcome.rows)
    with transaction.atomic():
        _clear(upload)
        _copy(outcome, progress)
        UploadFinding.objects.bulk_create([_row(upload, c.finding, c.count) for c in outcome.findings], 1000)
        counts = {kind: sum(c.count for c in outcome.findings if c.finding.kind == kind) for kind in (ERROR, WARNING)}
        _close(upload, value_count=outcome.count, error_count=counts[ERROR], warning_count=counts[WARNING])


def store_refusal(upload: Upload, finding: Finding) -> None:
    """The mapping does not fit the file: one error, so that it can be changed."""
    with transaction.atomic():
        _clear(upload)
        UploadFinding.objects.create(**_fields(upload, finding, 1))
        _close(upload, value_count=0, error_count=1, warning_count=0)


def _clear(upload: Upload) -> None:
    StagedValue.objects.filter(upload_id=upload.pk)._raw_delete("default")
    UploadFinding.objects.filter(upload_id=upload.pk)._raw_delete("default")


def _close(upload: Upload, **counts: int) -> None:
    mine = Upload.objects.filter(pk=upload.pk, run=upload.run, state=Upload.State.CHECKING)
    done = {"state": Upload.State.CHECKED, "step": "", "message": "", "checked_at": timezone.now()}
    if not mine.update(**done, **counts):
        raise Superseded


def _copy(outcome: Outcome, progress: Progress) -> None:
    outcome.staged.seek(0)
    source = _Watched(outcome.staged, outcome, progress)
    sql = f"COPY {StagedValue._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN"
    with connection.cursor() as cursor:
        try:
            cursor.copy_expert(sql, source, COPIED_AT_ONCE)
        except Exception:
            if source.stopped:  # psycopg2 wraps what `read` raises
                raise source.stopped from None
            raise


class _Watched:
    """A file that tells how far it has been read, and ends when the work shall stop."""

    def __init__(self, file: IO[str], outcome: Outcome, progress: Progress):
        self.file, self.outcome, self.progress = file, outcome, progress
        self.stopped: Exception | None = None
        self.read_bytes = 0

    def read(self, size: int) -> str:
        """The next part; `Cancelled` and `Superseded` are kept in `stopped`."""
        part = self.file.read(size)
        self.read_bytes += len(part)
        try:
            self.progress.aside(min(self.outcome.rows, self.read_bytes // 60))
        except (Cancelled, Superseded) as stop:
            self.stopped = stop
            raise
        return part


def _row(upload: Upload, finding: Finding, count: int) -> UploadFinding:
    return UploadFinding(**_fields(upload, finding, count))


def _fields(upload: Upload, finding: Finding, count: int) -> dict:
    texts = {name: getattr(finding, name).replace("\x00", "") for name in ("found", "expected", "suggestion")}
    place = {"sheet": finding.sheet[:120], "row": finding.row, "column": finding.column}
    return {"upload": upload, "kind": finding.kind, "code": finding.code[:40], "count": count, **texts, **place}
