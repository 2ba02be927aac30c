"""Deciding what is foreseen for funds, in the administration."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from actionplan.actions.booking import BookingError
from actionplan.actions.deciding_funds import decide_foreseen
from actionplan.models import CouncilPaper


class DecisionForm(forms.Form):
    """By which decision the amounts hold."""

    day = forms.DateField(label=_("Beschlossen am"), initial=timezone.localdate, help_text=_("z. B. 01.05.2026"))
    paper = forms.ModelChoiceField(CouncilPaper.objects.all(), label=_("Drucksache"), required=False)
    note = forms.CharField(label=_("Bemerkung"), max_length=240, required=False)


@admin.action(description=_("Vorgesehene Beträge beschließen"), permissions=["decide"])
def decide(model_admin, request, queryset):
    """First a page that shows the amounts and asks for the decision; a refusal stands on it."""
    form = DecisionForm(request.POST if "apply" in request.POST else None)
    if "apply" in request.POST and form.is_valid():
        try:
            done = decide_foreseen(funds=queryset.order_by(), user=request.user, **form.cleaned_data)
        except BookingError as error:
            form.add_error(None, str(error))
        else:
            told = ngettext("%(count)d Topf ist beschlossen.", "%(count)d Töpfe sind beschlossen.", len(done))
            model_admin.message_user(request, told % {"count": len(done)}, messages.SUCCESS)
            return None
    funds = list(queryset.order_by("year", "name"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Vorgesehene Beträge beschließen"),
        "opts": model_admin.model._meta,
        "funds": [fund for fund in funds if fund.foreseen is not None],
        "left_out": [fund for fund in funds if fund.foreseen is None],
        "form": form,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/actionplan/fund/decide.html", context)
