"""Compilations to begin with: a document of a kind that people know, ready made and free to be changed."""

from atlas.reports import atlas_template, council_template, single_templates, social_template
from atlas.reports.template import Template

TEMPLATES: dict[str, Template] = {
    one.slug: one
    for one in (
        atlas_template.ATLAS,
        atlas_template.BOOK,
        council_template.SACHSTAND,
        social_template.SOZIALE_LAGE,
    )
}

BEGINNINGS: dict[str, Template] = {
    one.slug: one for one in (single_templates.PROFILES, single_templates.MAPS)
} | TEMPLATES
"""With documents that need no compilation, but may become one."""

__all__ = ["BEGINNINGS", "TEMPLATES", "Template"]
