"""Projects and payments of a spreadsheet, saved row by row; what is refused becomes a finding at its row.

Always inside a transaction of the caller (`delivering.py`), who takes everything back when a row was refused.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from actionplan.intake.meaning import Unclear, amount_of, choice_of, day_of, key_of, list_of, needed
from actionplan.intake.sheets import Row, Tables
from actionplan.models import (
    ActionArea,
    Allocation,
    CouncilPaper,
    FieldName,
    Fund,
    MoneyEntry,
    Project,
    ProjectField,
    ProjectPlace,
    ProjectState,
)
from areas.models import Area, Source
from areas.naming import fold
from indicators.intake.findings import Finding

from .booking import BookingError, book, open_allocation

PLAIN = {
    "Titel": "title",
    "Beschreibung": "description",
    "Träger": "carrier",
    "Partner": "partners",
    "Für wen": "target_groups",
    "Zeit in Worten": "dates_note",
}
_BACK = {**{name: column for column, name in PLAIN.items()}, "slug": "Kennung", "begins": "Beginn", "ends": "Ende"}


@dataclass
class Brought:
    """What a file brings: titles of new and changed projects, payments as rows, how many were there already."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    booked: list[MoneyEntry] = field(default_factory=list)
    already: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_something(self) -> bool:
        """Whether taking it over would change anything."""
        return bool(self.created or self.changed or self.booked)


def bring_in(tables: Tables, *, user=None) -> Brought:
    """Save projects, then payments. Refused rows change nothing; the others are saved."""
    brought = Brought(findings=list(tables.findings))
    projects, payments = _Projects(brought), _Payments(brought, user)
    for rows, save in ((tables.projects, projects.save), (tables.payments, payments.save)):
        seen: dict[str, int] = {}
        for row in rows:
            _try(row, seen, save, brought.findings)
    return brought


def _try(row: Row, seen: dict[str, int], save: Callable[[Row], None], findings: list[Finding]) -> None:
    try:
        key = needed(row, "Kennung")
        if key in seen:
            told = _("„%(key)s“ steht schon in Zeile %(row)d.") % {"key": key[:60], "row": seen[key]}
            raise Unclear(row.wrong("Kennung", "twice", told, _("jede Kennung einmal")))
        seen[key] = row.number
        with transaction.atomic():
            save(row)
    except Unclear as unclear:
        findings.append(unclear.finding)
    except BookingError as error:
        findings.append(row.wrong("Betrag", "refused", str(error), _("eine Buchung, für die Geld da ist")))
    except ValidationError as error:
        findings.extend(_told(row, error))


def _told(row: Row, error: ValidationError) -> list[Finding]:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return [row.wrong(_BACK.get(name, name), "invalid", " ".join(texts)) for name, texts in by_field.items()]


def _known(row: Row, column: str, text: str, found: models.Model | None, expected: str):
    if found is None:
        told = _("„%(text)s“ gibt es nicht.") % {"text": text[:60]}
        raise Unclear(row.wrong(column, "unknown", told, expected))
    return found


