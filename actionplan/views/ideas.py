"""/redaktion/aktionsplan/ideen/: reading what citizens send in, and deciding about it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from actionplan.actions.ideas import IdeaError, make_project, publish_idea, refuse_idea, take_up
from actionplan.idea_forms import DecisionForm, PublishForm, RefuseForm
from actionplan.models import Idea, IdeaStep
from actionplan.selectors.ideas import idea_with_steps, ideas_by_state, ideas_to_decide
from actionplan.selectors.projects import field_names
from actionplan.tasks_mail import tell_sender

from .guards import open_to

VIEW, DECIDE = "actionplan.view_idea", "actionplan.decide_idea"
S = Idea.State
CAN_PUBLISH = (S.RECEIVED, S.IN_REVIEW, S.PUBLISHED)
CAN_REVIEW = (S.RECEIVED, S.REFUSED)


def _guarded(permission: str, methods: Callable) -> Callable:
    """With account, permission and the idea box switched on."""

    def decorated(view: Callable) -> Callable:
        def switched(request, *args, **kwargs):
            if not settings.IDEA_BOX:
                raise Http404
            return view(request, *args, **kwargs)

        return open_to(permission, methods)(switched)

    return decorated


@_guarded(VIEW, require_safe)
def ideas(request):
    """Ideas by state, those that wait longest first."""
    counts = ideas_by_state()
    state = request.GET.get("stand", "")
    state = state if state in counts else ""
    context = {
        "page": ideas_to_decide(state, request.GET.get("seite", "1")),
        "state": state,
        "states": [(value, label, counts[value]) for value, label in S.choices],
        "total": sum(counts.values()),
        "crumbs": _crumbs(),
    }
    return render(request, "redaktion/plan/ideas.html", context)


@_guarded(VIEW, require_safe)
def idea(request, pk: int):
    """One idea: what was sent, what readers see, what was decided, what can be decided now."""
    return _show(request, pk)


def _show(request, pk: int, *, fault: str = "", forms: dict | None = None, status: int = 200):
    shown, steps = _found(pk)
    seen = {"gesehen": steps[-1].pk}
    words = {"titel": shown.public_title or shown.title, "text": shown.public_text or shown.text}
    names = {name.field_id: name.label for name in field_names(timezone.localdate())}
    for form in (forms or {}).values():  # sent again it is about the state that the page shows now
        form.data = {**form.data.dict(), "gesehen": steps[-1].pk}
    context = {
        "idea": shown,
        "steps": steps,
        "field_name": names.get(shown.field_id, ""),
        "fault": fault,
        "can_publish": shown.state in CAN_PUBLISH,
        "can_review": shown.state in CAN_REVIEW,
        "plain_form": DecisionForm(initial=seen),
        "publish_form": PublishForm(initial={**seen, **words}),
        "refuse_form": RefuseForm(initial=seen),
        "shows_names": request.user.has_perm("indicators.view_editor_names"),
        "crumbs": _crumbs(shown.title),
        **(forms or {}),
    }
    return render(request, "redaktion/plan/idea.html", context, status=status)


def _found(pk: int):
    found = idea_with_steps(pk)
    if found is None:
        raise Http404(_("Diese Idee gibt es nicht (mehr)."))
    return found


@dataclass(frozen=True)
class Decision:
    """One that can be made on the page: its form, under which name the page has it, what it does, what is said then.

    `act` takes `idea`, `seen`, `user` and the form's fields, and returns the step that was added.
    """

    form: type[DecisionForm]
    name: str
    act: Callable[..., IdeaStep]
    said: Promise

    def view(self) -> Callable:
        """The view that makes it."""
        return _guarded(DECIDE, require_POST)(partial(_decide, decision=self))


def _publish(*, titel, text, grund, **more) -> IdeaStep:
    return publish_idea(title=titel, text=text, reason=grund, **more)


def _refuse(*, grund, **more) -> IdeaStep:
    return refuse_idea(reason=grund, **more)


def _to_project(*, idea, **more) -> IdeaStep:
    make_project(idea=idea, **more)
    return idea.steps.order_by("-pk").first()


def _decide(request, pk: int, *, decision: Decision):
    shown, _steps = _found(pk)
    form = decision.form(request.POST)
    if not form.is_valid():
        fault = _("Das Formular war unvollständig. Bitte noch einmal.") if "gesehen" in form.errors else ""
        return _show(request, pk, fault=fault, forms=_kept(form, decision.name), status=422)
    words = dict(form.cleaned_data)
    seen = words.pop("gesehen")
    try:
        step = decision.act(idea=shown, seen=seen, user=request.user, **words)
    except IdeaError as error:
        return _show(request, pk, fault=str(error), forms=_kept(form, decision.name), status=409)
    tell_sender.enqueue(step.pk)
    messages.success(request, decision.said)
    return redirect("plan:idea", pk)


def _kept(form: DecisionForm, name: str) -> dict:
    """The words of a refused form; it is about the newest state from now on only if the person sends it again."""
    return {} if type(form) is DecisionForm else {name: form}


def _crumbs(last: str = "") -> list[dict]:
    crumbs = [{"label": _("Aktionsplan"), "url": reverse("plan:desk")}]
    crumbs.append({"label": _("Ideen"), "url": reverse("plan:ideas") if last else ""})
    return [*crumbs, {"label": last, "url": ""}] if last else crumbs


review = Decision(DecisionForm, "plain_form", take_up, gettext_lazy("Die Idee ist in Prüfung.")).view()
publish = Decision(PublishForm, "publish_form", _publish, gettext_lazy("Die Idee ist veröffentlicht.")).view()
refuse = Decision(RefuseForm, "refuse_form", _refuse, gettext_lazy("Die Idee ist nicht veröffentlicht.")).view()
to_project = Decision(
    DecisionForm,
    "plain_form",
    _to_project,
    gettext_lazy("Aus der Idee ist ein Projekt geworden. Ergänzen Sie dort, was bekannt ist."),
).view()
