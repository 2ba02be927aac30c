"""What is different between two documents, fact by fact: an old plan on an old release, a new one on a new. Pure.

What is called almost the same is taken for the same: "Quote (2023)" and "Quote (2024)" where both are alone in their
table. What is not known is never taken for zero: then there is no difference, only that something became known.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from atlas.reports.document import Document, Number
from atlas.reports.facts import FIGURE, TEXT, Fact, Facts, Place, facts_of

_YEAR = r"(?:\d{1,2}\.\s?(?:\d{1,2}\.\s?|[A-Za-zäöü]+\s))?(?:19|20)\d\d(?:[/–-]\d{2,4})?"
_TIME = re.compile(rf"\(\s*{_YEAR}\s*\)|\b{_YEAR}\b")


class Kind(StrEnum):
    """What happened to a fact."""

    VALUE = "value"
    KNOWN = "known"
    UNKNOWN = "unknown"
    WORDS = "words"  # something else in a table that is no number on either side
    NOTE = "note"  # the number stayed, how it is written or what stands below it did not
    TEXT = "text"
    RENAMED = "renamed"  # says the same, is called otherwise
    CHAPTER_NEW = "chapter_new"
    CHAPTER_GONE = "chapter_gone"
    TABLE_NEW = "table_new"
    TABLE_GONE = "table_gone"
    ROW_NEW = "row_new"
    ROW_GONE = "row_gone"
    COLUMN_NEW = "column_new"
    COLUMN_GONE = "column_gone"


@dataclass(frozen=True)
class Change:
    """One fact that is different: where it stood with what, where it stands with what. One side may be None."""

    kind: Kind
    before: Place | None
    after: Place | None
    old: Fact | None
    new: Fact | None

    @property
    def place(self) -> Place:
        """Where it stands, or stood."""
        return self.after or self.before

    @property
    def difference(self) -> Decimal | None:
        """New less old, where both are numbers of the same unit."""
        if self.old is None or self.new is None or None in (self.old.value, self.new.value):
            return None
        return self.new.value - self.old.value if self.old.unit == self.new.unit else None


Changes = tuple[Change, ...]


def changes_between(old: Document, new: Document, renamed: Mapping[str, str] | None = None) -> Changes:
    """All changes in the reading order of the new document; what is gone follows what is left of its chapter.

    `renamed`: headings of chapters that are known to be the same, the old one with the new one.
    """
    return changed_facts(facts_of(old), facts_of(new), renamed)


def changed_facts(old: Facts, new: Facts, renamed: Mapping[str, str] | None = None) -> Changes:
    """The same for the facts of two documents."""
    aligned = _aligned(old, new, renamed or {})
    was = {place: before for before, place in aligned.items()}
    known_before, known_after = _Known(was), _Known(new)
    found = [_changed(was.get(place), place, old, fact, known_before) for place, fact in new.items()]
    found += [
        Change(_one_side(place, old[before], known_after, is_new=False), before, None, old[before], None)
        for before, place in aligned.items()
        if place not in new
    ]
    order = _order(aligned.values(), new)
    places = [(change, change.after or aligned[change.before]) for change in found if change]
    return tuple(change for change, place in sorted(places, key=lambda each: order[each[1].chapter]))


def applied(changes: Iterable[Change], facts: Facts) -> Facts:
    """The facts of the new document, from those of the old one and what changed."""
    changes, result = tuple(changes), dict(facts)
    for change in changes:
        if change.before is not None:
            del result[change.before]
    return result | {change.after: change.new for change in changes if change.after is not None}


def counted(changes: Iterable[Change]) -> Counter:
    """How many changes there are of each kind."""
    return Counter(change.kind for change in changes)


def as_data(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Plain data that JSON can hold; `changes_of` reads them."""
    return [asdict(change, dict_factory=_plain) for change in changes]


def changes_of(data: Iterable[dict[str, Any]]) -> Changes:
    """The changes that plain data describe."""
    return tuple(
        Change(
            Kind(each["kind"]),
            *(_read(Place, each[side]) for side in ("before", "after")),
            *(_read(Fact, each[side]) for side in ("old", "new")),
        )
        for each in data
    )


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    kept = ((name, list(value) if isinstance(value, tuple) else value) for name, value in pairs)
    return {name: str(value) if isinstance(value, Decimal | Kind) else value for name, value in kept}


def _read(kind: type, data: dict[str, Any] | None):
    if data is None:
        return None
    if kind is Place:
        return Place(**{**data, "chapter": tuple(data["chapter"])})
    number = data["number"]
    return Fact(**{**data, "number": number and Number(**{**number, "value": Decimal(number["value"])})})


class _Known:
    """Which chapters, tables, rows and columns some facts have."""

    def __init__(self, places: Iterable[Place]):
        self.chapters, self.tables, self.rows, self.columns = set(), set(), set(), set()
        for place in places:
            self.chapters |= {place.chapter[:depth] for depth in range(len(place.chapter) + 1)}
            self.tables.add((place.chapter, place.kind, place.table))
            self.rows.add((place.chapter, place.kind, place.table, place.group, place.row, place.nth))
            self.columns.add((place.chapter, place.kind, place.table, place.column))


def _changed(before: Place | None, place: Place, old: Facts, fact: Fact, known: _Known) -> Change | None:
    if before is None:
        return Change(_one_side(place, fact, known, is_new=True), None, place, None, fact)
    if (kind := _both_sides(before, place, old[before], fact)) is None:
        return None
    return Change(kind, before, place, old[before], fact)


