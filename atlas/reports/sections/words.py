"""Text alone, and the table of contents."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atlas.reports.compilation import Part
from atlas.reports.document import Block, TableOfContents
from atlas.reports.sections.section import Making, Section


def _text(_part: Part, _making: Making) -> Sequence[Block]:
    return ()


def _contents(part: Part, _making: Making) -> Sequence[Block]:
    return (TableOfContents(part.title or _("Inhalt")),)


TEXT = Section("text", gettext_lazy("Text"), gettext_lazy("Ein eigener Abschnitt, etwa ein Vorwort."), _text)
CONTENTS = Section(
    "contents",
    gettext_lazy("Inhaltsverzeichnis"),
    gettext_lazy("Alle Überschriften mit ihren Seiten."),
    _contents,
    is_chapter=False,
)
