"""The head of a council paper: what it is, who brings it in, which bodies deal with it when, and what is proposed."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import Consultation, CouncilPaper
from atlas.reports.compilation import Part
from atlas.reports.document import Block, Cell, Column, Heading, Paragraph, Row, RowGroup, Runs, Table, Terms, runs
from atlas.reports.prose import prose
from atlas.reports.sections.reading import day_in, text_in
from atlas.reports.sections.section import Making, Option, Section, wrong

MOST_BODIES = 60
LABEL = gettext_lazy("Kopf der Vorlage")
URGENCY = (
    ("normal", gettext_lazy("nicht dringlich")),
    ("urgent", gettext_lazy("dringlich")),
)
ACCESS = (("public", gettext_lazy("öffentlich")), ("closed", gettext_lazy("nichtöffentlich")))
COLUMNS = (
    ("body", gettext_lazy("Gremium")),
    ("day", gettext_lazy("Beratungstermin")),
    ("role", gettext_lazy("Zuständigkeit")),
    ("item", gettext_lazy("TOP")),
)
BODIES = Option(
    "bodies",
    gettext_lazy("Beratungsfolge"),
    "rows",
    choices=COLUMNS,
    hint=gettext_lazy("In der Reihenfolge der Termine. Zuständigkeit: Beschluss, Empfehlung oder Kenntnisnahme"),
)
PAPER = Option(
    "paper",
    gettext_lazy("Wie die Drucksache"),
    "text",
    hint=gettext_lazy("Kennung einer eingetragenen Drucksache, aus der übernommen wird, was hier leer bleibt"),
)
_ROLE_ONLY = gettext_lazy("Nur die Funktion. Namen von Menschen gehören nicht in den Bericht.")
OPTIONS = (
    Option("number", gettext_lazy("Drucksache Nr."), "text", hint=gettext_lazy("Leer: wird vergeben")),
    Option("topic", gettext_lazy("Tagesordnungspunkt"), "text"),
    Option("office", gettext_lazy("Fachbereich"), "text"),
    Option("head", gettext_lazy("Dezernat"), "text", hint=_ROLE_ONLY),
    Option("contact", gettext_lazy("Kontakt"), "text", hint=_ROLE_ONLY),
    Option("date", gettext_lazy("Datum"), "day", hint=gettext_lazy("Leer: der Stichtag")),
    Option("urgency", gettext_lazy("Dringlichkeit"), "choice", choices=URGENCY),
    Option("access", gettext_lazy("Öffentlichkeit"), "choice", choices=ACCESS, default="public"),
    BODIES,
    PAPER,
)


@dataclass(frozen=True)
class Stop:
    """One body of the sequence; `day` is None while it is open."""

    body: str
    day: datetime.date | None
    role: str
    item: str


def _head(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(LABEL))
    options = _with_paper(part.options)
    day = day_in(LABEL, _("Datum"), options.get("date")) or making.day
    entries = (
        (_("Drucksache Nr."), text_in(options, "number") or _("wird vergeben")),
        (_("Datum"), date_format(day, "DATE_FORMAT")),
        (_("Fachbereich"), text_in(options, "office")),
        (_("Dezernat"), text_in(options, "head")),
        (_("Kontakt"), text_in(options, "contact")),
        (_("Dringlichkeit"), _chosen(OPTIONS[6], URGENCY, options, "")),
        (_("Öffentlichkeit"), _chosen(OPTIONS[7], ACCESS, options, "public")),
    )
    blocks: list[Block] = [Terms(tuple((word, runs(said)) for word, said in entries if said), "head")]
    stops = stops_of(options.get("bodies"))
    if stops:
        blocks.append(_sequence(stops))
    topic = text_in(options, "topic")
    if topic:
        blocks += [Heading(1, _("Tagesordnungspunkt")), *prose(topic)]
    return blocks


def _with_paper(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options, those left empty filled from a paper on record. At most 2 queries."""
    slug = text_in(options, "paper")
    if not slug:
        return dict(options)
    paper = CouncilPaper.objects.filter(slug=slug).prefetch_related("consultations").first()
    if paper is None:
        known = ", ".join(CouncilPaper.objects.values_list("slug", flat=True)[:12])
        raise wrong(LABEL, PAPER.label, slug, known or _("eine eingetragene Drucksache"))
    bodies = [{"body": c.body, "day": c.day.isoformat(), "role": c.role, "item": ""} for c in paper.consultations.all()]
    found = {"number": paper.number, "office": paper.office, "date": paper.day.isoformat(), "topic": paper.title}
    found["bodies"] = bodies
    return found | {name: value for name, value in options.items() if value}


def _chosen(option: Option, choices: Sequence[tuple], options: Mapping[str, Any], usual: str) -> str:
    value = text_in(options, option.name) or usual
    known = dict(choices)
    if value and value not in known:
        raise wrong(LABEL, option.label, value, ", ".join(known))
    return str(known[value]) if value else ""


