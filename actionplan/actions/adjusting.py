"""Adjusting the plan: a draft from a rule's result, choices with reasons, and the decision that changes the plan."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from actionplan.models import (
    ActionArea,
    Adjustment,
    AdjustmentCriterion,
    AdjustmentFigure,
    AdjustmentLine,
    CouncilPaper,
)
from areas.models import Area
from indicators.models import Analysis, Indicator
from indicators.statuses import Status

from .booking import told_in_words
from .freezing import freeze_figures

Before, Proposed, Outcome = AdjustmentLine.Before, AdjustmentLine.Proposed, AdjustmentLine.Outcome
_BY_THE_RULE = {
    (Before.OUTSIDE, Proposed.STANDS_OUT): Outcome.JOIN,
    (Before.AREA, Proposed.INCONSPICUOUS): Outcome.LEAVE,
    (Before.QUARTER, Proposed.STANDS_OUT): Outcome.JOIN,
}


class AdjustmentError(Exception):
    """What cannot be done with an adjustment; the text is for the person who tried."""


class SavedByOthers(AdjustmentError):
    """Somebody else saved the draft in between."""


@transaction.atomic
def draft_adjustment(*, result: Analysis, plan_day: datetime.date, title: str, user=None) -> Adjustment:
    """A draft from the stored result of a rule "below the average", compared with the plan of a day.

    Every area of the rule's level gets a line, the figures are copied; what the rule alone would change is chosen.
    """
    definition = result.content["definition"]
    adjustment = Adjustment.objects.create(
        slug=_free_slug(title),
        title=title,
        level=result.level,
        plan_day=plan_day,
        rule=definition["name"],
        rule_en=definition["name_en"],
        rule_slug=definition["slug"],
        rule_note=definition["description"],
        rule_note_en=definition["description_en"],
        needed=definition["needed"],
        period=result.period.code,
        release=result.release,
        created_by=user,
    )
    criteria = AdjustmentCriterion.objects.bulk_create(_criteria(adjustment, result.content))
    rows = {row["code"]: row for row in result.content["areas"]}
    stood = _how_areas_stand(adjustment)
    areas = Area.objects.in_force(plan_day).filter(level=result.level).defer("geometry").order_by("code")
    lines = [_line(adjustment, area, rows.get(area.code), stood.get(area.pk, Before.OUTSIDE)) for area in areas]
    lines = AdjustmentLine.objects.bulk_create(lines)
    AdjustmentFigure.objects.bulk_create(
        figure for line in lines for figure in _figures(line, rows.get(line.area.code), criteria)
    )
    return adjustment


def _free_slug(title: str) -> str:
    wanted = slugify(title)[:70] or "anpassung"
    taken = set(Adjustment.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(s for s in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


def _criteria(adjustment: Adjustment, content: Mapping) -> list[AdjustmentCriterion]:
    told = content["definition"]["criteria"]
    indicators = {i.slug: i for i in Indicator.objects.filter(slug__in=[c["indicator"] for c in told])}
    return [
        AdjustmentCriterion(
            adjustment=adjustment,
            order=order,
            indicator=indicators[criterion["indicator"]],
            comparison=criterion["comparison"],
            side=criterion["side"],
            threshold=Decimal(criterion["threshold"]),
            city=_number(city),
            limit=_number(limit["value"]),
        )
        for order, (criterion, city, limit) in enumerate(
            zip(told, content["city"], content["limits"], strict=True), start=1
        )
    ]


def _how_areas_stand(adjustment: Adjustment) -> dict[int, str]:
    """By area; a whole area comes before a quarter in it."""
    held = ActionArea.objects.in_force(adjustment.plan_day).filter(area__level=adjustment.level)
    found: dict[int, str] = {}
    for area, kind in held.values_list("area_id", "kind"):
        if kind == ActionArea.Kind.ACTION_AREA or area not in found:
            found[area] = Before.AREA if kind == ActionArea.Kind.ACTION_AREA else Before.QUARTER
    return found


def _line(adjustment: Adjustment, area: Area, row: Mapping | None, before: str) -> AdjustmentLine:
    proposed = Proposed(row["verdict"]) if row else Proposed.UNKNOWN
    usual = Outcome.OUTSIDE if before == Before.OUTSIDE else Outcome.STAY
    outcome = _BY_THE_RULE.get((before, proposed), usual)
    return AdjustmentLine(adjustment=adjustment, area=area, before=before, proposed=proposed, outcome=outcome)


def _figures(line: AdjustmentLine, row: Mapping | None, criteria: list[AdjustmentCriterion]):
    reasons = row["reasons"] if row else [{"value": None, "status": str(Status.MISSING), "met": None}] * len(criteria)
    for criterion, reason in zip(criteria, reasons, strict=True):
        value, status, met = _number(reason["value"]), reason["status"], reason["met"]
        yield AdjustmentFigure(line=line, criterion=criterion, value=value, status=status, met=met)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@transaction.atomic
def drop_adjustment(*, adjustment: Adjustment) -> None:
    """Put a draft aside; it can still be read. Raises `AdjustmentError` for one that is decided."""
    locked = draft_of(adjustment)
    locked.state = Adjustment.State.DROPPED
    locked.save(update_fields=["state"])


def draft_of(adjustment: Adjustment, version: int | None = None) -> Adjustment:
    """The adjustment, held for this transaction. `version`: what the person saw."""
    locked = Adjustment.objects.select_for_update(of=["self"]).select_related("level").get(pk=adjustment.pk)
    if locked.state != Adjustment.State.DRAFT:
        raise AdjustmentError(_("Diese Anpassung ist kein Entwurf mehr: %s.") % locked.get_state_display())
    if version is not None and locked.version != version:
        raise SavedByOthers(
            _(
                "Jemand anderes hat diesen Entwurf inzwischen gespeichert. Ihre Angaben stehen noch in den Feldern; "
                "wenn Sie noch einmal speichern, gelten Ihre."
            )
        )
    return locked


@transaction.atomic
def decide_adjustment(
    *, adjustment: Adjustment, version: int, day: datetime.date, paper: CouncilPaper, decision: str = ""
) -> Adjustment:
    """Record the decision: memberships end and begin on `day`, the adjustment and figures of new ones are frozen.

    Raises `AdjustmentError` without a reason for a change, when the plan has changed since, or what the database
    refuses; then nothing has changed.
    """
    locked = draft_of(adjustment, version)
    lines = list(locked.lines.select_related("area").defer("area__geometry"))
    held = _unchanged_since(locked, day)
    _has_reasons(lines)
    words = decision.strip() or decision_words(paper, day)
    with told_in_words(AdjustmentError):
        for line in lines:
            if line.changes:
                _apply(line, held[line.area_id], day, paper, words)
        locked.state, locked.day, locked.paper, locked.decision = Adjustment.State.DECIDED, day, paper, words
        locked.source = paper.source
        locked.save()
    return locked


def _unchanged_since(adjustment: Adjustment, day: datetime.date) -> dict[int, list[ActionArea]]:
    """Memberships by area; raises `AdjustmentError` where the plan is no longer that of the draft."""
    if day <= adjustment.plan_day:
        raise AdjustmentError(
            _("Der Beschluss liegt nicht nach dem Tag, mit dem verglichen wurde (%s).") % _written(adjustment.plan_day)
        )
    members = ActionArea.objects.select_for_update(of=["self"]).filter(area__level=adjustment.level)
    later = Q(valid__startswith__gt=adjustment.plan_day) | Q(valid__endswith__gt=adjustment.plan_day)
    changed = members.filter(later).order_by("valid").first()
    if changed is not None:
        text = _("Der Plan hat sich nach dem %(day)s schon geändert (%(name)s). Beginnen Sie einen neuen Entwurf.")
        raise AdjustmentError(text % {"day": _written(adjustment.plan_day), "name": changed.name})
    held: dict[int, list[ActionArea]] = defaultdict(list)
    for member in members.in_force(adjustment.plan_day):
        held[member.area_id].append(member)
    return held


def _has_reasons(lines: list[AdjustmentLine]) -> None:
    if not any(line.changes for line in lines):
        raise AdjustmentError(_("Dieser Entwurf ändert nichts. Was nichts ändert, braucht keinen Beschluss."))
    silent = [
        line.area.name for line in lines if (line.changes or line.is_against_the_rule) and not line.reason.strip()
    ]
    if silent:
        raise AdjustmentError(_("Eine Begründung fehlt noch für: %s.") % ", ".join(silent))
    drawn = [line.area.name for line in lines if line.outcome == Outcome.QUARTER and line.quarter_geometry is None]
    if drawn:
        raise AdjustmentError(_("Die Grenze des Quartiers fehlt noch für: %s.") % ", ".join(drawn))


def _apply(line: AdjustmentLine, held: list[ActionArea], day: datetime.date, paper: CouncilPaper, words: str) -> None:
    for member in held:
        member.valid = DateRange(member.valid.lower, day)
        member.end_decision, member.end_paper = words, paper
        member.save()
    if line.outcome == Outcome.LEAVE:
        return
    is_quarter = line.outcome == Outcome.QUARTER
    begun = ActionArea.objects.create(
        kind=ActionArea.Kind.ACTION_QUARTER if is_quarter else ActionArea.Kind.ACTION_AREA,
        name=line.quarter_name if is_quarter else line.area.name,
        area=line.area,
        geometry=line.quarter_geometry if is_quarter else None,
        valid=DateRange(day, None),
        decision=words,
        paper=paper,
        source=paper.source,
    )
    freeze_figures(begun)


def decision_words(paper: CouncilPaper, day: datetime.date) -> str:
    """Which body decided, when and by which paper, as it stands beside a membership. 1 query."""
    role = paper.consultations.model.Role.DECISION
    body = paper.consultations.filter(role=role).order_by("-order").values_list("body", flat=True).first()
    number = _("Drucksache %s") % paper.number if paper.number else paper.title
    return ", ".join(part for part in (body, _written(day), number) if part)[:240]


def _written(day: datetime.date) -> str:
    return f"{day:%d.%m.%Y}"
