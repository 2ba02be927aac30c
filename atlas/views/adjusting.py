"""/redaktion/aktionsplan/anpassungen/: from the figures of a release to a decision about the action areas."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from actionplan.actions.adjusting import AdjustmentError, decide_adjustment, draft_adjustment, drop_adjustment
from actionplan.actions.choosing import ChoiceFaults, save_choices
from actionplan.models import Adjustment
from actionplan.selectors.adjustments import adjustments as all_adjustments
from atlas.adjusting_forms import BeginForm, DecisionForm, WholeForm, choice_from
from atlas.adjusting_page import chosen_groups, quarter_maps, what_changes
from atlas.selectors.adjustments import AdjustmentPage, adjustment_page

VIEW, CHANGE = "actionplan.view_adjustment", "actionplan.change_adjustment"
DECIDE = "actionplan.decide_adjustment"


@never_cache
@login_required
@permission_required(VIEW, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def adjustments(request):
    """All adjustments; POST begins a new draft."""
    may = request.user.has_perm("actionplan.add_adjustment")
    if request.method == "POST" and not may:
        raise PermissionDenied
    form = BeginForm(request.POST or None) if may else None
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        made = draft_adjustment(
            result=asked["result"], plan_day=asked["plan_day"], title=asked["title"], user=request.user
        )
        return redirect("staff:adjustment", made.slug)
    context = {"adjustments": all_adjustments(), "form": form, "crumbs": _crumbs()}
    return render(request, "redaktion/plan/adjustments.html", context, status=422 if form and form.errors else 200)


@never_cache
@login_required
@permission_required(VIEW, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def adjustment(request, slug: str):
    """One adjustment; POST saves the draft (`step=save`), or saves it and records the decision (`step=decide`)."""
    if request.method == "POST" and not request.user.has_perm(CHANGE):
        raise PermissionDenied
    page = _page(slug)
    return _saved(request, page) if request.method == "POST" else _shown(request, page)


def _saved(request, page: AdjustmentPage):
    data, version = request.POST, request.POST.get("version", "")
    whole, sent = WholeForm(data), {area.line.pk: choice_from(data, area.line) for area in page.areas}
    if not whole.is_valid():
        return _shown(request, page, whole=whole, sent=sent)
    try:
        found = save_choices(
            adjustment=page.adjustment,
            version=int(version) if version.isascii() and version.isdecimal() else 0,
            choices=sent,
            **whole.cleaned_data,
        )
    except ChoiceFaults as wrong:
        fault = _("Noch nichts ist gespeichert: Bei einem Gebiet fehlt etwas.")
        return _shown(request, page, whole=whole, sent=sent, faults=wrong.by_line, fault=fault)
    except AdjustmentError as refused:
        return _shown(request, _page(page.adjustment.slug), whole=whole, sent=sent, fault=str(refused))
    if data.get("step") == "decide":
        return _decided(request, found)
    messages.success(request, _("Gespeichert. Am Aktionsplan hat sich noch nichts geändert."))
    return redirect("staff:adjustment", page.adjustment.slug)


def _decided(request, found: Adjustment):
    if not request.user.has_perm(DECIDE):
        raise PermissionDenied
    form, page = DecisionForm(request.POST), _page(found.slug)
    if not form.is_valid():
        text = _("Der Entwurf ist gespeichert. Zum Beschluss fehlt noch etwas.")
        return _shown(request, page, decision=form, fault=text)
    try:
        decide_adjustment(adjustment=found, version=found.version, **form.cleaned_data)
    except AdjustmentError as refused:
        text = _("Der Entwurf ist gespeichert, der Beschluss nicht eingetragen: %s") % refused
        return _shown(request, page, decision=form, fault=text)
    messages.success(request, _("Der Beschluss ist eingetragen. Er gilt und steht auf den öffentlichen Seiten."))
    return redirect("staff:adjustment", found.slug)


@never_cache
@login_required
@permission_required(CHANGE, raise_exception=True)
@require_POST
def adjustment_drop(request, slug: str):
    """Put a draft aside."""
    page = _page(slug)
    try:
        drop_adjustment(adjustment=page.adjustment)
    except AdjustmentError as refused:
        return _shown(request, page, fault=str(refused))
    messages.success(
        request, _("Der Entwurf „%s“ ist verworfen. Am Aktionsplan hat sich nichts geändert.") % page.adjustment
    )
    return redirect("staff:adjustments")


def _page(slug: str) -> AdjustmentPage:
    try:
        return adjustment_page(Adjustment.objects.filter(slug=slug))
    except Adjustment.DoesNotExist as error:
        raise Http404(_("Diese Anpassung gibt es nicht.")) from error


def _shown(request, page: AdjustmentPage, *, whole=None, decision=None, sent=None, faults=None, fault=""):
    found = page.adjustment
    is_draft = found.state == Adjustment.State.DRAFT
    context = {
        "page": page,
        "adjustment": found,
        "is_draft": is_draft,
        "may_change": is_draft and request.user.has_perm(CHANGE),
        "groups": chosen_groups(page, sent, faults) if is_draft else [],
        "maps": {} if is_draft else quarter_maps(page),
        "changes": what_changes(page),
        "whole": whole or WholeForm(initial={"title": found.title, "text": found.text}),
        "decision": decision or DecisionForm(),
        "fault": fault,
        "crumbs": [*_crumbs(reverse("staff:adjustments")), {"label": found.title, "url": ""}],
    }
    return render(request, "redaktion/plan/adjustment.html", context, status=422 if fault or whole else 200)


def _crumbs(url: str = "") -> list[dict]:
    return [
        {"label": _("Aktionsplan"), "url": reverse("plan:desk")},
        {"label": _("Anpassungen"), "url": url},
    ]
