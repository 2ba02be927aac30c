"""What a document says, apart from how: letters that every format takes, and the checksum of the content. Pure."""

import dataclasses
import hashlib
import unicodedata
from typing import Any

from atlas.reports.document import Document

CHECKSUM_DIGITS = 16
_FORBIDDEN = {"Cc", "Cs"}  # control characters, halves of characters


def clean_text(text: str) -> str:
    """Text without what XML and PDF cannot hold; tabs become spaces, marks of writing direction stay.

    >>> clean_text("a\\x00b\\tc\\ud800d\\uffff")
    'ab cd'
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c == "\n" or not (unicodedata.category(c) in _FORBIDDEN or _is_none(ord(c))))


def _is_none(point: int) -> bool:
    """Whether Unicode says that this will never be a character."""
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


def cleaned(node: Any) -> Any:
    """The same tree with `clean_text` applied to every text in it."""
    if isinstance(node, str):
        return clean_text(node)
    if isinstance(node, tuple):
        return tuple(cleaned(each) for each in node)
    if dataclasses.is_dataclass(node):
        values = {f.name: getattr(node, f.name) for f in dataclasses.fields(node)}
        changed = {name: new for name, value in values.items() if (new := cleaned(value)) is not value}
        return dataclasses.replace(node, **changed) if changed else node
    return node


def checksum(document: Document) -> str:
    """The beginning of the SHA-256 of the document's content: the same in every format, other when a figure is.

    Computed from the tree, not from a file, so that it can stand inside the file.
    """
    return hashlib.sha256(_told(document).encode()).hexdigest()[:CHECKSUM_DIGITS]


def _told(node: Any) -> str:
    """An unambiguous text of a tree: names of classes and fields with their values."""
    if dataclasses.is_dataclass(node):
        inner = ",".join(f"{f.name}={_told(getattr(node, f.name))}" for f in dataclasses.fields(node))
        return f"{type(node).__name__}({inner})"
    if isinstance(node, tuple):
        return f"[{','.join(map(_told, node))}]"
    return repr(node)