class _Projects:
    """Saves projects; everything rows can name is looked up once."""

    def __init__(self, brought: Brought):
        self.brought = brought
        self.known = {project.slug: project for project in Project.objects.defer("words")}
        self.sources = {fold(name): s for s in Source.objects.all() for name in (s.slug, s.title)}
        names = FieldName.objects.select_related("field")
        self.fields = {fold(text): n.field for n in names for text in (n.name, n.name_en, n.field.slug) if text}
        areas = list(Area.objects.in_force().filter(level__is_reporting=True).defer("geometry"))
        self.areas = {fold(text): area for area in areas for text in (area.code, area.name)}
        quarters = ActionArea.objects.in_force().filter(kind=ActionArea.Kind.ACTION_QUARTER).defer("geometry")
        self.quarters = {fold(quarter.name): quarter for quarter in quarters}

    def save(self, row: Row) -> None:
        """Create the project or bring it up to date; an empty cell leaves what is there. Raises `Unclear`."""
        slug = needed(row, "Kennung")
        project = self.known.get(slug)
        is_new = project is None
        if is_new:
            expected = _("die Kennung einer Quelle im Portal")
            source = _known(row, "Quelle", row.text("Quelle"), self._source(row), expected)
            project = Project(slug=slug, source=source)
        before = {} if is_new else _plain(project)
        self._fill(project, row)
        project.full_clean()
        if is_new or _plain(project) != before:
            project.save()
        linked = self._link(project, row)
        self.known[slug] = project
        if is_new:
            self.brought.created.append(project.title)
        elif linked or _plain(project) != before:
            self.brought.changed.append(project.title)
        else:
            self.brought.same += 1

    def _source(self, row: Row) -> Source | None:
        return self.sources.get(fold(row.text("Quelle")))

    def _fill(self, project: Project, row: Row) -> None:
        needed(row, "Titel")
        for column, name in PLAIN.items():
            if text := row.text(column):
                setattr(project, name, text)
        for column, name in (("Beginn", "begins"), ("Ende", "ends")):
            if day := day_of(row, column):
                setattr(project, name, day)
        if reach := choice_of(row, "Reichweite", Project.Reach.choices):
            project.reach = reach
        if row.text("Quelle"):
            expected = _("die Kennung einer Quelle im Portal")
            project.source = _known(row, "Quelle", row.text("Quelle"), self._source(row), expected)
        if row.text("Gebiete") and project.reach != Project.Reach.PLACES:
            if row.text("Reichweite"):
                told = _("Zu dieser Reichweite gehören keine Gebiete.")
                raise Unclear(row.wrong("Gebiete", "places", told, _("leer, oder eine andere Reichweite")))
            project.reach = Project.Reach.PLACES

    def _link(self, project: Project, row: Row) -> bool:
        """Places, fields and state; whether anything of it is new."""
        return any([self._places(project, row), self._fields(project, row), self._state(project, row)])

    def _places(self, project: Project, row: Row) -> bool:
        wanted = set()
        for name in list_of(row, "Gebiete"):
            area, quarter = self.areas.get(fold(name)), self.quarters.get(fold(name))
            expected = _("ein Sozialraum oder ein Aktionsquartier von heute")
            _known(row, "Gebiete", name, area or quarter, expected)
            wanted.add((area.pk, None) if area else (None, quarter.pk))
        if not wanted:
            return False
        there = {(place.area_id, place.action_area_id): place for place in project.places.all()}
        for gone in there.keys() - wanted:
            try:
                there[gone].delete()
            except ProtectedError:
                told = _("„%(name)s“ lässt sich nicht entfernen: Dorthin ist Geld aufgeteilt.")
                told %= {"name": there[gone].name}
                raise Unclear(row.wrong("Gebiete", "divided", told, _("dieses Gebiet muss bleiben"))) from None
        for area, quarter in wanted - there.keys():
            ProjectPlace.objects.create(project=project, area_id=area, action_area_id=quarter)
        return wanted != there.keys()

    def _fields(self, project: Project, row: Row) -> bool:
        expected = ", ".join(sorted({found.slug for found in self.fields.values()}))
        wanted = {
            _known(row, "Handlungsfelder", name, self.fields.get(fold(name)), expected)
            for name in list_of(row, "Handlungsfelder")
        }
        there = {link.field_id for link in project.field_links.all()}
        if not wanted or {found.pk for found in wanted} == there:
            return False
        project.field_links.exclude(field__in=wanted).delete()
        for found in wanted:
            ProjectField.objects.get_or_create(project=project, field=found)
        return True

    def _state(self, project: Project, row: Row) -> bool:
        state = choice_of(row, "Zustand", ProjectState.State.choices)
        day = day_of(row, "Zustand seit")
        if bool(state) != bool(day):
            column = "Zustand seit" if state else "Zustand"
            told = _("Zustand und Tag gehören zusammen; eines von beiden fehlt.")
            raise Unclear(row.wrong(column, "state", told, _("beides oder keines")))
        if not state or project.states.filter(state=state, day=day).exists():
            return False
        ProjectState.objects.create(project=project, state=state, day=day)
        return True