def _both_sides(before: Place, place: Place, old: Fact, new: Fact) -> Kind | None:
    if old == new or place.is_head:
        return Kind.RENAMED if before != place or old != new else None
    if place.kind != FIGURE:
        return Kind.TEXT if place.kind == TEXT else Kind.WORDS if old.text != new.text else Kind.NOTE
    if old.value is None and new.value is None:
        return Kind.WORDS if old.text != new.text else Kind.NOTE
    if old.value is None or new.value is None:
        return Kind.KNOWN if old.value is None else Kind.UNKNOWN
    return Kind.VALUE if old.value != new.value else Kind.NOTE


def _one_side(place: Place, fact: Fact, other: _Known, *, is_new: bool) -> Kind:
    """What it means that a fact stands in one of the documents alone; `other` is what the other one has."""
    if place.chapter not in other.chapters:
        return Kind.CHAPTER_NEW if is_new else Kind.CHAPTER_GONE
    if place.kind != FIGURE:
        return Kind.TEXT if place.kind == TEXT else Kind.WORDS
    if came_or_went := _missing(place, other):
        return came_or_went[0] if is_new else came_or_went[1]
    if fact.value is None:
        return Kind.WORDS
    return Kind.KNOWN if is_new else Kind.UNKNOWN


def _missing(place: Place, other: _Known) -> tuple[Kind, Kind] | None:
    """The largest thing around a cell that the other document has not: as what came, as what went."""
    where = (place.chapter, place.kind, place.table)
    if where not in other.tables:
        return Kind.TABLE_NEW, Kind.TABLE_GONE
    if (*where, place.group, place.row, place.nth) not in other.rows:
        return Kind.ROW_NEW, Kind.ROW_GONE
    return None if (*where, place.column) in other.columns else (Kind.COLUMN_NEW, Kind.COLUMN_GONE)


def _order(old: Iterable[Place], new: Iterable[Place]) -> dict[tuple[str, ...], tuple[int, int]]:
    """The order of the chapters of both: those that are gone follow the one that stood before them."""
    order = {chapter: (number, 0) for number, chapter in enumerate(dict.fromkeys(place.chapter for place in new))}
    last = (-1, 0)
    for chapter in dict.fromkeys(place.chapter for place in old):
        last = order.setdefault(chapter, (last[0], last[1] + 1))
    return order


def _aligned(old: Facts, new: Facts, renamed: Mapping[str, str]) -> dict[Place, Place]:
    """Each old place with its place in the words of the new document."""
    places = {place: _called(place, renamed) for place in old}
    deepest = max((len(place.chapter) for place in (*old, *new)), default=0)
    for depth in range(deepest):
        _pair(places, new, lambda p, d=depth: p.chapter[:d], lambda p, d=depth: _at(p, d), _chapter_setter(depth))
    _pair(places, new, lambda p: (p.kind, p.chapter), lambda p: p.table, lambda p, to: replace(p, table=to))
    _pair(places, new, lambda p: (p.kind, p.chapter, p.table), lambda p: p.column, lambda p, to: replace(p, column=to))
    _pair(places, new, lambda p: (p.kind, p.chapter, p.table), lambda p: p.group, lambda p, to: replace(p, group=to))
    _pair(
        places,
        new,
        lambda p: (p.kind, p.chapter, p.table, p.group),
        lambda p: p.row,
        lambda p, to: replace(p, row=to),
    )
    return places


def _called(place: Place, renamed: Mapping[str, str]) -> Place:
    heading = renamed.get(place.chapter[0]) if place.chapter else None
    return replace(place, chapter=(heading, *place.chapter[1:])) if heading else place


def _at(place: Place, depth: int) -> str | None:
    return place.chapter[depth] if depth < len(place.chapter) else None


def _chapter_setter(depth: int) -> Callable[[Place, str], Place]:
    return lambda p, to: replace(p, chapter=(*p.chapter[:depth], to, *p.chapter[depth + 1 :]))


def _pair(places: dict[Place, Place], new: Facts, where: Callable, label: Callable, set_label: Callable) -> None:
    """Give old places the label of the new ones at one level, where that is called almost the same."""
    had, has = defaultdict(dict), defaultdict(dict)
    for place in places.values():
        had[where(place)][label(place)] = None
    for place in new:
        has[where(place)][label(place)] = None
    renamed = {at: pairs(labels, has[at]) for at, labels in had.items() if at in has}
    for before, place in places.items():
        to = renamed.get(where(place), {}).get(label(place))
        if to is not None:
            places[before] = set_label(place, to)


def pairs(old: Iterable[str | None], new: Iterable[str | None]) -> dict[str, str]:
    """Old labels that are not among the new ones, with the one new label that differs by its time alone.

    >>> pairs(["Quote (2023)", "Zahl"], ["Zahl", "Quote (2024)"])
    {'Quote (2023)': 'Quote (2024)'}
    >>> pairs(["2022", "2023"], ["2023", "2024"])
    {}
    """
    olds, news = ({each for each in labels if each is not None} for labels in (old, new))
    by_stem = (_by_stem(olds), _by_stem(news))
    found = {}
    for stem, (label, *more) in by_stem[0].items():
        others = by_stem[1].get(stem, [])
        if not more and len(others) == 1 and label not in news and others[0] not in olds:
            found[label] = others[0]
    return found


def _by_stem(labels: Iterable[str]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for label in labels:
        if stem := " ".join(_TIME.sub(" ", label).split()):
            found[stem].append(label)
    return found
