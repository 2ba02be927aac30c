"""What a section of a compiled document is: what it wants to know, and how it becomes blocks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from atlas.reports.compilation import Part
from atlas.reports.document import Block, Sheet
from atlas.reports.progress import Progress, silent
from atlas.stand import Stand


class WrongOption(ValueError):
    """An option that cannot be used; the message is a sentence with section, option, found and expected."""


@dataclass(frozen=True)
class Option:
    """Something that a section wants to know; the form of the staff page is made of these.

    `kind`: "areas" (["sozialraum/023", …]), "level" (slug), "indicators" ([slug, …]), "periods" ([code, …]), "day"
    (ISO text), "text", "longtext", "flag" (true or false), "choice" (one of `choices`), "rows" (a list of
    {column: text}, `choices` are columns with their labels).
    """

    name: str
    label: str | Promise
    kind: str
    needed: bool = False
    choices: tuple[tuple[str, str | Promise], ...] = ()
    default: Any = None
    hint: str | Promise = ""


@dataclass
class Making:
    """What all sections of one document share while it is made."""

    stand: Stand
    day: date
    steps: int = 1
    done: int = 0
    sheet: Sheet = field(default_factory=Sheet)
    progress: Progress = silent
    shown: dict[str, Any] = field(default_factory=dict)
    """What sections leave for the notes at the end, by the name of what collects it."""
    blocks: list[Block] = field(default_factory=list)
    """What stands in the document before the section that is being built."""

    def step(self, words: str) -> None:
        """Tell the progress that a step begins. Raises `Cancelled`."""
        self.tell(words)
        self.done += 1

    def tell(self, words: str) -> None:
        """Tell the progress what is done within a step. Raises `Cancelled`."""
        self.progress(min(self.done, self.steps), self.steps, words)


Build = Callable[[Part, Making], Sequence[Block]]


def one_step(_options: Mapping[str, Any]) -> int:
    """The steps of a section that is built at once."""
    return 1


@dataclass(frozen=True)
class Section:
    """A kind of section.

    `build` gives blocks below the part's heading, with headings from level 2, and none where there is nothing to say:
    then the whole chapter is left out. It raises `WrongOption`. `steps` says how many times it will call `Making.step`.
    `is_chapter`: whether it stands under a heading of its own (a cover does not); `own_page`: whether that heading
    begins a page, unless the part's option of the same name says otherwise.
    """

    slug: str
    label: str | Promise
    purpose: str | Promise
    build: Build
    options: tuple[Option, ...] = ()
    steps: Callable[[Mapping[str, Any]], int] = one_step
    is_chapter: bool = True
    own_page: bool = True


def wrong(section: str | Promise, option: str | Promise, found: Any, expected: str) -> WrongOption:
    """The error for an option with a value that cannot be used."""
    said = _("Abschnitt „%(section)s“, %(option)s: gefunden „%(found)s“, erwartet wird %(expected)s.")
    words = {"section": section, "option": option, "found": str(found)[:80], "expected": expected}
    return WrongOption(said % words)
