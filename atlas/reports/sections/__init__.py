"""The kinds of sections that a document can be compiled from."""

from atlas.reports.sections import (
    areas,
    changes,
    council,
    cover,
    inequality,
    maps,
    missing,
    notes,
    plan_areas,
    plan_changes,
    plan_effect,
    plan_finance,
    plan_projects,
    plan_records,
    plan_state,
    profiles,
    screening,
    social_index,
    themes,
    typology,
    words,
)
from atlas.reports.sections.section import Making, Option, Section, WrongOption, wrong

SECTIONS: dict[str, Section] = {
    section.slug: section
    for section in (
        words.TEXT,
        words.CONTENTS,
        profiles.SECTION,
        areas.COVER,
        areas.OVERVIEW,
        areas.INDEX,
        maps.MAPS,
        maps.DIMENSION_MAPS,
        missing.SECTION,
        cover.COVER,
        cover.SUMMARY,
        themes.DIMENSION_SECTION,
        themes.GROUP,
        social_index.SECTION,
        typology.SECTION,
        screening.SECTION,
        inequality.SECTION,
        council.HEAD,
        council.DECISION,
        plan_finance.FINANCE,
        council.REASONS,
        plan_changes.SECTION,
        plan_state.SECTION,
        plan_projects.SECTION,
        plan_finance.MONEY,
        plan_areas.SECTION,
        plan_effect.SECTION,
        plan_records.PARTICIPATION,
        plan_records.PAPERS,
        notes.SECTION,
        changes.SECTION,
    )
}

__all__ = ["SECTIONS", "Making", "Option", "Section", "WrongOption", "wrong"]
