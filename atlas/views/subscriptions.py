"""`/veroeffentlichungen/abonnieren/`: news by mail about new figures, with confirmation and an end at any time.

Nothing here is kept in the page cache: the form carries a token of its own, the other pages a secret in their address.
"""

from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from atlas.links import releases_path, subscribe_path
from atlas.navigation import Frame
from atlas.subscribing import SubscribeForm, choices
from dortmund_sozial.throttling import SubscribingByVisitor
from indicators.actions.subscribing import confirm_subscription, end_subscriptions, request_subscription
from indicators.mailing import BadToken, read_confirm_token, read_end_token
from indicators.models import Subscription
from indicators.news import title_of
from indicators.tasks_mail import send_confirmation

METHODS = require_http_methods(["GET", "HEAD", "POST"])
SENT = "gesendet"


@never_cache
@METHODS
def subscribe(request):
    """The form, and its answer: always the same, so that nobody learns which addresses are known."""
    if request.method != "POST":
        form = SubscribeForm(initial={name: request.GET.get(name, "") for name in ("indikator", "gebiet")})
        return _form(request, form, sent=SENT in request.GET)
    form = SubscribeForm(request.POST)
    throttle = SubscribingByVisitor()
    if not throttle.allow_request(request, None):
        answer = _form(request, form, status=429, refused=_("Von Ihrem Anschluss kamen gerade viele Bestellungen."))
        answer["Retry-After"] = str(int(throttle.wait() or 60) + 1)
        return answer
    if not form.is_valid():
        return _form(request, form, status=400)
    _ask(request, form.cleaned_data)
    return redirect(f"{subscribe_path()}?{SENT}=1")


@never_cache
@METHODS
def confirm(request, token: str):
    """A page with a button: programs that follow links in mails must not confirm anything."""
    try:
        pk = read_confirm_token(token)
    except BadToken:
        return _said(request, "expired", status=410)
    if request.method == "POST":
        subscription = confirm_subscription(pk=pk)
        return _said(request, "confirmed", [subscription]) if subscription else _said(request, "expired", status=410)
    found = _named([pk])
    if not found:
        return _said(request, "expired", status=410)
    return _said(request, "confirmed" if found[0].confirmed_at else "confirm", found)


@csrf_exempt
@never_cache
@METHODS
def unsubscribe(request, token: str):
    """Ends subscriptions by a click on the page, or by the mail program itself (RFC 8058: a POST without cookies)."""
    try:
        pks = read_end_token(token)
    except BadToken:
        return _said(request, "unreadable", status=404)
    if request.method == "POST":
        end_subscriptions(pks=pks)
        return _said(request, "ended")
    found = _named(pks)
    return _said(request, "end" if found else "ended", found)


def _ask(request, asked: dict) -> None:
    area = asked["gebiet"]
    subscription = request_subscription(
        email=asked["email"],
        indicator=asked["indikator"],
        level=area.level if area else None,
        area_code=area.code if area else "",
        language=get_language(),
    )
    if subscription is not None:
        send_confirmation.enqueue(subscription.pk, Frame(request).site)


def _named(pks: list[int]) -> list[Subscription]:
    return list(Subscription.objects.filter(pk__in=pks).select_related("indicator", "level").order_by("pk"))


def _form(request, form: SubscribeForm, *, status: int = 200, sent: bool = False, refused: str = ""):
    context = {"form": form, "choices": choices(), "sent": sent, "refused": refused, "crumbs": _crumbs()}
    return render(request, "atlas/subscription.html", context, status=status)


def _said(request, state: str, subscriptions=(), *, status: int = 200):
    titles = [title_of(subscription) for subscription in subscriptions]
    context = {"state": state, "titles": titles, "subscribe_url": subscribe_path(), "crumbs": _crumbs()}
    answer = render(request, "atlas/subscription_state.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _crumbs() -> list[dict]:
    return [
        {"label": _("Veröffentlichungen"), "url": releases_path()},
        {"label": _("Nachricht bei neuen Zahlen"), "url": ""},
    ]