def _plain(project: Project) -> dict:
    return {name: getattr(project, name) for name in [*PLAIN.values(), "begins", "ends", "reach", "source_id"]}


class _Payments:
    """Books payments by `booking.book`, each once by its own key."""

    def __init__(self, brought: Brought, user):
        self.brought, self.user = brought, user
        self.funds = {fund.slug: fund for fund in Fund.objects.all()}
        self.papers = {paper.number: paper for paper in CouncilPaper.objects.exclude(number="")}
        self.allocations: dict[tuple[int, int], Allocation] = {}

    def save(self, row: Row) -> None:
        """Book a step of the money, or find that it is booked. Raises `Unclear` and `BookingError`."""
        slug, fund_slug, number = needed(row, "Projekt"), needed(row, "Topf"), row.text("Drucksache")
        project = Project.objects.defer("words").filter(slug=slug).first()
        project = _known(row, "Projekt", slug, project, _("die Kennung eines Projekts, hier oder im Portal"))
        fund = _known(row, "Topf", fund_slug, self.funds.get(fund_slug), _("die Kennung eines Topfs"))
        needed(row, "Schritt"), needed(row, "Tag")
        step = {
            "kind": choice_of(row, "Schritt", MoneyEntry.Kind.choices),
            "amount": amount_of(row),
            "day": day_of(row, "Tag"),
            "note": row.text("Bemerkung"),
        }
        if number:
            step["paper"] = _known(row, "Drucksache", number, self.papers.get(number), _("die Nummer einer Drucksache"))
        if len(step["note"]) > 240:
            raise Unclear(
                row.wrong("Bemerkung", "too_long", _("Die Bemerkung ist zu lang."), _("höchstens 240 Zeichen"))
            )
        origin = f"einlesen:{key_of(row)}"
        if booked := MoneyEntry.objects.select_related("allocation").filter(origin=origin).first():
            self._same(row, booked, step, project, fund)
            self.brought.already += 1
            return
        entry = book(allocation=self._allocation(row, fund, project), origin=origin, user=self.user, **step)
        self.brought.booked.append(entry)

    def _allocation(self, row: Row, fund: Fund, project: Project) -> Allocation:
        """The only one of this project and fund, or a new one. Raises `Unclear` where applications brought several."""
        key = (fund.pk, project.pk)
        if key not in self.allocations:
            there = list(Allocation.objects.filter(fund=fund, project=project)[:2])
            if len(there) > 1:
                told = _("Dieses Projekt bekommt aus diesem Topf durch mehrere Anträge Geld.")
                raise Unclear(row.wrong("Topf", "several", told, _("eine Buchung an der Zuweisung selbst")))
            found = there[0] if there else open_allocation(fund=fund, project=project)
            found.fund, found.project = fund, project
            self.allocations[key] = found
        return self.allocations[key]

    def _same(self, row: Row, booked: MoneyEntry, step: dict, project: Project, fund: Fund) -> None:
        there = (booked.kind, booked.amount, booked.day, booked.allocation.fund_id, booked.allocation.project_id)
        if there != (step["kind"], step["amount"], step["day"], fund.pk, project.pk):
            told = _("Unter der Kennung „%(key)s“ ist schon etwas anderes gebucht (%(entry)s, %(day)s).")
            told %= {"key": row.text("Kennung"), "entry": booked, "day": booked.day.strftime("%d.%m.%Y")}
            raise Unclear(row.wrong("Kennung", "booked", told, _("eine neue Kennung; Falsches wird zurückgenommen")))
