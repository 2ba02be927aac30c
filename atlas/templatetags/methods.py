"""Links from a figure to the paragraph that says how it was computed."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from atlas.methods import chapter_titles, document_text

register = template.Library()


@register.simple_tag
def method_link(anchor: str, text: str = ""):
    """`{% method_link "intervalle" %}`: "So wird gerechnet", or `text`, leading to the chapter of docs/methods.md.

    Screen readers also read the chapter's title. `tests/pure/test_methods.py` finds anchors that do not exist.
    """
    title = chapter_titles(document_text()).get(anchor, "")
    heard = format_html('<span class="visually-hidden" lang="de">: {}</span>', title) if title else ""
    return format_html(
        '<a class="method-link" href="{}#{}">{}{}</a>',
        reverse("atlas:methods"),
        anchor,
        text or _("So wird gerechnet"),
        heard,
    )
