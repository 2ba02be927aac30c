"""Who asks the public interface too often: counted by the visitor's address as logins are."""

from django.http import HttpRequest
from rest_framework.throttling import AnonRateThrottle

from dortmund_sozial.client_address import visitor_address


class ByVisitor(AnonRateThrottle):
    """The rate per address; an address that a visitor writes into a header of their own is not believed."""

    def get_ident(self, request: HttpRequest) -> str:
        """The address that counts."""
        return visitor_address(request)


class SubscribingByVisitor(ByVisitor):
    """How often one address may ask for news by mail: each time may send a mail to somebody."""

    scope = "subscribe"


class SendingByVisitor(ByVisitor):
    """How often one address may send a form of the action plan: somebody has to read each."""

    scope = "plan_forms"


class ReportsByVisitor(ByVisitor):
    """How many documents one address may have computed; those that are there already are free."""

    scope = "reports"


class PicturesByVisitor(ByVisitor):
    """How many pictures of maps one address may have drawn; those that are kept are free."""

    scope = "pictures"


class KeepingByVisitor(ByVisitor):
    """How many forms that were sent without a login are kept for one address until the login."""

    scope = "kept_forms"
