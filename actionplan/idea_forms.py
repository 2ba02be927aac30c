"""What staff fill in when they decide about an idea."""

from django import forms
from django.utils.translation import gettext_lazy as _

_TEXT = {"class": "input", "rows": 6}


class DecisionForm(forms.Form):
    """Every decision says which step of the idea its author has seen last."""

    gesehen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)


class PublishForm(DecisionForm):
    """The words for the public; shorter than what was sent where that names people."""

    titel = forms.CharField(
        label=_("Titel, wie er erscheint"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "input"}),
        error_messages={"required": _("Ohne Titel kann die Idee nicht erscheinen.")},
    )
    text = forms.CharField(
        label=_("Text, wie er erscheint"),
        max_length=3000,
        widget=forms.Textarea(attrs=_TEXT),
        help_text=_("Namen, Adressen und Vorwürfe bitte streichen. Was gesendet wurde, bleibt hier stehen."),
        error_messages={"required": _("Ohne Text kann die Idee nicht erscheinen.")},
    )
    grund = forms.CharField(
        label=_("Was wurde gekürzt und warum? (liest, wer die Idee gesendet hat)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={**_TEXT, "rows": 2}),
    )


class RefuseForm(DecisionForm):
    """Why it does not appear."""

    grund = forms.CharField(
        label=_("Warum nicht? (liest, wer die Idee gesendet hat)"),
        max_length=1000,
        widget=forms.Textarea(attrs={**_TEXT, "rows": 3}),
        error_messages={"required": _("Bitte sagen Sie, warum.")},
    )