def stops_of(found: Any) -> list[Stop]:
    """The sequence of bodies of rows as `BODIES` has them. Raises `WrongOption`: for a row without a body, for a
    competence that there is not, and for days that go backwards."""
    if not isinstance(found or [], list | tuple) or len(found or ()) > MOST_BODIES:
        raise wrong(LABEL, BODIES.label, found, _("eine Liste von höchstens %(most)s Zeilen") % {"most": MOST_BODIES})
    stops: list[Stop] = []
    for number, row in enumerate(found or (), 1):
        stop = _stop(number, row)
        if stop is None:
            continue
        before = next((one.day for one in reversed(stops) if one.day), None)
        if before and stop.day and stop.day < before:
            said = _("ein Termin, der nicht vor dem der Zeile davor liegt")
            raise wrong(LABEL, _row_label(number, _("Beratungstermin")), stop.day.isoformat(), said)
        stops.append(stop)
    return stops


def _stop(number: int, row: Any) -> Stop | None:
    """One row; None for an empty one."""
    if not isinstance(row, Mapping):
        raise wrong(LABEL, _row_label(number, ""), row, _("eine Zeile mit Gremium, Termin, Zuständigkeit und TOP"))
    values = {name: text_in(row, name) for name, _label in COLUMNS}
    if not any(values.values()):
        return None
    if not values["body"]:
        raise wrong(LABEL, _row_label(number, _("Gremium")), "", _("der Name eines Gremiums"))
    label = _row_label(number, _("Beratungstermin"))
    return Stop(values["body"], day_in(LABEL, label, values["day"]), _role(number, values["role"]), values["item"])


def _role(number: int, text: str) -> str:
    """The competence in the words of the document, from its key or its name."""
    if not text:
        return ""
    words = {text: str(label) for key, label in Consultation.Role.choices for text in (key, str(label).lower())}
    words |= {"beschluss": words["decision"], "empfehlung": words["advice"], "kenntnisnahme": words["notice"]}
    if text.lower() not in words:
        labels = ", ".join(str(label) for _key, label in Consultation.Role.choices)
        raise wrong(LABEL, _row_label(number, _("Zuständigkeit")), text, labels)
    return words[text.lower()]


def _row_label(number: int, column: str) -> str:
    where = _("Beratungsfolge, Zeile %(number)s") % {"number": number}
    return f"{where}, {column}" if column else where


def _sequence(stops: Sequence[Stop]) -> Table:
    rows = tuple(
        Row(
            (
                Cell(stop.body),
                Cell(date_format(stop.day, "SHORT_DATE_FORMAT") if stop.day else _("offen")),
                Cell(stop.role),
                Cell(stop.item),
            )
        )
        for stop in stops
    )
    has_items = any(stop.item for stop in stops)
    widths = (52, 20, 22, 8)
    columns = tuple(Column(str(label), "text", width) for (_name, label), width in zip(COLUMNS, widths, strict=True))
    if not has_items:
        columns, rows = columns[:3], tuple(Row(row.cells[:3]) for row in rows)
    return Table(_("Beratungsfolge"), _("Beratungsfolge"), columns, (RowGroup("", rows),))


def _decision(part: Part, making: Making) -> Sequence[Block]:
    """Every paragraph is a decision; several are numbered."""
    making.step(str(DECISION.label))
    found = [piece.strip() for piece in re.split(r"\n[ \t]*\n", text_in(part.options, "decisions")) if piece.strip()]
    if len(found) < 2:
        return tuple(Paragraph(_one_line(text)) for text in found)
    return (Terms(tuple((f"{number}.", _one_line(text)) for number, text in enumerate(found, 1)), "numbered"),)


def _one_line(text: str) -> Runs:
    return runs(" ".join(text.split()))


def _reasons(_part: Part, making: Making) -> Sequence[Block]:
    making.step(str(REASONS.label))
    return ()


HEAD = Section(
    "council_head",
    LABEL,
    gettext_lazy("Drucksache, Fachbereich, Dringlichkeit, Beratungsfolge und Tagesordnungspunkt."),
    _head,
    OPTIONS,
    is_chapter=False,
)
DECISION = Section(
    "decision",
    gettext_lazy("Beschlussvorschlag"),
    gettext_lazy("Was das Gremium beschließen oder zur Kenntnis nehmen soll."),
    _decision,
    (
        Option(
            "decisions",
            gettext_lazy("Beschlüsse"),
            "longtext",
            hint=gettext_lazy("Eine Leerzeile trennt; mehrere werden gezählt."),
        ),
    ),
    own_page=False,
)
REASONS = Section(
    "reasons",
    gettext_lazy("Begründung"),
    gettext_lazy("Warum die Vorlage kommt, in eigenen Worten; die Kapitel danach stützen sie mit Zahlen."),
    _reasons,
    own_page=False,
)
