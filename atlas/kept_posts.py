"""What somebody sent after their login had expired is kept until they are in again, and then stands in the form."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, QueryDict

from dortmund_sozial.throttling import KeepingByVisitor

_KEY = "sent_without_login"
MOST_LETTERS = 800_000  # of a form, as it travels
_OWN = ("csrfmiddlewaretoken",)


def login_keeps(view: Callable) -> Callable:
    """Like `login_required`; a form that is sent without a login waits in the session (at most one) for `kept_post`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST" and settings.SESSION_COOKIE_NAME in request.COOKIES:
            _keep(request)
        return redirect_to_login(request.get_full_path())

    return guarded


def _keep(request: HttpRequest) -> None:
    sent = request.POST.copy()
    for name in _OWN:
        sent.pop(name, None)
    told = sent.urlencode()
    if len(told) <= MOST_LETTERS and KeepingByVisitor().allow_request(request, None):
        request.session[_KEY] = [request.path, told]


def kept_post(request: HttpRequest) -> QueryDict | None:
    """What was sent to this very address before the login, once; it is not saved yet."""
    path, told = request.session.get(_KEY, ("", ""))
    if path != request.path:
        return None
    del request.session[_KEY]
    return QueryDict(told)
