"""What every page needs to know about the portal itself."""

from django.conf import settings


def portal(request):
    """The operator's facts for footer and legal pages."""
    return {"operator": settings.OPERATOR, "licences_confirmed": settings.OPERATOR_LICENCES_CONFIRMED}
