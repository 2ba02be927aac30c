"""The application form for organisations: the fields of the paper form, guarded because anybody may send it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from actionplan.application_forms import ApplicationFields
from atlas.guarded import GuardedForm, enough_words, few_links, no_links


class ApplicationForm(GuardedForm, ApplicationFields):
    """An application for a neighbourhood project."""

    einverstanden = forms.BooleanField(
        label=_("Ich stelle den Antrag für die genannte Organisation. Die Angaben dürfen gespeichert werden."),
        error_messages={"required": _("Ohne diese Bestätigung können wir den Antrag nicht annehmen.")},
    )

    def clean_organisation(self) -> str:
        """One line without a link."""
        return enough_words(no_links(self.cleaned_data["organisation"]), 3)

    def clean_titel(self) -> str:
        """One line without a link."""
        return enough_words(no_links(self.cleaned_data["titel"]), 5)

    def clean_beschreibung(self) -> str:
        """Long enough to be understood, with few links."""
        return enough_words(few_links(self.cleaned_data["beschreibung"]), 20)

    def clean_ziele(self) -> str:
        """With few links."""
        return few_links(self.cleaned_data["ziele"])
