"""Tables to take away, all in the same format: as German spreadsheet programs open them."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheet programs take UTF-8 for something else


def csv_answer(columns: Sequence[str], rows: Iterable[Sequence], name: str) -> HttpResponse:
    """A download `name`.csv: semicolons, UTF-8 with byte order mark, one head; numbers are written by the caller."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
