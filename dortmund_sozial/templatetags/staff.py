"""What the frame of staff pages needs."""

from django import template
from django.conf import settings

from dortmund_sozial.accounts.names import shown_name
from dortmund_sozial.accounts.navigation import places_for

register = template.Library()


@register.inclusion_tag("redaktion/navigation.html", takes_context=True)
def staff_navigation(context: template.Context) -> dict:
    """Navigation of the workspace for the account that asks; nothing for visitors."""
    request = context.get("request")
    if request is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"places": []}
    return {
        "places": places_for(request),
        "name": shown_name(request.user),
        "roles": [group.name for group in request.user.groups.all()],
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def session_idle_minutes() -> int:
    """After how many minutes without a request a session ends."""
    return settings.SESSION_IDLE_MINUTES


@register.simple_tag
def second_factor_required() -> bool:
    """Whether staff pages open only with a second factor."""
    return settings.SECOND_FACTOR_REQUIRED


@register.filter
def person(user: object) -> str:
    """The name of an account, a dash for one that is gone."""
    return shown_name(user) if user else "–"
