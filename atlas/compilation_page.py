"""What the page of a compilation shows: each part in words, and a short beginning of a long document."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from areas.models import Area
from atlas.compilation_pieces import part_mark
from atlas.reports.compilation import Compilation, Part
from atlas.reports.sections import SECTIONS, Option, Section
from indicators.models import Indicator

MOST_NAMES = 4
MOST_STEPS = 20  # of a preview: some seconds


@dataclass(frozen=True)
class PartRow:
    """A part in the list: what it is, what it is about, which place it has."""

    part: Part
    number: int
    is_first: bool
    is_last: bool
    section: Section | None
    told: list[str]

    @property
    def heading(self) -> str:
        """What stands above it in the document."""
        return self.part.title or self.kind

    @property
    def kind(self) -> str:
        """What kind of section it is."""
        return str(self.section.label) if self.section else _("unbekannter Abschnitt „%s“") % self.part.section

    @property
    def mark(self) -> str:
        """For noticing that somebody else changed it."""
        return part_mark(self.part)


def part_rows(plan: Compilation) -> list[PartRow]:
    """The parts of a plan in words. 2 queries."""
    names = _Names(plan.parts)
    last = len(plan.parts)
    return [
        PartRow(
            part, number, number == 1, number == last, section := SECTIONS.get(part.section), names.told(part, section)
        )
        for number, part in enumerate(plan.parts, 1)
    ]


class _Names:
    """Names of all areas and indicators that a plan is about."""

    def __init__(self, parts: Iterable[Part]):
        areas, slugs = set(), set()
        for part in parts:
            for option in _options(part):
                chosen = _listed(part.options.get(option.name))
                areas |= set(chosen) if option.kind == "areas" else set()
                slugs |= set(chosen) if option.kind == "indicators" else set()
        codes = {text.partition("/")[2] for text in areas}
        rows = Area.objects.in_force().filter(code__in=codes).values_list("level__slug", "code", "name")
        self.areas = {f"{level}/{code}": name for level, code, name in rows} if codes else {}
        found = Indicator.objects.filter(slug__in=slugs) if slugs else ()
        self.indicators = {indicator.slug: indicator.label for indicator in found}

    def told(self, part: Part, section: Section | None) -> list[str]:
        """Each option that was chosen, in words."""
        said = ((option, part.options.get(option.name)) for option in (section.options if section else ()))
        return [
            f"{option.label}: {self._value(option, value)}" for option, value in said if value not in (None, "", [])
        ]

    def _value(self, option: Option, value: Any) -> str:
        if option.kind in {"areas", "indicators"}:
            names = self.areas if option.kind == "areas" else self.indicators
            return _shortened([names.get(text, text) for text in _listed(value)])
        if option.kind == "rows":
            return _shortened([next(iter(row.values()), "") for row in value if isinstance(row, Mapping)])
        if isinstance(value, list):
            return _shortened(_listed(value))
        plain = {
            "flag": _yes_or_no,
            "day": _day,
            "choice": lambda chosen: str(dict(option.choices).get(chosen, chosen)),
        }
        return plain.get(option.kind, _beginning)(value)


def _options(part: Part) -> Sequence[Option]:
    section = SECTIONS.get(part.section)
    return section.options if section else ()


def _listed(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _shortened(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    return (
        shown
        if len(names) <= MOST_NAMES
        else _("%(names)s und %(more)s weitere")
        % {
            "names": shown,
            "more": len(names) - MOST_NAMES,
        }
    )


def _day(value: Any) -> str:
    try:
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    except (TypeError, ValueError):
        return str(value)


def _yes_or_no(value: Any) -> str:
    return _("ja") if value else _("nein")


def _beginning(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def steps_of(part: Part) -> int:
    """How many steps a part takes; 1 where nobody knows."""
    section = SECTIONS.get(part.section)
    try:
        return section.steps(part.options) if section else 1
    except (TypeError, ValueError, KeyError, AttributeError):
        return 1


def beginning_of(plan: Compilation, *, most: int) -> tuple[Compilation, bool]:
    """As much of a plan as can be shown while somebody waits, and whether that is all of it.

    A part that takes longer is shown with the first of what it is about, or left out where that does not shorten it.
    """
    left, parts, is_whole = most, [], True
    for part in plan.parts:
        shown = part if steps_of(part) <= left else _cut(part, max(left, 1))
        is_whole = is_whole and shown is part
        if steps_of(shown) <= left:
            left -= steps_of(shown)
            parts.append(shown)
    return replace(plan, parts=tuple(parts)), is_whole


def _cut(part: Part, most: int) -> Part:
    long = {
        option.name: part.options[option.name][:most]
        for option in _options(part)
        if option.kind in {"areas", "indicators"} and isinstance(part.options.get(option.name), list)
    }
    return replace(part, options={**part.options, **long})
