"""`/aktionsplan/antrag/`: organisations apply for a neighbourhood project and see the receipt."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actionplan.actions.applications import ApplicationError, receive_application
from actionplan.actions.ideas import digest_of
from actionplan.selectors.applications import own_application
from atlas.application_form import ApplicationForm
from atlas.navigation import Frame
from atlas.views.ideas import METHODS, too_often, with_switch
from atlas.views.plan_projects import plan_crumbs


@METHODS
@with_switch("APPLICATION_FORM")
@never_cache
def apply(request):
    """The form; what is refused stays in it."""
    if request.method != "POST":
        return _form(request, ApplicationForm())
    form = ApplicationForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=400)
    if answer := too_often(request, lambda: _form(request, form, status=429)):
        return answer
    try:
        receive_application(costs=form.costs, token_digest=digest_of(form.secret), **form.columns)
    except ApplicationError as error:
        form.add_error(None, str(error))
        return _form(request, form, status=409)
    return redirect("atlas:application_receipt", form.secret)


@require_safe
@never_cache
def receipt(request, token: str):
    """What came in, under which number, and how it stands."""
    detail = own_application(digest_of(token))
    context = {"detail": detail, "address": Frame(request).site + request.path}
    context["crumbs"] = plan_crumbs(_("Ihr Antrag"))
    answer = render(request, "atlas/application_receipt.html", context, status=200 if detail else 404)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _form(request, form: ApplicationForm, *, status: int = 200):
    context = {"form": form, "crumbs": plan_crumbs(_("Geld beantragen"))}
    return render(request, "atlas/application.html", {**context, "refused": status == 429}, status=status)
