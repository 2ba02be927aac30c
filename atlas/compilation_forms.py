"""Forms of compilations: the head, one part, a text for a release, what shall be made."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from atlas.reports.compilation import MOST_LETTERS, MOST_TITLE, SIZES, Compilation, Part
from atlas.reports.document import Sheet
from atlas.reports.formats import FORMATS
from atlas.reports.sections.reading import outside_plan
from indicators.models import Release

_INPUT = {"class": "input"}
_DAY = forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d")


def _line(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=MOST_TITLE,
        help_text=help_text,
        widget=forms.TextInput(attrs=_INPUT),
    )


class _Marked(forms.Form):
    """Wrong fields are told to assistive programs (`aria-invalid` comes from Django)."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class TitleForm(forms.Form):
    """How a new compilation is called."""

    title = _line(_("Titel"), required=True, help_text=_("Steht auf dem Dokument und lässt sich jederzeit ändern."))


class HeadForm(_Marked):
    """Title and what stands around it."""

    title = _line(_("Titel"), required=True)
    kind = _line(_("Art des Dokuments"), help_text=_("Steht über dem Titel, z. B. Sachstandsbericht."))
    subtitle = _line(_("Untertitel"))
    day = forms.DateField(
        label=_("Stichtag des Aktionsplans"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        help_text=_("Leer: der Tag der Veröffentlichung, für die das Dokument erstellt wird."),
        error_messages={"invalid": _("Erwartet wird ein Tag wie 27.11.2026.")},
        widget=_DAY,
    )
    size = forms.ChoiceField(
        label=_("Papier"), choices=[(size, size) for size in SIZES], widget=forms.Select(attrs={"class": "select"})
    )
    landscape = forms.ChoiceField(
        label=_("Lage"),
        choices=[("", _("Hochformat")), ("1", _("Querformat"))],
        required=False,
        widget=forms.Select(attrs={"class": "select"}),
    )

    def clean_day(self) -> date | None:
        """No day of which the plan cannot tell."""
        if said := outside_plan(self.cleaned_data["day"]):
            raise forms.ValidationError(_("Erwartet wird %(expected)s."), params={"expected": said})
        return self.cleaned_data["day"]

    @staticmethod
    def told(plan: Compilation) -> dict[str, Any]:
        """A plan as the form shows it."""
        return {
            "title": plan.title,
            "kind": plan.kind,
            "subtitle": plan.subtitle,
            "day": plan.day,
            "size": plan.sheet.size,
            "landscape": "1" if plan.sheet.landscape else "",
        }

    def plan(self) -> Compilation:
        """What was sent, without parts. Only after `is_valid()`."""
        said = self.cleaned_data
        return Compilation(
            title=said["title"],
            kind=said["kind"],
            subtitle=said["subtitle"],
            day=said["day"],
            sheet=Sheet(said["size"], bool(said["landscape"])),
        )


class PartForm(_Marked):
    """Heading and introduction of a part."""

    title = _line(_("Überschrift"))
    text = forms.CharField(
        label=_("Einleitung, für jede Veröffentlichung gleich"),
        required=False,
        max_length=MOST_LETTERS,
        help_text=_("Eine leere Zeile trennt Absätze; Zeilen mit einem Strich am Anfang werden eine Liste."),
        widget=forms.Textarea(attrs={**_INPUT, "rows": 6}),
    )

    def __init__(self, *args: Any, heading: Any = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        if heading:
            self.fields["title"].help_text = _("Leer: „%s“.") % heading

    def part(self, section: str, options: dict[str, Any], key: str = "") -> Part:
        """What was sent. Only after `is_valid()`."""
        said = self.cleaned_data
        text = said["text"].replace("\r\n", "\n")
        return Part(section, said["title"], text, options, key)


class TextForm(_Marked):
    """The text of one part for one release."""

    text = forms.CharField(
        label=_("Text"), required=False, max_length=MOST_LETTERS, widget=forms.Textarea(attrs={**_INPUT, "rows": 8})
    )


class StartForm(forms.Form):
    """For which release, in which language, as which files."""

    release = forms.ChoiceField(label=_("Veröffentlichung"), widget=forms.Select(attrs={"class": "select"}))
    language = forms.ChoiceField(
        label=_("Sprache"), choices=settings.LANGUAGES, widget=forms.Select(attrs={"class": "select"})
    )
    endings = forms.MultipleChoiceField(
        label=_("Dateien"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte mindestens eine Art von Datei wählen.")},
    )
    wants_mail = forms.BooleanField(label=_("E-Mail, wenn es fertig ist"), required=False)

    def __init__(self, *args: Any, releases: list[Release], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.releases = {release.slug: release for release in releases}
        self.fields["release"].choices = [(slug, release.label) for slug, release in self.releases.items()]
        self.fields["endings"].choices = [(ending, one.label) for ending, one in FORMATS.items()]
        self.fields["endings"].initial = ["pdf"]

    @property
    def chosen(self) -> Release:
        """The release that was chosen. Only after `is_valid()`."""
        return self.releases[self.cleaned_data["release"]]
