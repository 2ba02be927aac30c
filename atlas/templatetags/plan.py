"""How money and what is known of projects stand in templates."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.links import area_path

register = template.Library()


@register.simple_tag
def euros(amount, about=False):
    """An amount in euros to the cent; "rund …" without cents for a rounded one; a word for None."""
    if amount is None:
        return _("Betrag nicht bekannt")
    text = numbers.with_unit(numbers.format_number(amount, 0 if about else 2, get_language()), "Euro")
    return _("rund %(amount)s") % {"amount": text} if about else text


@register.simple_tag
def euros_short(amount):
    """An amount in euros, with cents only where there are some."""
    places = 0 if amount == amount.to_integral_value() else 2
    return numbers.with_unit(numbers.format_number(amount, places, get_language()), "Euro")


@register.simple_tag
def booked(amount):
    """An amount in euros to the cent; for None that nothing is recorded, because that is not zero."""
    return format_html('<span class="caption">{}</span>', _("nichts eingetragen")) if amount is None else euros(amount)


@register.simple_tag
def place_link(place):
    """The name of a project's place, linked to the profile of its Sozialraum."""
    area = place.area or place.action_area.area
    return format_html('<a href="{}">{}</a>', area_path(area.level.slug, area.code), place.name)


@register.filter
def german(text):
    """A text that exists in German only, marked as German for those who read or hear the page in English."""
    return format_html('<span lang="de">{}</span>', text)


@register.filter
def of(words, key):
    """`words[key]`, for a dictionary whose keys are values of other variables."""
    return words.get(key, "") if words else ""


@register.simple_tag
def project_time(project):
    """When a project was or is: days where they are known, else the words of the source."""
    if project.dates_note:
        return format_html('<span lang="de">{}</span>', project.dates_note)
    return days_of(project)


def days_of(project):
    """From when to when a project is, in days, as far as they are known."""
    begins, ends = project.begins, project.ends
    if begins and begins == ends:
        return date_format(begins, "DATE_FORMAT")
    if begins and ends:
        return _("%(begins)s bis %(ends)s") % {
            "begins": date_format(begins, "DATE_FORMAT"),
            "ends": date_format(ends, "DATE_FORMAT"),
        }
    return _("seit %(begins)s") % {"begins": date_format(begins, "DATE_FORMAT")} if begins else _("Zeit nicht bekannt")


@register.simple_tag
def since(state):
    """Since when a state holds: the day, or the year where the day is not known."""
    day = date_format(state.day, "DATE_FORMAT") if state.day_is_exact else str(state.day.year)
    return _("seit %(day)s") % {"day": day}
