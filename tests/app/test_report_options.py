"""Every section and every template asks for its options in a form, and a form left empty asks for nothing wrong."""

import pytest

from atlas.report_forms import OptionForm
from atlas.reports.sections import SECTIONS
from atlas.reports.templates import TEMPLATES
from indicators.models import Dimension

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


@pytest.mark.parametrize("slug", sorted(SECTIONS))
def test_every_section_has_a_form(slug):
    form = OptionForm(SECTIONS[slug].options, {}, prefix="teil")
    assert "<" in form.as_p() or not SECTIONS[slug].options
    needed = [option.name for option in SECTIONS[slug].options if option.needed and option.kind != "flag"]
    form.is_valid()
    assert set(form.errors) == set(needed)


@pytest.mark.parametrize("slug", sorted(TEMPLATES))
def test_every_template_is_filled_from_a_form(slug):
    options = TEMPLATES[slug].options
    form = OptionForm(options, {})
    form.is_valid()
    assert set(form.errors) == {option.name for option in options if option.needed and option.kind != "flag"}
    if not form.errors:
        parts = TEMPLATES[slug].fill(form.options()).parts
        assert {part.section for part in parts} <= set(SECTIONS)


def test_the_dimensions_to_choose_from_are_those_of_the_catalogue():
    form = OptionForm(SECTIONS["theme"].options)
    chosen = [slug for slug, _label in form.fields["dimension"].choices if slug]
    assert chosen == list(Dimension.objects.values_list("slug", flat=True))
