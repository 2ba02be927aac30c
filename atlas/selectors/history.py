"""What was changed: the newest changes over all kinds, or those of one indicator, or of one value."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from actionplan.models import (
    ActionAreaHistory,
    AllocationHistory,
    AllocationShareHistory,
    BudgetYearHistory,
    FundHistory,
    ProjectHistory,
    ProjectResultHistory,
)
from areas.history import DELETED
from areas.models import Area, AreaHistory, SourceHistory
from atlas.history_words import Change, change_of, way_of
from indicators.models import (
    CompositeIndexHistory,
    CriterionHistory,
    DimensionHistory,
    FormulaHistory,
    FormulaTermHistory,
    IndexComponentHistory,
    IndexExclusionHistory,
    Indicator,
    IndicatorHistory,
    ReleaseHistory,
    ScreeningHistory,
    SecrecyRuleHistory,
    SeriesBreakHistory,
    TypologyHistory,
    TypologyPartHistory,
    UploadTemplateHistory,
    Value,
    ValueHistory,
)
from indicators.origins import Origin, origin_of

PER_PAGE = 30
LAST_PAGE = 50
# Where a value stands and what wrote it is not what was changed about it.
_ASIDE = frozenset({"id", "upload", "edit", "sheet", "row", "column", "origin", "search_name"})
_NAMING = frozenset({"release", "indicator", "area", "period"})


@dataclass(frozen=True)
class Kind:
    """One kind of thing with a history; `indicator` is the field by which it belongs to an indicator."""

    slug: str
    label: str
    model: type[models.Model]
    indicator: str = ""
    can_restore: bool = True

    @property
    def permission(self) -> str:
        """What one needs to see it."""
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"

    @property
    def restoring(self) -> str:
        """What one needs to bring an earlier state back."""
        tracked = self.model.pgh_tracked_model._meta
        return f"{tracked.app_label}.change_{tracked.model_name}"


KINDS = (
    Kind("werte", gettext_lazy("Werte"), ValueHistory, "indicator", can_restore=False),
    Kind("indikatoren", gettext_lazy("Indikatoren"), IndicatorHistory, "pgh_obj"),
    Kind("brueche", gettext_lazy("Brüche in den Reihen"), SeriesBreakHistory, "indicator"),
    Kind("geheimhaltung", gettext_lazy("Regeln zur Geheimhaltung"), SecrecyRuleHistory),
    Kind("formeln", gettext_lazy("Formeln"), FormulaHistory, "indicator", can_restore=False),
    Kind("glieder", gettext_lazy("Glieder von Formeln"), FormulaTermHistory, can_restore=False),
    Kind("indizes", gettext_lazy("Indizes"), CompositeIndexHistory, can_restore=False),
    Kind("indexteile", gettext_lazy("Indikatoren der Indizes"), IndexComponentHistory, can_restore=False),
    Kind("ausnahmen", gettext_lazy("Ausnahmen von Indizes"), IndexExclusionHistory, can_restore=False),
    Kind("dimensionen", gettext_lazy("Dimensionen"), DimensionHistory),
    Kind("typologien", gettext_lazy("Typologien"), TypologyHistory),
    Kind("typologie-indikatoren", gettext_lazy("Indikatoren der Typologien"), TypologyPartHistory, "indicator"),
    Kind("regeln", gettext_lazy("Regeln „unter dem Durchschnitt“"), ScreeningHistory),
    Kind("bedingungen", gettext_lazy("Bedingungen der Regeln"), CriterionHistory, "indicator"),
    Kind("quellen", gettext_lazy("Quellen"), SourceHistory),
    Kind("veroeffentlichungen", gettext_lazy("Texte der Veröffentlichungen"), ReleaseHistory, can_restore=False),
    Kind("vorlagen", gettext_lazy("Vorlagen"), UploadTemplateHistory, can_restore=False),
    Kind("gebiete", gettext_lazy("Gebiete"), AreaHistory),
    Kind("aktionsraeume", gettext_lazy("Aktionsräume"), ActionAreaHistory),
    Kind("projekte", gettext_lazy("Projekte"), ProjectHistory, can_restore=False),
    Kind("ergebnisse", gettext_lazy("Ergebnisse der Projekte"), ProjectResultHistory, can_restore=False),
    Kind("toepfe", gettext_lazy("Töpfe"), FundHistory, can_restore=False),
    Kind("zuweisungen", gettext_lazy("Zuweisungen"), AllocationHistory, can_restore=False),
    Kind("anteile", gettext_lazy("Anteile der Orte"), AllocationShareHistory, can_restore=False),
    Kind("haushaltsjahre", gettext_lazy("Haushaltsjahre"), BudgetYearHistory, can_restore=False),
)


@dataclass(frozen=True)
class Asked:
    """What the page shows: filters that are "" or None let everything through."""

    kind: str = ""
    indicator: Indicator | None = None
    area: Area | None = None
    period: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    role: str = ""
    page: int = 1


@dataclass(frozen=True)
class Entry:
    """One recorded change."""

    kind: Kind
    pk: int
    at: datetime.datetime
    title: str
    is_deleted: bool
    changes: tuple[Change, ...]
    way: str
    role: str
    name: str


@dataclass(frozen=True)
class Stored:
    """A value as it is stored now, with where it came from."""

    value: Value
    origin: Origin


@dataclass(frozen=True)
class HistoryPage:
    """One page of changes, newest first."""

    entries: Sequence[Entry]
    has_more: bool


def kinds_for(user) -> list[Kind]:
    """Kinds that a person may see."""
    return [kind for kind in KINDS if user.has_perm(kind.permission)]


def history_page(asked: Asked, *, kinds: Sequence[Kind], names: bool) -> HistoryPage:
    """The changes asked for. A few queries per kind, whatever the number of changes."""
    chosen = [kind for kind in kinds if asked.kind in ("", kind.slug)]
    if asked.indicator is not None:
        chosen = [kind for kind in chosen if kind.indicator]
    if asked.area is not None or asked.period:
        chosen = [kind for kind in chosen if kind.model is ValueHistory]
    end = asked.page * PER_PAGE
    found = []
    for kind in chosen:
        rows = _filtered(kind, asked).order_by("-pgh_id").values_list("pgh_created_at", "pgh_id")[: end + 1]
        found += [(at, pk, kind) for at, pk in rows]
    found.sort(key=lambda row: (row[0], row[1]), reverse=True)
    shown = found[end - PER_PAGE : end]
    entries = {}
    for kind in chosen:
        pks = [pk for _at, pk, of in shown if of is kind]
        entries |= {(kind.slug, entry.pk): entry for entry in entries_of(kind, pks, names=names)} if pks else {}
    return HistoryPage([entries[kind.slug, pk] for _at, pk, kind in shown], len(found) > end)


def _filtered(kind: Kind, asked: Asked) -> models.QuerySet:
    rows = kind.model.objects.all()
    if asked.indicator is not None:
        rows = rows.filter(**{kind.indicator: asked.indicator.pk})
    if asked.area is not None:
        rows = rows.filter(area=asked.area.pk)
    if asked.period:
        rows = rows.filter(period__code=asked.period)
    if asked.since:
        rows = rows.filter(pgh_created_at__gte=_midnight(asked.since))
    if asked.until:
        rows = rows.filter(pgh_created_at__lt=_midnight(asked.until + datetime.timedelta(days=1)))
    return rows.filter(pgh_context__metadata__role=asked.role) if asked.role else rows


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=timezone.get_default_timezone())


def entries_of(kind: Kind, pks: Iterable[int], *, names: bool) -> list[Entry]:
    """Changes of one kind with what was before and after. About 8 queries."""
    events = list(kind.model.objects.filter(pk__in=pks).select_related("pgh_context").order_by("-pgh_id"))
    after = _states_after(kind, events)
    fields = [f for f in kind.model._meta.fields if not f.name.startswith("pgh_") and f.name not in _ASIDE]
    called = _names([*events, *(row for row in after.values() if row is not None)], fields)
    people = _people(events) if names else {}
    return [_entry(kind, event, after[event.pk], fields, called=called, people=people) for event in events]


def _states_after(kind: Kind, events: Sequence[models.Model]) -> dict[int, models.Model | None]:
    """For each change the state that followed: that of the next change, else the row as it is now; None for deleted."""
    objects = {event.pgh_obj_id for event in events}
    rest = kind.model.objects.filter(pgh_obj_id__in=objects).order_by("pgh_obj_id", "pgh_id")
    following: dict[int, models.Model] = {}
    last: dict[int, models.Model] = {}
    for event in rest:
        if event.pgh_obj_id in last:
            following[last[event.pgh_obj_id].pk] = event
        last[event.pgh_obj_id] = event
    tracked = kind.model.pgh_tracked_model._default_manager
    if any(field.name == "geometry" for field in tracked.model._meta.fields):
        tracked = tracked.defer("geometry")
    now = tracked.in_bulk(list(objects))
    return {
        event.pk: None if event.pgh_label == DELETED else following.get(event.pk) or now.get(event.pgh_obj_id)
        for event in events
    }


def _names(rows: Sequence[models.Model], fields: Sequence[models.Field]) -> dict:
    """How related rows are called: {(model, key): name}. One query per related model."""
    wanted: dict[type, set] = {}
    for field in fields:
        if field.is_relation:
            wanted.setdefault(field.related_model, set()).update(getattr(row, field.attname, None) for row in rows)
    found = {}
    for model, keys in wanted.items():
        manager = model._default_manager
        related = manager.defer("geometry") if any(f.name == "geometry" for f in model._meta.fields) else manager
        found |= {(model, key): str(row) for key, row in related.in_bulk([k for k in keys if k is not None]).items()}
    return found


def _people(events: Sequence[models.Model]) -> dict[int, str]:
    keys = {_context(event).get("user") for event in events} - {None}
    users = get_user_model().objects.in_bulk(list(keys))
    return {key: user.get_full_name() or user.get_username() for key, user in users.items()}


def _context(event: models.Model) -> dict:
    return event.pgh_context.metadata if event.pgh_context else {}


def _entry(kind: Kind, event, after, fields: Sequence[models.Field], *, called: dict, people: dict) -> Entry:
    is_value = kind.model is ValueHistory
    compared = [f for f in fields if not (is_value and f.name in _NAMING)]
    changes = []
    for field in compared:
        before, now = getattr(event, field.attname), getattr(after, field.attname, None)
        if before != now and not (after is None and before in (None, "", [], {}, False)):
            changes.append(change_of(field, before, now, called))
    context = _context(event)
    return Entry(
        kind=kind,
        pk=event.pk,
        at=event.pgh_created_at,
        title=_title(kind, event, fields, called),
        is_deleted=event.pgh_label == DELETED,
        changes=tuple(changes),
        way=way_of(context),
        role=context.get("role", ""),
        name=people.get(context.get("user"), ""),
    )


def _title(kind: Kind, event, fields: Sequence[models.Field], called: dict) -> str:
    if kind.model in (ValueHistory, SeriesBreakHistory, FormulaHistory, FormulaTermHistory):
        naming = [f for f in fields if f.name in ("indicator", "area", "period", "formula", "input")]
        return ", ".join(called.get((f.related_model, getattr(event, f.attname)), "?") for f in naming)
    if kind.model in (CompositeIndexHistory, IndexComponentHistory, IndexExclusionHistory):
        naming = [f for f in fields if f.name in ("index", "indicator", "level")]
        return ", ".join(called.get((f.related_model, getattr(event, f.attname)), "?") for f in naming)
    return str(getattr(event, "name", "") or getattr(event, "title", ""))


def stored_values(indicator: Indicator, area: Area, period: str) -> list[Stored]:
    """One value in every release that holds it, newest first, with its origin. 1 query."""
    rows = Value.objects.filter(indicator=indicator, area=area, period__code=period).select_related(
        *("release", "source", "upload__accepted_by", "upload__created_by", "edit__user")
    )
    return [Stored(row, origin_of(row)) for row in rows.order_by("-release__created_at")]
