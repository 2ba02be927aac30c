"""What a person may start on the page of reports: kinds with options of their own, and every template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area
from atlas.report_forms import period_choices
from atlas.reports.compilation import SIZES, Compilation, Part, as_data
from atlas.reports.formats import FORMATS
from atlas.reports.sections import Option
from atlas.reports.templates import TEMPLATES
from indicators.models import Indicator, Release
from indicators.selectors import catalogue


@dataclass(frozen=True)
class Asked:
    """What is to be made: a kind of document, its parameters, and a title until it is there."""

    kind: str
    parameters: Mapping[str, Any]
    title: str


@dataclass(frozen=True)
class Start:
    """One choice. `ask` turns the answers to `options()` into what is to be made; it raises `WrongOption`."""

    slug: str
    label: str | Promise
    purpose: str | Promise
    ask: Callable[[Mapping[str, Any]], Asked]
    options: Callable[[], tuple[Option, ...]]


PAPER = tuple((size, size) for size in SIZES)
NEWEST = gettext_lazy("Leer: die neuesten Zahlen.")
CHANGE = gettext_lazy("Leer: keine Veränderung.")


def _profiles(options: Mapping[str, Any]) -> Asked:
    """One profile as its own document, several as chapters of one."""
    areas = options["areas"]
    level, _slash, code = areas[0].partition("/")
    if len(areas) == 1:
        area = Area.objects.in_force().at_level(level).filter(code=code).defer("geometry").first()
        return Asked("profile", {"level": level, "code": code}, area.name if area else code)
    part = Part("profiles", options={"areas": list(areas)})
    title = _("Profile von %(count)s Gebieten") % {"count": len(areas)}
    return Asked("compilation", as_data(Compilation(title, parts=(part,))), title)


PROFILES = Start(
    "profil",
    gettext_lazy("Profil eines oder mehrerer Gebiete"),
    gettext_lazy("Zwei bis vier Seiten je Gebiet: Kennzahlen, Karte, Verlauf, Aktionsplan, Einrichtungen."),
    _profiles,
    lambda: (Option("areas", gettext_lazy("Gebiete"), "areas", needed=True),),
)


def _maps(options: Mapping[str, Any]) -> Asked:
    """One map on a sheet."""
    query = {
        "indikator": options["indicator"],
        "ebene": options["level"],
        "zeit": options.get("period", ""),
        "vergleich": options.get("compare", ""),
        "plan": "" if options.get("plan") else "0",
    }
    sheet = {"size": options.get("size", "A4"), "landscape": bool(options.get("landscape"))}
    found = Indicator.objects.filter(slug=options["indicator"]).first()
    return Asked("map", {"query": query, "sheet": sheet}, found.label if found else options["indicator"])


def _map_options() -> tuple[Option, ...]:
    """What can be chosen changes with the catalogue. 3 queries."""
    indicators = tuple((one.slug, one.label) for group in catalogue(with_data=True) for one in group.indicators)
    periods = tuple(period_choices())
    return (
        Option("indicator", gettext_lazy("Indikator"), "choice", needed=True, choices=indicators),
        Option("level", gettext_lazy("Ebene"), "level", needed=True, default="sozialraum"),
        Option("period", gettext_lazy("Zeit"), "choice", choices=periods, hint=NEWEST),
        Option("compare", gettext_lazy("Verglichen mit"), "choice", choices=periods, hint=CHANGE),
        Option("plan", gettext_lazy("Aktionsräume einzeichnen"), "flag", default=True),
        Option("size", gettext_lazy("Papier"), "choice", needed=True, choices=PAPER, default="A4"),
        Option("landscape", gettext_lazy("quer"), "flag"),
    )


MAP = Start(
    "karte",
    gettext_lazy("Karte eines Indikators"),
    gettext_lazy("Ein Blatt wie im Atlas: Karte mit Legende, Tabelle aller Gebiete, Erklärung und Quelle."),
    _maps,
    _map_options,
)


def _filled(template) -> Start:
    def ask(options: Mapping[str, Any]) -> Asked:
        compilation = template.fill(options)
        return Asked("compilation", as_data(compilation), compilation.title)

    return Start(template.slug, template.label, template.purpose, ask, lambda: template.options)


def starts() -> list[Start]:
    """Everything that can be started, in the order of the page."""
    return [PROFILES, MAP, *map(_filled, TEMPLATES.values())]


def start_named(slug: str) -> Start | None:
    """One of them."""
    return next((start for start in starts() if start.slug == slug), None)


def release_choices() -> list[tuple[str, str]]:
    """Public releases, the newest first. 1 query."""
    rows = Release.objects.published().order_by("-published_at")
    return [(release.slug, release.label) for release in rows]


class MakingForm(forms.Form):
    """In which format, for which release, in which language, and whether a mail shall tell when it is ready."""

    ending = forms.ChoiceField(label=gettext_lazy("Format"), widget=forms.Select(attrs={"class": "select"}))
    release = forms.ChoiceField(
        label=gettext_lazy("Veröffentlichung"),
        widget=forms.Select(attrs={"class": "select"}),
        help_text=gettext_lazy("Alle Zahlen sind die dieser Veröffentlichung."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Sprache"), choices=settings.LANGUAGES, widget=forms.Select(attrs={"class": "select"})
    )
    wants_mail = forms.BooleanField(label=gettext_lazy("Nachricht per E-Mail, wenn er fertig ist"), required=False)

    def __init__(self, data: Any = None, *, has_address: bool = True, **more: Any):
        super().__init__(data, **more)
        self.fields["ending"].choices = [(one.ending, one.label) for one in FORMATS.values()]
        self.fields["release"].choices = release_choices()
        if not has_address:
            self.fields["wants_mail"].disabled = True
            self.fields["wants_mail"].help_text = _("Zu Ihrem Konto ist keine E-Mail-Adresse hinterlegt.")
