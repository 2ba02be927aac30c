"""What a reader of a spreadsheet sees: a number in a format of Excel, German; and a program run in another place."""

import os
import re
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|([#,0.]+)')


def shown(value, number_format):
    """The text of a number in a format with up to three parts, as Excel and LibreOffice show it in German."""
    parts = _split(number_format)
    number = Decimal(repr(value))
    index = 0 if number > 0 or len(parts) == 1 else 1 if number < 0 else min(2, len(parts) - 1)
    text = ""
    for quoted, escaped, digits in _TOKEN.findall(parts[index]):
        if digits:
            decimals = len(digits.partition(".")[2])
            rounded = abs(number).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
            text += f"{rounded:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
        text += quoted + escaped
    return text


def _split(number_format):
    parts, quoted = [""], False
    for letter in number_format:
        quoted ^= letter == '"'
        if letter == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def elsewhere(ending):
    """The sample document written in another process, with another time zone, locale and hash seed."""
    code = (
        "import sys; from atlas.reports.formats import written; from tests.pure.report_samples import everything; "
        f"sys.stdout.buffer.write(written(everything(), {ending!r}))"
    )
    environment = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LANG": "C"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
    ).stdout
