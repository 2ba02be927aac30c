"""Forms of the pages that bring in spreadsheets."""

from django import forms
from django.utils.translation import gettext_lazy as _

from areas.models import Source
from indicators.models import Release, UploadTemplate


class UploadForm(forms.Form):
    """A file, and what is known about it."""

    file = forms.FileField(
        label=_("Datei"),
        error_messages={"required": _("Bitte eine Datei auswählen."), "empty": _("Diese Datei ist leer.")},
    )
    template = forms.ModelChoiceField(
        UploadTemplate.objects.filter(is_current=True),
        label=_("Vorlage"),
        required=False,
        empty_label=_("keine – die Spalten ordne ich zu"),
        help_text=_("Gleiche Tabelle wie im Vorjahr? Dann liest die Vorlage sie von selbst."),
        widget=forms.Select(attrs={"class": "select"}),
    )
    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=_("Quelle"),
        required=False,
        empty_label=_("wie im Katalog des Indikators"),
        help_text=_("Steht öffentlich bei jeder Zahl."),
        widget=forms.Select(attrs={"class": "select"}),
    )
    note = forms.CharField(
        label=_("Anmerkung für die Kolleginnen und Kollegen"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "input"}),
    )


class AcceptForm(forms.Form):
    """Into which draft the values of an upload go."""

    release = forms.ModelChoiceField(
        Release.objects.filter(status=Release.State.DRAFT),
        label=_("Entwurf"),
        required=False,
        empty_label=_("neuer Entwurf"),
        to_field_name="slug",
        widget=forms.Select(attrs={"class": "select"}),
    )
    title = forms.CharField(
        label=_("Titel des neuen Entwurfs"),
        required=False,
        max_length=160,
        help_text=_("Steht später öffentlich, zum Beispiel „Statistikatlas 2026“."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    replace = forms.BooleanField(
        label=_("Werte, die der Entwurf für dieselben Gebiete und Jahre schon hat, ersetzen"), required=False
    )

    def clean(self):
        """A new draft needs a title."""
        cleaned = super().clean()
        if not cleaned.get("release") and not (cleaned.get("title") or "").strip():
            self.add_error("title", _("Bitte einen Titel angeben oder einen Entwurf wählen."))
        return cleaned


class TemplateForm(forms.Form):
    """Under which name a mapping is kept."""

    name = forms.CharField(
        label=_("Name der Vorlage"), max_length=120, widget=forms.TextInput(attrs={"class": "input"})
    )
    note = forms.CharField(
        label=_("Anmerkung"), required=False, max_length=240, widget=forms.TextInput(attrs={"class": "input"})
    )
