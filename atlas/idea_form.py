"""The form for an idea: where, what about, the idea itself. No name is asked."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.models import FieldOfAction
from actionplan.selectors.ideas import idea_places
from actionplan.selectors.projects import field_names
from areas.models import Area
from atlas.guarded import GuardedForm, enough_words, few_links, no_links

CITY = "stadt"


class IdeaForm(GuardedForm):
    """An idea for an area or the city."""

    gebiet = forms.ChoiceField(
        label=_("Wo?"),
        error_messages={
            "required": _("Bitte wählen Sie ein Gebiet oder „ganze Stadt“."),
            "invalid_choice": _("Dieses Gebiet gibt es nicht."),
        },
    )
    feld = forms.ChoiceField(
        label=_("Worum geht es?"),
        required=False,
        error_messages={"invalid_choice": _("Dieses Handlungsfeld gibt es nicht.")},
    )
    titel = forms.CharField(
        label=_("Titel"),
        max_length=120,
        help_text=_("In wenigen Worten, höchstens 120 Zeichen."),
        error_messages={
            "required": _("Bitte geben Sie Ihrer Idee einen Titel."),
            "max_length": _("Der Titel ist zu lang: höchstens 120 Zeichen."),
        },
    )
    text = forms.CharField(
        label=_("Ihre Idee"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Was soll geschehen, für wen, warum dort? Bitte nennen Sie keine Namen und keine Adressen von Menschen."
        ),
        error_messages={
            "required": _("Bitte beschreiben Sie Ihre Idee."),
            "max_length": _("Der Text ist zu lang: höchstens 3.000 Zeichen."),
        },
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse (freiwillig)"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "Nur für Nachrichten zu dieser Idee. Sie wird nie veröffentlicht und nach der Entscheidung gelöscht."
        ),
        error_messages={"invalid": _("Das ist keine E-Mail-Adresse. Sie sieht so aus: name@beispiel.de")},
    )
    einverstanden = forms.BooleanField(
        label=_(
            "Ich bin einverstanden, dass meine Idee gespeichert, geprüft und veröffentlicht wird, vielleicht gekürzt."
        ),
        error_messages={"required": _("Ohne Ihr Einverständnis dürfen wir die Idee nicht speichern.")},
    )

    def __init__(self, *args, **kwargs):
        """Areas and fields of action of today. 2 queries."""
        super().__init__(*args, **kwargs)
        self._areas = {area.code: area for area in idea_places()}
        names = field_names(timezone.localdate())
        self._fields = {name.field.slug: name.field for name in names}
        places = [(code, area.name) for code, area in self._areas.items()]
        self.fields["gebiet"].choices = [("", _("bitte wählen")), (CITY, _("ganze Stadt")), *places]
        self.fields["feld"].choices = [("", _("weiß ich nicht")), *((n.field.slug, n.label) for n in names)]

    def clean_gebiet(self) -> Area | None:
        """The area; None for the whole city."""
        return self._areas.get(self.cleaned_data["gebiet"])

    def clean_feld(self) -> FieldOfAction | None:
        """The field of action; None where the sender does not know."""
        return self._fields.get(self.cleaned_data["feld"])

    def clean_titel(self) -> str:
        """One line without a link."""
        return enough_words(no_links(self.cleaned_data["titel"]), 5)

    def clean_text(self) -> str:
        """Long enough to be understood, with few links."""
        return enough_words(few_links(self.cleaned_data["text"]), 20)
