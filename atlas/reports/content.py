"""What a document says, apart from how: letters that every format takes, and the checksum of the content. Pure."""

import dataclasses
import hashlib
import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from atlas.reports.document import Document

CHECKSUM_DIGITS = 16
LABEL = 300  # letters of a name
# Control characters but the line break, halves of characters, and points of which Unicode says that they will never be
# characters.
_NEVER = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
# Marks that turn the direction of all that follows, also of words that the text does not belong to.
_TURNING = "\u202a-\u202e\u2066-\u2069"
_FORBIDDEN = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_TURNING}{_NEVER}]")


def clean_text(text: str) -> str:
    """Text without what XML and PDF cannot hold; tabs become spaces. Marks that turn the writing
    direction of what follows are left out; letters bring their own direction with them.

    >>> clean_text("a\\x00b\\tc\\ud800d\\uffff")
    'ab cd'
    """
    if _FORBIDDEN.search(text) is None:
        return text
    return _FORBIDDEN.sub("", text.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n"))


def label(text: str, most: int = LABEL) -> str:
    """A text that names something, in one line; what is longer than any name is cut, and says so at its end.

    >>> label("a\\nb"), label("x" * 40, 20)
    ('a b', 'xxxxxxxxx… [gekürzt]')
    """
    text = " ".join(text.split("\n"))
    if len(text) <= most:
        return text
    end = _("… [gekürzt]")
    return text[: most - len(end)].rstrip() + end


def cleaned(node: Any) -> Any:
    """The same tree with `clean_text` applied to every text in it, also to those that wait for a language."""
    if isinstance(node, str | Promise):
        return clean_text(str(node))
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
