"""Mails about figures: signed addresses in them, and messages in the language of those who read them.

A token says which subscriptions it is about and nothing else; nobody needs an account. The token to end a
subscription holds for ever, because an old mail must still lead out.
"""

from collections.abc import Iterable
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from indicators.models import Subscription

CONFIRM_SECONDS = 7 * 86_400  # as long as an unconfirmed address is kept
_CONFIRM, _END = "indicators.subscription.confirm", "indicators.subscription.end"
_ANY = {"", "*"}


class BadToken(Exception):
    """A token that was changed, is incomplete or too old."""


def portal_site() -> str:
    """Scheme and host for addresses in mails, without a request at hand: PORTAL_URL, else the first allowed host."""
    if settings.PORTAL_URL:
        return settings.PORTAL_URL.rstrip("/")
    host = next((host for host in settings.ALLOWED_HOSTS if host.strip(".") not in _ANY), "localhost")
    return f"https://{host.lstrip('.')}"


def confirm_token(subscription: Subscription) -> str:
    """For the mail that asks whether the address is right."""
    return signing.dumps(subscription.pk, salt=_CONFIRM)


def read_confirm_token(token: str) -> int:
    """Primary key of the subscription. Raises `BadToken`."""
    return _read(token, _CONFIRM, int, max_age=CONFIRM_SECONDS)


def end_token(subscriptions: Iterable[Subscription]) -> str:
    """For ending the subscriptions that a mail was sent for."""
    return signing.dumps(sorted(subscription.pk for subscription in subscriptions), salt=_END)


def read_end_token(token: str) -> list[int]:
    """Primary keys of the subscriptions. Raises `BadToken`."""
    return _read(token, _END, list)


def _read(token: str, salt: str, kind: type, *, max_age: int | None = None):
    try:
        found = signing.loads(token, salt=salt, max_age=max_age)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
    if not isinstance(found, kind):
        raise BadToken
    return found


def end_url(subscriptions: Iterable[Subscription], site: str) -> str:
    """Address that ends subscriptions; in the language that is active."""
    return site + reverse("atlas:subscription_end", args=[end_token(subscriptions)])


def confirmation_mail(subscription: Subscription, *, title: str, site: str) -> EmailMultiAlternatives:
    """Asks for confirmation; says what was asked for and when the address is forgotten."""
    with override(subscription.language):
        url = site + reverse("atlas:subscription_confirm", args=[confirm_token(subscription)])
        context = {"subscription": subscription, "title": title, "url": url, "site": site}
        return templated_mail("confirm", context, to=subscription.email)


def news_mail(subscriptions: list[Subscription], context: dict, *, site: str) -> EmailMultiAlternatives:
    """News for one address; carries the headers for unsubscribing by one click (RFC 8058).

    The same release gives the same Message-ID for the same subscriptions: a mail that is sent again because a
    server lost its answer is recognised as the same one.
    """
    first = subscriptions[0]
    with override(first.language):
        url = end_url(subscriptions, site)
        message = templated_mail("news", {**context, "end_url": url, "site": site}, to=first.email)
    host = urlsplit(site).hostname or "localhost"
    release = context["release"].pk
    key = f"{release}:{','.join(str(subscription.pk) for subscription in subscriptions)}"
    message.extra_headers |= {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"{formataddr(('Sozialportal', ''))} <veroeffentlichungen.{host}>".replace(" <>", ""),
        "Message-ID": f"<release-{release}.{salted_hmac('indicators.mail', key).hexdigest()[:24]}@{host}>",
    }
    return message


def templated_mail(name: str, context: dict, *, to: str) -> EmailMultiAlternatives:
    """Plain text with a simple HTML alternative; the first line of the text template is the subject."""
    subject, _newline, body = render_to_string(f"mail/{name}.txt", context).strip().partition("\n")
    message = EmailMultiAlternatives(" ".join(subject.split()), body.strip() + "\n", to=[to])
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.attach_alternative(render_to_string(f"mail/{name}.html", context), "text/html")
    return message
