"""Forms on the pages of a release."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _


class DraftForm(forms.Form):
    """A new draft."""

    title = forms.CharField(
        label=_("Titel"), min_length=3, max_length=160, widget=forms.TextInput(attrs={"class": "input"})
    )


class ScheduleForm(forms.Form):
    """Day and hour by the city's clock."""

    day = forms.DateField(label=_("Tag"), widget=forms.DateInput(attrs={"type": "date", "class": "input"}))
    time = forms.TimeField(label=_("Uhrzeit"), widget=forms.TimeInput(attrs={"type": "time", "class": "input"}))


class PreviewForm(forms.Form):
    """Who may look ahead, and for how long."""

    DAYS = [(1, _("einen Tag")), (3, _("drei Tage")), (7, _("eine Woche")), (14, _("zwei Wochen"))]

    days = forms.TypedChoiceField(
        label=_("Gilt"), choices=DAYS, coerce=int, initial=3, widget=forms.Select(attrs={"class": "select"})
    )
    note = forms.CharField(
        label=_("Für wen, wozu"), max_length=160, required=False, widget=forms.TextInput(attrs={"class": "input"})
    )
    needs_account = forms.BooleanField(label=_("Nur für Konten, die ich hier auswähle"), required=False)
    users = forms.ModelMultipleChoiceField(
        get_user_model().objects.filter(is_active=True).order_by("username"),
        label=_("Konten"),
        required=False,
        widget=forms.SelectMultiple(attrs={"class": "select select--many", "size": 6}),
    )

    def clean(self):
        """Named accounts have to be named."""
        cleaned = super().clean()
        if cleaned.get("needs_account") and not cleaned.get("users"):
            self.add_error("users", _("Bitte mindestens ein Konto auswählen."))
        return cleaned
