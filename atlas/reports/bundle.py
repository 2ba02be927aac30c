"""Everything of a document in one archive: all formats, every picture for print and for drawing, what it is."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from atlas.reports.archives import packed
from atlas.reports.composed import alone
from atlas.reports.document import Document, Picture, pictures
from atlas.reports.images import png_bytes, svg_bytes
from atlas.reports.picture_facts import Facts, described_png, described_svg
from atlas.reports.sheets import origin_lines, title_line

README = "README.txt"
_LONGEST_NAME = 60  # letters
_PACKED_ALREADY = (".png", ".docx", ".xlsx", ".ods")
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def bundle_bytes(document: Document, writers: Mapping[str, Callable[..., bytes]]) -> bytes:
    """The archive; `writers` make the formats by their endings. What it is stands at its end, with all digests."""
    return packed(_with_readme(document, _files(document, writers)), document.origin.created, stored=_PACKED_ALREADY)


def _with_readme(document: Document, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    digests = []
    for name, content in files:
        digests.append((name, hashlib.sha256(content).hexdigest()))
        yield name, content
    yield README, _readme(document, digests).encode()


def _files(document: Document, writers: Mapping[str, Callable[..., bytes]]) -> Iterator[tuple[str, bytes]]:
    name = file_name(document.name) or "bericht"
    for ending, write in writers.items():
        yield f"{name}.{ending}", write(document)
    folder, taken = file_name(document.words.pictures) or "bilder", set()
    for each in pictures(document):
        picture = alone_in(document, each)
        own = _unique(file_name(picture.name) or "bild", taken)
        yield f"{folder}/{own}.svg", svg_bytes(picture)
        yield f"{folder}/{own}.png", png_bytes(picture)


def alone_in(document: Document, picture: Picture) -> Picture:
    """A picture of a document as a sheet of its own, with where it comes from below it."""
    foot = [f"{name}: {text}" for name, text in origin_lines(document)]
    return alone(picture, " · ".join(part for part in (document.title, picture.caption) if part), foot)


def map_alone(document: Document, ending: str, width: int = 0) -> bytes:
    """The largest map of a document as "svg" or "png"; `width` in millimetres or pixels, 0 for its own size.

    Raises `ValueError` for a document without a map.
    """
    largest, facts = _largest_map(document), map_facts(document)
    sheet = alone_in(document, largest)
    if ending == "png":
        return described_png(png_bytes(sheet, width), facts)
    told = replace(sheet, svg=described_svg(sheet.svg, facts))
    return svg_bytes(replace(told, width=width, height=sheet.height * width / sheet.width) if width else told)


def map_facts(document: Document) -> Facts:
    """What a file with the largest map of a document says of itself. Raises `ValueError` for one without a map."""
    picture, origin = _largest_map(document), document.origin
    return Facts(
        title=picture.title or document.title,
        description=picture.alternative,
        publisher=origin.publisher,
        source=picture.remarks[-1] if picture.remarks else "",
        licence=origin.licence,
        address=origin.permalink_url or origin.permalink,
        language=document.language,
        created=origin.created,
    )


def _largest_map(document: Document) -> Picture:
    return max((each for each in pictures(document) if each.keys), key=lambda picture: picture.width)


def file_name(text: str) -> str:
    """A name that every system takes as a file's, in small letters.

    >>> file_name("Größe: Straße 1/2"), file_name("../x"), file_name("北京")
    ('groesse-strasse-1-2', 'x', '')
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_FOLDED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].strip("-")


def _unique(name: str, taken: set[str]) -> str:
    wanted, number = name, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


def _readme(document: Document, digests: list[tuple[str, str]]) -> str:
    """What the archive is, where it is from, and its files with their SHA-256, as sha256sum writes and checks them."""
    origin, words = document.origin, document.words
    more = ((words.publisher, origin.publisher), (words.licence, origin.licence))
    told = [*origin_lines(document), *((name, text) for name, text in more if text)]
    lines = [origin.portal, title_line(document), " ".join(document.subtitle.split("\n")), ""]
    lines += [f"{name}: {text}" for name, text in told]
    lines += ["", f"{words.files} (SHA-256):", ""]
    lines += [f"{digest}  {name}" for name, digest in digests]
    return "\r\n".join([*lines, ""])
