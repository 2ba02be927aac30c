"""A kept compilation in the pieces that people edit one at a time: its head, its parts, their texts. Pure.

Two people who change different pieces do not disturb each other; who changes the same piece meanwhile changed by
somebody else is told, by the mark of what they saw.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from atlas.reports.compilation import Compilation, Part, as_data, part_as_data

MARK_DIGITS = 12
HEAD = ("title", "kind", "subtitle", "day", "sheet")


def mark_of(piece: Any) -> str:
    """A short text that is another one when a piece is.

    >>> mark_of({"a": 1, "b": 2}) == mark_of({"b": 2, "a": 1}) != mark_of({"a": 1, "b": 3})
    True
    """
    told = json.dumps(piece, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_DIGITS]


def head_mark(plan: Compilation) -> str:
    """The mark of title, kind, subtitle, day and paper."""
    data = as_data(plan)
    return mark_of({name: data[name] for name in HEAD})


def part_mark(part: Part) -> str:
    """The mark of one part, wherever it stands."""
    return mark_of(part_as_data(part))


def keyed(plan: Compilation) -> Compilation:
    """The same plan with a key for every part.

    >>> [part.key for part in keyed(Compilation("x", parts=(Part("text"), Part("text", key="t1")))).parts]
    ['t2', 't1']
    """
    taken, parts = {part.key for part in plan.parts if part.key}, []
    for part in plan.parts:
        parts.append(part if part.key else replace(part, key=next_key(taken)))
        taken.add(parts[-1].key)
    return replace(plan, parts=tuple(parts))


def next_key(taken: set[str]) -> str:
    """A key that no part has or had: numbers grow, so that texts of a removed part never fall to a new one."""
    numbers = [int(key[1:]) for key in taken if key[:1] == "t" and key[1:].isascii() and key[1:].isdigit()]
    return f"t{max(numbers, default=0) + 1}"


def part_of(plan: Compilation, key: str) -> Part | None:
    """The part with a key."""
    return next((part for part in plan.parts if part.key == key), None)


def with_part(plan: Compilation, part: Part) -> Compilation:
    """The plan with the part in place of the one with its key."""
    return replace(plan, parts=tuple(part if one.key == part.key else one for one in plan.parts))


def with_new_part(plan: Compilation, part: Part, after: str = "") -> Compilation:
    """The plan with one part more, after the one with the key `after`, else at the end."""
    at = next((number for number, one in enumerate(plan.parts, 1) if one.key == after), len(plan.parts))
    return replace(plan, parts=(*plan.parts[:at], part, *plan.parts[at:]))


def without_part(plan: Compilation, key: str) -> Compilation:
    """The plan without a part."""
    return replace(plan, parts=tuple(part for part in plan.parts if part.key != key))


def moved(plan: Compilation, key: str, by: int) -> Compilation:
    """The plan with a part `by` places further down (negative: up), as far as there are places.

    >>> plan = Compilation("x", parts=(Part("text", key="a"), Part("text", key="b")))
    >>> [part.key for part in moved(plan, "b", -1).parts], moved(plan, "a", -1) == plan
    (['b', 'a'], True)
    """
    parts = list(plan.parts)
    at = next((number for number, part in enumerate(parts) if part.key == key), None)
    if at is not None:
        part = parts.pop(at)
        parts.insert(max(0, min(len(parts), at + by)), part)
    return replace(plan, parts=tuple(parts))


def with_texts(data: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Plain data of a plan as it is run: each part with its text for the release below its introduction, without keys.

    >>> data = {"parts": [{"section": "text", "text": "Immer.", "key": "t1"}, {"section": "text", "text": ""}]}
    >>> with_texts(data, {"t1": "Nur jetzt."})["parts"]
    [{'section': 'text', 'text': 'Immer.\\n\\nNur jetzt.'}, {'section': 'text', 'text': ''}]
    """
    parts = [_with_text(part, texts.get(part.get("key", ""), "")) for part in data["parts"]]
    return {**data, "parts": parts}


def _with_text(part: Mapping[str, Any], text: str) -> dict[str, Any]:
    said = "\n\n".join(one for one in (part.get("text", ""), text) if one.strip())
    return {name: value for name, value in {**part, "text": said}.items() if name != "key"}
