"""What a file with a picture says of itself to programs: title, source, licence, day, address. Pure.

SVG carries it as Dublin Core, PNG as international texts (ISO/IEC 15948, 11.3.3.4), which hold every letter.
"""

import re
import struct
import zlib
from dataclasses import dataclass
from datetime import date
from html import escape

_ROOT = re.compile(r"<svg\b[^>]*>")
_HEAD = 8 + 25  # bytes: the signature of PNG and its first chunk, behind which texts may stand
_SPACES = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'


@dataclass(frozen=True)
class Facts:
    """Every field may be "" and is then left out; `created` is the day of the release, never that of the drawing."""

    title: str
    description: str
    publisher: str
    source: str
    licence: str
    address: str
    language: str
    created: date


def described_svg(svg: str, facts: Facts) -> str:
    """The drawing with the facts behind its first element. Raises `ValueError` for what is no drawing."""
    root = _ROOT.search(svg)
    if root is None:
        raise ValueError("not a drawing")
    told = {
        "title": facts.title,
        "description": facts.description,
        "publisher": facts.publisher,
        "source": facts.source,
        "rights": facts.licence,
        "identifier": facts.address,
        "language": facts.language,
        "date": facts.created.isoformat(),
        "format": "image/svg+xml",
    }
    inner = "".join(f"<dc:{name}>{escape(text)}</dc:{name}>" for name, text in told.items() if text)
    about = f'<metadata><rdf:RDF {_SPACES}><rdf:Description rdf:about="">{inner}</rdf:Description></rdf:RDF></metadata>'
    return svg[: root.end()] + about + svg[root.end() :]


def described_png(png: bytes, facts: Facts) -> bytes:
    """The picture with the facts as texts under the keywords that the standard names, and the address as `URL`."""
    told = {
        "Title": facts.title,
        "Author": facts.publisher,
        "Description": facts.description,
        "Copyright": facts.licence,
        "Source": facts.source,
        "Creation Time": facts.created.isoformat(),
        "URL": facts.address,
    }
    chunks = b"".join(_text(name, text, facts.language) for name, text in told.items() if text)
    return png[:_HEAD] + chunks + png[_HEAD:]


def _text(keyword: str, text: str, language: str) -> bytes:
    inner = b"iTXt" + keyword.encode("ascii") + b"\0\0\0" + language.encode("ascii") + b"\0\0" + text.encode()
    return struct.pack(">I", len(inner) - 4) + inner + struct.pack(">I", zlib.crc32(inner))
