"""The council paper on the state of the plan, in the form in which the council knows it."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atlas.reports.compilation import Compilation, Part
from atlas.reports.sections import council
from atlas.reports.sections.reading import PLAN_AREAS, SINCE, YEARS, plan_day_in, text_in
from atlas.reports.sections.section import Option
from atlas.reports.template import Template

LABEL = gettext_lazy("Sachstandsbericht")
DAY = Option("day", gettext_lazy("Stichtag"), "day", hint=gettext_lazy("Leer: der Tag der Veröffentlichung"))
TITLE = Option("title", gettext_lazy("Titel"), "text", hint=gettext_lazy("Leer: Aktionsplan Soziale Stadt"))
OPTIONS = (TITLE, DAY, SINCE, PLAN_AREAS, YEARS, *council.OPTIONS)


def _fill(options: Mapping[str, Any]) -> Compilation:
    """The whole paper; whoever brings it in writes texts, changes the order, leaves parts out."""
    day = plan_day_in(LABEL, DAY.label, options.get("day"))
    title = text_in(options, "title") or _("Aktionsplan Soziale Stadt")
    head = {option.name: options[option.name] for option in council.OPTIONS if options.get(option.name)}
    head.setdefault("topic", _topic(title, day))
    chosen = {"areas": list(options["areas"])} if options.get("areas") else {}
    since = {"since": options["since"]} if options.get("since") else {}
    years = ({"years": options["years"]} if options.get("years") else {}) | since
    return Compilation(
        title=title,
        kind=_("Vorlage · Sachstandsbericht"),
        day=day,
        parts=(
            Part("council_head", options=head),
            Part("decision", options={"decisions": _decision(day)}),
            Part("finance", text=_("[Hier eintragen, was der Beschluss selbst kostet.]"), options=years),
            Part("reasons", text="\n\n".join(_reasons(is_limited=bool(chosen)))),
            Part("plan_changes", text=_whole(is_limited=bool(chosen)), options=since),
            Part("plan_state", text=_whole(is_limited=bool(chosen))),
            Part("plan_projects", options=chosen),
            Part("plan_money", options=years),
            Part("plan_areas", options=chosen),
            Part("plan_effect"),
            Part("plan_participation"),
            Part("plan_papers"),
            Part("notes"),
        ),
    )


def _reasons(*, is_limited: bool) -> list[str]:
    """What the editor replaces, and of what the chapters after it tell where areas are chosen."""
    said = [_("[Hier begründen; die Kapitel danach nennen die Zahlen dazu.]")]
    if is_limited:
        said.append(
            _(
                "Die Projekte und die Entwicklung in den Aktionsräumen stehen hier für die gewählten Gebiete; "
                "alle anderen Kapitel gelten für den ganzen Aktionsplan."
            )
        )
    return said


def _whole(*, is_limited: bool) -> str:
    """What begins a chapter whose numbers stand beside those of chosen areas alone."""
    return (
        _("Dieses Kapitel gilt für den ganzen Aktionsplan, nicht nur für die gewählten Gebiete.") if is_limited else ""
    )


def _topic(title: str, day) -> str:
    if day is None:
        return _("%(title)s: Bericht über den Sachstand") % {"title": title}
    return _("%(title)s: Bericht über den Sachstand am %(day)s") % {
        "title": title,
        "day": date_format(day, "DATE_FORMAT"),
    }


def _decision(day) -> str:
    if day is None:
        return _("Der Rat nimmt den Bericht über den Stand des Aktionsplans Soziale Stadt zur Kenntnis.")
    said = _("Der Rat nimmt den Bericht über den Stand des Aktionsplans Soziale Stadt am %(day)s zur Kenntnis.")
    return said % {"day": date_format(day, "DATE_FORMAT")}


SACHSTAND = Template(
    "sachstand",
    LABEL,
    gettext_lazy("Vorlage an den Rat über den Stand des Aktionsplans, mit Kopf, Beratungsfolge und Begründung."),
    _fill,
    OPTIONS,
)
