"""`/aktionsplan/ideen/`: what citizens propose, the form for it, and the page to which a sender comes back.

Form and list exist with IDEA_BOX only. The page of one idea always answers: who sent something can always delete it.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actionplan.actions.ideas import IdeaError, confirm_contact, delete_idea, digest_of, forget_contact, send_idea
from actionplan.selectors.ideas import IdeaFilters, OwnIdea, idea_places, own_idea, public_ideas
from actionplan.selectors.projects import field_names
from actionplan.tasks_mail import ask_sender
from atlas.asked import AskedWrongly, one_of
from atlas.idea_form import IdeaForm
from atlas.links import plan_path
from atlas.navigation import Frame
from atlas.views.plan_projects import plan_crumbs
from dortmund_sozial.throttling import SendingByVisitor

METHODS = require_http_methods(["GET", "HEAD", "POST"])
SENT = "gesendet"


def with_switch(name: str) -> Callable:
    """The page exists only where the setting `name` is on."""

    def decorated(view: Callable) -> Callable:
        @wraps(view)
        def switched(request, *args, **kwargs):
            if not getattr(settings, name):
                raise Http404
            return view(request, *args, **kwargs)

        return switched

    return decorated


@require_safe
@with_switch("IDEA_BOX")
@never_cache
def ideas(request):
    """Published ideas, narrowed by place, field and whether something came of them."""
    fields = field_names(timezone.localdate())
    places = [(area.code, area.name) for area in idea_places()]
    wrong, filters = None, IdeaFilters()
    try:
        filters = IdeaFilters(
            place=one_of(request.GET, "raum", ["stadt", *(code for code, _name in places)], default=""),
            field=one_of(request.GET, "feld", [name.field.slug for name in fields], default=""),
            became=one_of(request.GET, "stand", ["projekt"], default="") == "projekt",
            key=_key(request.GET.get("idee", "")),
        )
    except AskedWrongly as asked:
        wrong = asked
    context = {
        "page": public_ideas(filters, request.GET.get("seite", "1")),
        "filters": filters,
        "wrong": wrong,
        "places": places,
        "fields": fields,
        "field_words": {name.field.slug: name for name in fields},
        "asked": _asked_again(filters),
        "crumbs": plan_crumbs(_("Ideen")),
    }
    return render(request, "atlas/ideas.html", context, status=400 if wrong else 200)


def _key(text: str) -> int | None:
    """The number of one idea. Raises `AskedWrongly`."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise AskedWrongly("idee", text, [_("die Nummer einer Idee")])
    return int(text)


def _asked_again(filters: IdeaFilters) -> str:
    known = {"raum": filters.place, "feld": filters.field, "stand": "projekt" if filters.became else ""}
    return "&".join(f"{name}={value}" for name, value in known.items() if value)


@METHODS
@with_switch("IDEA_BOX")
@never_cache
def new_idea(request):
    """The form; what is refused stays in it."""
    if request.method != "POST":
        return _form(request, IdeaForm(initial={"gebiet": request.GET.get("raum", "")}))
    form = IdeaForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=400)
    if answer := too_often(request, lambda: _form(request, form, status=429)):
        return answer
    try:
        sent = _send(form)
    except IdeaError as error:
        form.renew()
        form.add_error(None, str(error))
        return _form(request, form, status=409)
    if sent.contact:
        ask_sender.enqueue(sent.contact.pk, Frame(request).site)
    return redirect(reverse("atlas:idea_state", args=[form.secret]) + f"?{SENT}=1")


def too_often(request, answer: Callable):
    """The answer for a visitor who has sent too much of late, else None. Only forms that are in order count."""
    throttle = SendingByVisitor()
    if throttle.allow_request(request, None):
        return None
    refused = answer()
    refused["Retry-After"] = str(int(throttle.wait() or 60) + 1)
    return refused


def _send(form: IdeaForm):
    said = form.cleaned_data
    return send_idea(
        token=form.secret,
        title=said["titel"],
        text=said["text"],
        area=said["gebiet"],
        field=said["feld"],
        email=said["email"],
        language=get_language() or "de",
    )


def _form(request, form: IdeaForm, *, status: int = 200):
    crumbs = plan_crumbs(_("Ideen"), plan_path("ideen"), _("Eine Idee vorschlagen"))
    context = {"form": form, "crumbs": crumbs, "refused": status == 429}
    return render(request, "atlas/idea_new.html", context, status=status)


@METHODS
@never_cache
def idea_state(request, token: str):
    """How an idea stands; deleting it; from an address in a mail also confirming or ending the messages."""
    own = own_idea(digest=digest_of(token), token=token)
    if own is None:
        return _state(request, {"state": "gone"}, status=404)
    if request.method == "POST":
        return _done(request, own)
    return _state(request, {"own": own, "idea": own.idea, "sent": SENT in request.GET, "address": _address(request)})


def _done(request, own: OwnIdea):
    """Whatever the sender asked for; anything else only shows the page again."""
    wish = request.POST.get("wunsch", "")
    if wish == "loeschen":
        delete_idea(idea=own.idea)
        return _state(request, {"state": "deleted", "project": own.idea.project})
    if wish == "bestaetigen" and own.by_mail:
        confirm_contact(idea=own.idea)
    elif wish == "adresse-loeschen" and own.contact:
        forget_contact(idea=own.idea)
        if own.by_mail:  # this address goes with it
            return _state(request, {"state": "address_gone"})
    return redirect(request.path)


def _address(request) -> str:
    return Frame(request).site + request.path


def _state(request, context: dict, *, status: int = 200):
    crumbs = plan_crumbs(_("Ihre Idee"))
    answer = render(request, "atlas/idea_state.html", {"crumbs": crumbs, **context}, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
