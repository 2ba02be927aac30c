"""The page "below the average": which areas stand out by a rule, why, and what that would mean for the action plan."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from actionplan.selectors.proposals import Proposal, proposal, quarter_parts
from areas.models import AreaLevel
from atlas import numbers
from atlas.links import area_path, screening_path
from atlas.selectors.results import (
    Chosen,
    area_names,
    areas_word,
    chosen_result,
    figure_cell,
    indicators_called,
    result_map,
    text_of,
    written,
)
from atlas.sentences.types import listed
from atlas.stand import Stand, read_stand
from atlas.stand_notice import StandNotice, notice_of_result
from indicators.actions.analysing_screens import SCREENINGS
from indicators.analyses import analysis_at
from indicators.models import Indicator
from indicators.statistics.screening import Verdict
from indicators.statuses import Status

NAMED = 6  # areas named in a sentence


@dataclass(frozen=True)
class Reason:
    """A value beside the limit: `met` is None where it cannot be judged."""

    cell: str
    met: bool | None
    words: str


@dataclass(frozen=True)
class ScreenedArea:
    """One area with its reasons; `first` sorts it, `quarters` are the action quarters that lie in it."""

    code: str
    name: str
    url: str
    verdict: str
    met: int
    reasons: list[Reason]
    first: float = 0.0
    inside: str = ""
    inside_url: str = ""
    quarters: str = ""


@dataclass(frozen=True)
class Group:
    """Areas with the same consequence."""

    word: str
    title: str
    areas: list[ScreenedArea]


@dataclass(frozen=True)
class Condition:
    """One condition in words, the city's value and the limit that follows."""

    label: str
    words: str
    city: str
    limit: str
    tied: str
    unit: str = ""


@dataclass(frozen=True)
class ScreeningPage:
    """Everything on the page; `proposal` is None where the plan has no areas of this level."""

    chosen: Chosen
    stand: Stand
    notice: StandNotice
    on: datetime.date
    level: AreaLevel
    lower: AreaLevel | None
    name: str
    description: str
    lead: str
    indicators: list[Indicator]
    conditions: list[Condition]
    needed: int
    groups: list[Group]
    below: list[ScreenedArea]
    below_unknown: int
    proposal: Proposal | None
    map: str

    @property
    def content(self) -> dict:
        """The stored result."""
        return self.chosen.content


def screening_page(query: Mapping[str, str], on: datetime.date) -> ScreeningPage:
    """The page that an address asks for (`regel`, `zeit`, `stand`), beside the plan of a day. At most 11 queries.

    Raises `AskedWrongly`, and `NothingStored` where nothing was public then.
    """
    stand = read_stand(query.get("stand", ""))
    chosen = chosen_result(SCREENINGS, "regel", query, stand)
    content, level = chosen.content, chosen.result.level
    definition = content["definition"]
    lower = AreaLevel.objects.filter(slug=definition["lower_level"]).first() if definition["lower_level"] else None
    by_slug = indicators_called([criterion["indicator"] for criterion in definition["criteria"]])
    criteria = [c for c in definition["criteria"] if c["indicator"] in by_slug]
    reader = _Reader(level, lower, area_names(level, *([lower] if lower else [])), by_slug, criteria)
    verdicts = {row["code"]: row["verdict"] for row in content["areas"]}
    plan = proposal(verdicts, level=level.slug, on=on) if level.is_reporting else None
    return ScreeningPage(
        chosen=chosen,
        stand=stand,
        notice=_notice(chosen, stand, on),
        on=on,
        level=level,
        lower=lower,
        name=text_of(definition, "name"),
        description=text_of(definition, "description"),
        lead=_lead(content, level, chosen.period),
        indicators=[by_slug[c["indicator"]] for c in criteria],
        conditions=[reader.condition(*row) for row in zip(criteria, content["city"], content["limits"], strict=True)],
        needed=definition["needed"],
        groups=_groups([reader.area(row) for row in content["areas"]], plan),
        below=_below(content, verdicts, reader, quarter_parts(on) if lower and lower.is_smallest else {}),
        below_unknown=sum(row["verdict"] == Verdict.UNKNOWN for row in content["below"]),
        proposal=plan,
        map=_map(content, level, plan),
    )


