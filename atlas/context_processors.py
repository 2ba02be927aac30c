"""What every page needs to know about the portal itself."""

from django.conf import settings

from .navigation import Frame


def portal(request):
    """The operator's facts for footer and legal pages, and the frame (navigation, languages) for base.html."""
    return {
        "operator": settings.OPERATOR,
        "licences_confirmed": settings.OPERATOR_LICENCES_CONFIRMED,
        "has_idea_box": settings.IDEA_BOX,
        "has_application_form": settings.APPLICATION_FORM,
        "frame": Frame(request),
    }
