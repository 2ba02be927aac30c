"""The funds of a year once more for the next one, so that nobody types them again."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.budget import money_of
from actionplan.models import Allocation, BudgetYear, Fund, MoneyEntry, Project, ProjectState
from actionplan.selectors.funds import FundLine
from actionplan.selectors.money import year_money

from .booking import BookingError, book, open_allocation

GOING_ON = (ProjectState.State.RUNNING, ProjectState.State.CONTINUED)


@dataclass(frozen=True)
class Copied:
    """A fund of the new year. `amount` (euros): what is foreseen for it and not decided; None without."""

    fund: Fund
    amount: Decimal | None
    projects: tuple[str, ...]


@dataclass
class CopiedYear:
    """What copying a year brings: new funds, and those left out with the reason."""

    year: int
    copied: list[Copied] = field(default_factory=list)
    left_out: list[tuple[Fund, str]] = field(default_factory=list)


def copy_year(*, year: int, with_amounts: bool, with_projects: bool, commit: bool, user=None) -> CopiedYear:
    """Copy the funds of a year into the next one, and with `with_projects` a place for each project that goes on.

    With `with_amounts` it is foreseen that the funds hold what they did, and the projects are planned to get it.
    Nothing is decided by that: the funds are empty until `decide_foreseen`. A fund that the next year has already is
    left out, so copying twice changes nothing. Without `commit` all of it is taken back. Raises `BookingError` for a
    closed year.
    """
    found = CopiedYear(year + 1)
    if BudgetYear.objects.filter(year=year + 1, locked_on__isnull=False).exists():
        raise BookingError(_("Das Haushaltsjahr %(year)d ist abgeschlossen.") % {"year": year + 1})
    with transaction.atomic():
        made: dict[int, Fund] = {}
        lines = [line for group in year_money(year, on=timezone.localdate()).groups for line in group.lines]
        by_fund = {line.fund: line for line in lines}
        for fund in wholes_first(by_fund):
            _copy(by_fund[fund], made, found, with_amounts=with_amounts, with_projects=with_projects, user=user)
        transaction.set_rollback(not commit)
    return found


def wholes_first(funds: Iterable[Fund]) -> list[Fund]:
    """Each fund before what it contains."""
    within = {fund.pk: fund.part_of_id for fund in funds}

    def depth(fund: int | None) -> int:
        return 0 if fund is None else 1 + depth(within.get(fund))

    return sorted(funds, key=lambda fund: depth(fund.pk))


def _copy(line: FundLine, made: dict[int, Fund], found: CopiedYear, *, with_amounts, with_projects, user) -> None:
    old, slug = line.fund, _slug(line.fund, found.year)
    if there := Fund.objects.filter(slug=slug).first():
        made[old.pk] = there
        found.left_out.append((old, _("gibt es schon")))
        return
    first_day = datetime.date(found.year, 1, 1)
    if old.action_area and old.action_area.valid.upper and old.action_area.valid.upper <= first_day:
        found.left_out.append((old, _("der Aktionsraum gehört dann nicht mehr dazu")))
        return
    kept = ("name", "kind", "funder", "action_area", "volume_is_known", "is_about", "decided_by", "source")
    note = copied_note(old.year)
    amount = line.volume if with_amounts and line.volume and line.volume > 0 else None
    new = Fund(slug=slug, year=found.year, note=note, foreseen=amount, **{name: getattr(old, name) for name in kept})
    new.part_of = made.get(old.part_of_id)
    new.save()
    made[old.pk] = new
    projects = _projects(old, new, with_amounts=with_amounts, user=user) if with_projects else ()
    found.copied.append(Copied(new, amount, tuple(projects)))


def copied_note(year: int) -> str:
    """What stands at a copied fund until something is decided."""
    return _("Aus %(year)d übernommen; beschlossen ist darüber noch nichts.") % {"year": year}


def _slug(fund: Fund, year: int) -> str:
    """The key with the new year in place of the old one, or behind it."""
    text = fund.slug.replace(str(fund.year), str(year))
    return text if text != fund.slug else f"{fund.slug[:74]}-{year}"


def _projects(old: Fund, new: Fund, *, with_amounts: bool, user) -> list[str]:
    newest = ProjectState.objects.filter(project=OuterRef("project")).order_by("-day", "-pk").values("state")[:1]
    going_on = Allocation.objects.filter(fund=old).annotate(state=Subquery(newest)).filter(state__in=GOING_ON)
    by_project: dict[Project, list[Allocation]] = defaultdict(list)
    for allocation in going_on.select_related("project").prefetch_related("entries", "shares__place"):
        by_project[allocation.project].append(allocation)
    for project, allocations in by_project.items():
        first = allocations[0]  # several: by applications; the next year has one place for all of it
        weights = {share.place: share.weight for share in first.shares.all()}
        note = "" if first.for_application else first.note
        again = open_allocation(fund=new, project=project, weights=weights, note=note)
        granted = sum(money_of(allocation.entries.all()).granted for allocation in allocations)
        if with_amounts and granted > 0:
            step = {"kind": MoneyEntry.Kind.PLANNED, "amount": granted, "note": new.note}
            book(allocation=again, day=datetime.date(new.year, 1, 1), user=user, **step)
    return [project.title for project in by_project]