class _Reader:
    """Turns stored rows into what the page shows."""

    def __init__(self, level, lower, names: Mapping, by_slug: Mapping[str, Indicator], criteria: Sequence[dict]):
        self.level, self.lower, self.names, self.by_slug, self.criteria = level, lower, names, by_slug, criteria

    def area(self, row: dict, *, level: AreaLevel | None = None, quarters: Sequence = ()) -> ScreenedArea:
        level = level or self.level
        inside = row.get("inside", "")
        return ScreenedArea(
            code=row["code"],
            name=self.names.get((level.slug, row["code"]), row["code"]),
            url=area_path(level.slug, row["code"]),
            verdict=row["verdict"],
            met=row["met"],
            reasons=[self._reason(*pair) for pair in zip(self.criteria, row["reasons"], strict=True)],
            first=_worse_first(self.criteria, row["reasons"]),
            inside=self.names.get((self.level.slug, inside), inside),
            inside_url=area_path(self.level.slug, inside) if inside else "",
            quarters=listed([_quarter(part) for part in quarters], get_language()),
        )

    def condition(self, criterion: dict, city: str | None, limit: dict) -> Condition:
        indicator = self.by_slug[criterion["indicator"]]
        tied = [self.names.get((self.level.slug, code), code) for code in limit["tied"]]
        return Condition(
            label=indicator.label,
            words=condition_words(criterion, indicator, self.level),
            city=in_units(city, indicator),
            limit=in_units(limit["value"], indicator),
            tied=listed(tied, get_language()),
            unit=indicator.unit_label,
        )

    def _reason(self, criterion: dict, reason: dict) -> Reason:
        indicator = self.by_slug[criterion["indicator"]]
        value = None if reason["value"] is None else Decimal(reason["value"])
        said = {True: _("erfüllt"), False: _("nicht erfüllt"), None: _("nicht beurteilbar")}[reason["met"]]
        return Reason(figure_cell(indicator, value, Status(reason["status"])), reason["met"], said)


def _worse_first(criteria: Sequence[dict], reasons: Sequence[dict]) -> float:
    """Sorts areas that meet equally many conditions: by the value of the first one, worse ones being larger."""
    value = float(reasons[0]["value"] or 0)
    return value if criteria[0]["side"] == "above" else -value


def in_units(number: str | None, indicator: Indicator) -> str:
    """A number of a rule with its unit; the sign for unknown where there is none."""
    return numbers.with_unit(written(number, indicator.decimals), indicator.unit_label) if number is not None else "."


def condition_words(criterion: Mapping, indicator: Indicator, level: AreaLevel) -> str:
    """A condition in words: `criterion` with comparison, side and threshold (a number as text)."""
    is_above = criterion["side"] == "above"
    said = {"number": _plain(criterion["threshold"]), "unit": _unit(indicator), "levels": areas_word(level)}
    if criterion["comparison"] == "highest":
        text = _("unter den %(number)s höchsten Werten der %(levels)s") if is_above else ""
        return (text or _("unter den %(number)s niedrigsten Werten der %(levels)s")) % said
    if criterion["comparison"] == "ratio":
        return (
            _("mehr als das %(number)s-Fache der Stadt")
            if is_above
            else _("weniger als das %(number)s-Fache der Stadt")
        ) % said
    if not Decimal(criterion["threshold"]):
        return _("höher als in der Stadt") if is_above else _("niedriger als in der Stadt")
    return (
        _("um mehr als %(number)s %(unit)s höher als in der Stadt")
        if is_above
        else _("um mehr als %(number)s %(unit)s niedriger als in der Stadt")
    ) % said


def _unit(indicator: Indicator) -> str:
    return _("Prozentpunkte") if indicator.unit == "%" else indicator.unit_label


def _plain(number: str) -> str:
    places = -int(Decimal(number).as_tuple().exponent)
    return written(number, max(places, 0))


def _quarter(part) -> str:
    share = written(part.share * 100, 0)
    if part.share >= 0.95:
        return part.name
    return _("%(name)s (zu %(share)s %%)") % {"name": part.name, "share": share}


def _notice(chosen: Chosen, stand: Stand, on: datetime.date) -> StandNotice:
    newest = analysis_at(SCREENINGS, chosen.result.key) if stand.moment else chosen.result
    url = screening_path(chosen.slug, period=chosen.period, on=on.isoformat())
    return notice_of_result(stand, chosen.result.release, current=newest and newest.release, newest=url)


