"""A map in words for people who cannot see it: classes, extremes, gaps and change. Pure: facts in, text out."""

from bisect import bisect_right
from collections import Counter
from decimal import Decimal
from itertools import pairwise

from atlas.numbers import format_signed

from .facts import SECRET, AreaValue, MapFacts
from .judging import judge_change, rounding_noise
from .map_words import count_areas, map_words_of
from .wording import written

EXTREMES = 3  # how many areas are named at either end


def map_text(facts: MapFacts) -> str:
    """Everything the map shows: how many areas in which class, the highest and lowest three, areas without a
    value and why, estimates and joint values, and the change since the comparison period if one is chosen."""
    words = map_words_of(facts.language)
    known = [area for area in facts.areas if area.value is not None]
    title = words["title"].format(name=facts.name, level=facts.level_plural, city=facts.city, period=facts.period)
    parts = [title, *_classes(facts, known, words), *_extremes(facts, known, words), *_gaps(facts, words)]
    for status in ("estimated", "joint"):
        count = sum(area.status == status for area in known)
        if count:
            parts.append(words[status].format(areas=count_areas(words, count)))
    return " ".join([*parts, *_change(facts, words)])


def _classes(facts: MapFacts, known: list[AreaValue], words: dict) -> list[str]:
    if not known or not facts.limits:
        return []
    counts = Counter(bisect_right(facts.limits, float(area.value)) for area in known)
    ends = [_written(facts, Decimal(str(limit))) for limit in facts.limits]
    names = [words["class_first"].format(high=ends[0])]
    names += [words["class_inner"].format(low=low, high=high) for low, high in pairwise(ends)]
    names.append(words["class_last"].format(low=ends[-1]))
    listed = "; ".join(f"{name}: {count_areas(words, counts[i])}" for i, name in enumerate(names))
    return [words["classes"].format(n=len(names), list=listed)]


def _extremes(facts: MapFacts, known: list[AreaValue], words: dict) -> list[str]:
    ordered = sorted(known, key=lambda area: (-area.value, area.name))
    if not ordered:
        return []
    if len(ordered) <= 2 * EXTREMES:
        return [words["all"].format(list=_listed(facts, ordered))]
    upwards = sorted(known, key=lambda area: (area.value, area.name))
    return [
        words["highest"].format(list=_top(facts, ordered, words)),
        words["lowest"].format(list=_top(facts, upwards, words)),
    ]


def _top(facts: MapFacts, ordered: list[AreaValue], words: dict) -> str:
    listed = _listed(facts, ordered[:EXTREMES])
    if ordered[EXTREMES].value == ordered[EXTREMES - 1].value:
        return words["and_more"].format(list=listed)
    return listed


def _listed(facts: MapFacts, areas: list[AreaValue]) -> str:
    return "; ".join(f"{area.name} {_written(facts, area.value)}" for area in areas)


def _gaps(facts: MapFacts, words: dict) -> list[str]:
    silent = [area for area in facts.areas if area.value is None]
    if not silent:
        return []
    reasons = Counter("secret" if area.status in SECRET else area.status for area in silent)
    if len(reasons) == 1:
        few = len(silent) <= EXTREMES
        which = "; ".join(area.name for area in silent) if few else count_areas(words, len(silent))
        return [words["without_one"].format(which=which, reason=words[next(iter(reasons))])]
    listed = ", ".join(f"{count} {words[reason]}" for reason, count in reasons.most_common())
    return [words["without"].format(areas=count_areas(words, len(silent)), list=listed)]


def _change(facts: MapFacts, words: dict) -> list[str]:
    if not facts.earlier_period:
        return []
    if facts.break_reason:
        return [facts.break_reason]
    both = [a for a in facts.areas if a.value is not None and a.earlier_value is not None]
    fair = [a for a in both if a.joint_with == a.earlier_joint_with]
    counts = Counter(_direction(facts, area) for area in fair)
    counts["incomparable"] = len(facts.areas) - len(fair)
    kinds = [kind for kind in ("fallen", "risen", "same", "incomparable") if counts[kind]]
    listed = ", ".join(words[kind].format(areas=count_areas(words, counts[kind], "in_areas")) for kind in kinds)
    parts = [words["change"].format(since=facts.earlier_period, list=listed)]
    return parts + _largest_changes(facts, fair, words)


def _direction(facts: MapFacts, area: AreaValue) -> str:
    is_estimate = "estimated" in (area.status, area.earlier_status)
    noise = rounding_noise(facts.decimals, is_estimate=is_estimate)
    return judge_change(area.earlier_value, area.value, noise=noise).direction


def _largest_changes(facts: MapFacts, fair: list[AreaValue], words: dict) -> list[str]:
    parts = []
    for kind, largest in (("fallen", min), ("risen", max)):
        moved = [area for area in fair if _direction(facts, area) == kind]
        if moved:
            area = largest(moved, key=lambda a: a.value - a.earlier_value)
            change = format_signed(area.value - area.earlier_value, facts.decimals, facts.language)
            parts.append(words[f"most_{kind}"].format(name=area.name, change=change))
    return parts


def _written(facts: MapFacts, value: Decimal) -> str:
    return written(value, facts.decimals, facts.unit, facts.language)
