"""From a compilation to a document: each part's section builds its blocks, in the order of the parts."""

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas.reports.compilation import Compilation, Part
from atlas.reports.document import Document, Heading, PageBreak
from atlas.reports.origin import NothingToReport, licence_words, origin_of, stand_of, writers_words
from atlas.reports.progress import Progress, silent
from atlas.reports.prose import prose
from atlas.reports.sections import SECTIONS, Making, WrongOption
from atlas.reports.sections.reading import outside_plan
from atlas.reports.sections.shown import shown_in

MOST_NAME = 60  # letters of a file's name


def compiled(compilation: Compilation, *, release: str = "", progress: Progress = silent, path: str = "") -> Document:
    """The document of a compilation in the state of a release, the newest for "", in the language of the request.

    `path` is where the same can be had again. Raises `NothingToReport`, `WrongOption`, `Cancelled`.
    """
    stand = stand_of(release)
    if said := outside_plan(compilation.day):
        raise WrongOption(_("Der Stichtag: erwartet wird %(expected)s.") % {"expected": said})
    day = compilation.day or timezone.localdate(stand.release.published_at)
    known = [(part, _section_of(part)) for part in compilation.parts]
    steps = sum(section.steps(part.options) for part, section in known)
    making = Making(stand, day, steps, sheet=compilation.sheet, progress=progress)
    blocks = making.blocks
    for part, section in known:
        found = (*prose(part.text), *section.build(part, making))
        if not found:
            continue
        if section.is_chapter:
            own_page = part.options.get("own_page", section.own_page)
            blocks += [PageBreak()] if blocks and own_page else []
            blocks.append(Heading(1, part.title or str(section.label)))
        blocks += found
    if not blocks:
        raise NothingToReport(
            _("Zu „%(title)s“ gibt es in dieser Veröffentlichung nichts.") % {"title": compilation.title}
        )
    return Document(
        title=compilation.title,
        kind=compilation.kind,
        subtitle=compilation.subtitle,
        language=get_language(),
        name=slugify(compilation.title)[:MOST_NAME].strip("-") or "bericht",
        origin=origin_of(stand.release, path or "/", licence=licence_words(shown_in(making).sources.values())),
        words=writers_words(),
        blocks=tuple(blocks),
        sheet=compilation.sheet,
    )


def _section_of(part: Part):
    try:
        return SECTIONS[part.section]
    except KeyError as error:
        said = _("Einen Abschnitt „%(found)s“ gibt es nicht. Möglich: %(known)s.")
        raise WrongOption(said % {"found": part.section[:60], "known": ", ".join(SECTIONS)}) from error
