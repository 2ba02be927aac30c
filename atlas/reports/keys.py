"""What tells documents apart: keys computed before anything is built, so that a document can print its address. Pure.

The key of a document stands for kind, parameters, release and language; its first letters are its short address
`/b/<code>/`. A file's key stands for the ending too.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

CODE_LETTERS = 12  # 60 bits: among a million documents two share a code with a chance of one in two million


def canonical(parameters: Mapping[str, Any]) -> str:
    """Parameters as one text, the same whatever the order of their names.

    >>> canonical({"b": [1], "a": "ä"})
    '{"a":"ä","b":[1]}'
    """
    return json.dumps(parameters, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def document_code(kind: str, parameters: Mapping[str, Any], release: str, language: str) -> str:
    """The short code of a document: small letters and digits.

    >>> document_code("profile", {"level": "sozialraum", "code": "023"}, "2026-1", "de")
    'gr5gml7nq6e6'
    """
    digest = _digest(kind, canonical(parameters), release, language)
    return base64.b32encode(digest).decode().lower()[:CODE_LETTERS]


def file_key(kind: str, parameters: Mapping[str, Any], release: str, language: str, ending: str) -> str:
    """The key of a document in one format: 64 hexadecimal digits."""
    return _digest(kind, canonical(parameters), release, language, ending).hex()


def _digest(*parts: str) -> bytes:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).digest()
