"""Pages that are prose: one template per language, because long prose does not survive gettext."""

from datetime import date

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from indicators.statuses import SIGN_MEANINGS

# Day on which the accessibility statement was last checked against the portal.
ACCESSIBILITY_CHECKED_ON = date(2026, 11, 21)


@require_safe
def about(request):
    """What the portal is, who stands behind it, how its figures are made and where they end."""
    return _page(request, "about", {"signs": SIGN_MEANINGS})


@require_safe
def accessibility(request):
    """Accessibility statement in the form that BITV NRW asks for."""
    return _page(request, "accessibility", {"checked_on": ACCESSIBILITY_CHECKED_ON})


@require_safe
def privacy(request):
    """What is stored about readers (nothing by the portal itself) and what the operator has to add."""
    return _page(request, "privacy", {"idea_keep_days": settings.IDEA_KEEP_DAYS})


@require_safe
def imprint(request):
    """Who answers for the portal; facts come from the OPERATOR_* environment variables."""
    return _page(request, "imprint")


@require_safe
def easy(request):
    """The portal in Leichte Sprache, a form of German: the address without language prefix is the only one."""
    if get_language() != "de":
        with override("de"):
            return redirect("atlas:easy", permanent=True)
    return _page(request, "easy")


def _page(request, name, context=None):
    language = "en" if get_language() == "en" else "de"
    return render(request, f"pages/{language}/{name}.html", context)
