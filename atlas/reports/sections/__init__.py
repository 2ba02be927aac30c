"""The kinds of sections that a document can be compiled from."""

from atlas.reports.sections import changes, profiles, words
from atlas.reports.sections.section import Making, Option, Section, WrongOption, wrong

SECTIONS: dict[str, Section] = {
    section.slug: section
    for section in (
        words.TEXT,
        words.CONTENTS,
        profiles.SECTION,
        changes.SECTION,
    )
}

__all__ = ["SECTIONS", "Making", "Option", "Section", "WrongOption", "wrong"]