def _lead(content: dict, level: AreaLevel, period: str) -> str:
    found = sum(row["verdict"] == Verdict.STANDS_OUT for row in content["areas"])
    said = {"found": found, "count": len(content["areas"]), "levels": areas_word(level), "period": period}
    text = ngettext(
        "Nach dieser Regel liegt %(found)d der %(count)d %(levels)s unter dem städtischen Durchschnitt.",
        "Nach dieser Regel liegen %(found)d der %(count)d %(levels)s unter dem städtischen Durchschnitt.",
        found,
    )
    return text % said


def _groups(areas: Sequence[ScreenedArea], plan: Proposal | None) -> list[Group]:
    """Areas by consequence for the plan; without a plan by verdict. Empty groups are left out."""
    ordered = sorted(areas, key=lambda area: (-area.met, -area.first, area.name))
    if plan is None:
        groups = [
            ("joins", _("Unter dem Durchschnitt"), {a.code for a in areas if a.verdict == Verdict.STANDS_OUT}),
            ("open", _("Nicht beurteilbar"), {a.code for a in areas if a.verdict == Verdict.UNKNOWN}),
            ("others", _("Unauffällig"), {a.code for a in areas if a.verdict == Verdict.INCONSPICUOUS}),
        ]
    else:
        told = set(plan.joins + plan.stays + plan.leaves + plan.open_members + plan.open_others)
        groups = [
            ("joins", _("Würde dazukommen"), set(plan.joins)),
            ("stays", _("Bliebe Aktionsraum"), set(plan.stays)),
            ("leaves", _("Würde ausscheiden"), set(plan.leaves)),
            ("open", _("Aktionsraum, nicht beurteilbar"), set(plan.open_members)),
            ("open", _("Kein Aktionsraum, nicht beurteilbar"), set(plan.open_others)),
            ("others", _("Unauffällig, kein Aktionsraum"), {a.code for a in areas} - told),
        ]
    found = [Group(word, title, [a for a in ordered if a.code in codes]) for word, title, codes in groups]
    return [group for group in found if group.areas]


def _below(content: dict, verdicts: Mapping[str, str], reader: _Reader, quarters: Mapping) -> list[ScreenedArea]:
    """Small areas that stand out inside an area that does not."""
    rows = [
        row
        for row in content["below"]
        if row["verdict"] == Verdict.STANDS_OUT and verdicts.get(row["inside"]) != Verdict.STANDS_OUT
    ]
    found = [reader.area(row, level=reader.lower, quarters=quarters.get(row["code"], ())) for row in rows]
    return sorted(found, key=lambda area: (area.inside, area.code))


def _map(content: dict, level: AreaLevel, plan: Proposal | None) -> str:
    classes = {
        row["code"]: {Verdict.STANDS_OUT: "class-5", Verdict.INCONSPICUOUS: "class-1"}[Verdict(row["verdict"])]
        for row in content["areas"]
        if row["verdict"] != Verdict.UNKNOWN
    }
    found = sum(css == "class-5" for css in classes.values())
    text = _(
        "Karte: %(found)d von %(count)d Gebieten liegen nach der Regel unter dem Durchschnitt; ihre Namen stehen in "
        "der Tabelle."
    )
    text %= {"found": found, "count": len(content["areas"])}
    return result_map(level.slug, classes, text=text, css="scale-6", outlined=sorted(plan.members) if plan else ())


def proposal_sentence(page: ScreeningPage) -> str:
    """What the rule would change about the plan of the day, in one or two sentences; "" without a plan."""
    plan = page.proposal
    if plan is None:
        return ""
    day = date_format(plan.on, "DATE_FORMAT")
    if plan.changes_nothing:
        text = _(
            "Verglichen mit dem Aktionsplan vom %(day)s würde sich nichts ändern: Es sind dieselben %(count)d Gebiete."
        )
        return text % {"day": day, "count": len(plan.stays)}
    parts = [_("Verglichen mit dem Aktionsplan vom %(day)s blieben %(count)d Gebiete dabei.")]
    said = {"day": day, "count": len(plan.stays)}
    names = {area.code: area.name for group in page.groups for area in group.areas}
    for codes, text in (
        (plan.joins, _("Dazukommen würden: %s.")),
        (plan.leaves, _("Ausscheiden würden: %s.")),
        (plan.open_members, _("Nicht zu beurteilen sind: %s.")),
    ):
        if codes:
            shown = [names.get(code, code) for code in codes[:NAMED]] + ["…"] * (len(codes) > NAMED)
            parts.append(text.replace("%s", listed(shown, get_language()).replace("%", "%%")))
    return " ".join(parts) % said
