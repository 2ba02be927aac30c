"""What changed since the document was made the last time, as its last chapter."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atlas.reports.changes import changed_facts
from atlas.reports.changes_told import change_blocks, lines
from atlas.reports.compilation import Part, compilation_of
from atlas.reports.content import cleaned
from atlas.reports.document import Block
from atlas.reports.facts import facts_in
from atlas.reports.sections.section import Making, Section

SLUG = "changes"
BEFORE, RENAMED = "before", "renamed"
"""The option that a run fills in: the plan of the run before and its release, as plain data, so that the chapter can be
made again from the run alone: {"release": "2025-1", "compilation": {…}}, with `renamed_chapters` where there are any"""
# Where these parameters name the earlier releases whose figures stand in the chapters (a path of PostgreSQL in JSON).
BEFORE_PATH = f'$.parts[*] ? (@.section == "{SLUG}").options.{BEFORE}.release'


def without_changes(data: Mapping[str, Any]) -> dict[str, Any]:
    """The plan without chapters of this kind, which cannot be compared with themselves."""
    return {**data, "parts": [part for part in data["parts"] if part["section"] != SLUG]}


def with_run_before(data: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """The plan with the run before in its chapters of this kind, which go to the end.

    >>> with_run_before({"parts": [{"section": "changes", "options": {}}, {"section": "text"}]}, None)["parts"]
    [{'section': 'text'}, {'section': 'changes', 'options': {}}]
    """
    renamed = renamed_chapters(before["compilation"], data) if before else {}
    told = {BEFORE: dict(before) | ({RENAMED: renamed} if renamed else {})} if before else {}
    last = [{**part, "options": told} for part in data["parts"] if part["section"] == SLUG]
    return {**data, "parts": [*without_changes(data)["parts"], *last]}


def renamed_chapters(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """The headings of parts that stayed and are called otherwise now: the old one with the new one."""
    olds, news = _headings(old), _headings(new)
    return {
        heading: news[key]
        for key, heading in olds.items()
        if key in news
        and [*olds.values()].count(heading) == [*news.values()].count(news[key]) == 1
        and heading not in news.values()
        and news[key] not in olds.values()
    }


def _headings(data: Mapping[str, Any]) -> dict[str, str]:
    from atlas.reports.sections import SECTIONS  # noqa: PLC0415 - this section is one of them

    known = [part for part in data["parts"] if part.get("key") and part["section"] in SECTIONS]
    return {part["key"]: part.get("title") or str(SECTIONS[part["section"]].label) for part in known}


def _build(part: Part, making: Making) -> Sequence[Block]:
    before = part.options.get(BEFORE)
    making.step(str(LABEL))
    if not before:
        return ()
    from atlas.reports.compiling import compiled  # noqa: PLC0415 - which compiles with the sections

    plan = compilation_of(without_changes(before["compilation"]))
    old = compiled(plan, release=before["release"], progress=lambda *_step: making.tell(str(LABEL)))
    then, now = cleaned(old.blocks), cleaned(tuple(making.blocks))
    found = lines(changed_facts(facts_in(then), facts_in(now), before.get(RENAMED)))
    return change_blocks(found, _("„%(title)s“, %(release)s") % {"title": old.title, "release": old.origin.release})


LABEL = gettext_lazy("Änderungen gegenüber dem vorigen Bericht")
SECTION = Section(
    SLUG,
    LABEL,
    gettext_lazy("Was anders ist als im vorigen Durchlauf. Steht immer am Ende; beim ersten Durchlauf entfällt es."),
    _build,
)
