"""A formula as people write it: what it may say, and the words for what it says. No writing, no database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.statistics.formulas import FACTORS, RATIOS, Kind

MOST_YEARS = 20  # of a moving average
CHANGES = frozenset({Kind.CHANGE, Kind.CHANGE_PERCENT})


@dataclass(frozen=True)
class Written:
    """One formula by the slugs of its indicators and the code of its period; None and "" where nothing was said."""

    kind: str
    of: tuple[str, ...]
    by: tuple[str, ...] = ()
    periods_back: int | None = None
    base_period: str = ""
    years: int | None = None


def faults(written: Written, *, factor: int) -> list[tuple[str, str]]:
    """What is wrong with a formula: key and German sentence, without looking at what its indicators are.

    >>> faults(Written("share", ("a",), ("b",)), factor=100)
    []
    >>> [key for key, text in faults(Written("change", ("a",)), factor=1)]
    ['periods_back']
    """
    if written.kind not in set(Kind):
        text = _("„%(kind)s“ ist keine Rechenart. Erlaubt: %(known)s.")
        return [("kind", text % {"kind": written.kind, "known": ", ".join(Kind)})]
    return [*_wrong_terms(written), *_wrong_periods(written), *_wrong_factor(written, factor)]


def _wrong_terms(written: Written) -> list[tuple[str, str]]:
    kind, found = written.kind, []
    if kind in RATIOS:
        if not written.of:
            found.append(("of", _("Es fehlt der Zähler.")))
        if not written.by:
            found.append(("by", _("Es fehlt der Nenner.")))
    elif kind == Kind.SUM and (len(written.of) < 2 or written.by):
        found.append(("of", _("Eine Summe nennt mindestens zwei Summanden und keinen Nenner.")))
    elif kind == Kind.DIFFERENCE and (len(written.of) != 1 or not written.by):
        found.append(("of", _("Eine Differenz nennt genau einen Ausgangswert und mindestens einen Abzug.")))
    elif kind not in (Kind.SUM, Kind.DIFFERENCE) and (len(written.of) != 1 or written.by):
        found.append(("of", _("Diese Rechenart nennt genau einen Indikator.")))
    both = set(written.of) & set(written.by)
    if len(set(written.of)) < len(written.of) or len(set(written.by)) < len(written.by) or both:
        found.append(("by" if both else "of", _("Ein Indikator steht mehrfach in der Formel.")))
    return found


def _wrong_periods(written: Written) -> list[tuple[str, str]]:
    kind, found = written.kind, []
    if kind in CHANGES and (written.periods_back is None) == (not written.base_period):
        text = _("Eine Veränderung nennt entweder, wie viele Zeiträume sie zurückgeht, oder einen festen Zeitraum.")
        found.append(("periods_back", text))
    if written.periods_back is not None and (kind not in CHANGES or written.periods_back < 1):
        text = _("Nur eine Veränderung geht Zeiträume zurück, mindestens einen.")
        found.append(("periods_back", text))
    if kind == Kind.INDEX and not written.base_period:
        found.append(("base_period", _("Eine Messzahl nennt den Zeitraum, der 100 ist.")))
    if written.base_period and kind not in (*CHANGES, Kind.INDEX):
        found.append(("base_period", _("Nur Veränderungen und Messzahlen nennen einen festen Zeitraum.")))
    if kind == Kind.MOVING_AVERAGE and not 2 <= (written.years or 0) <= MOST_YEARS:
        text = _("Ein gleitendes Mittel nennt die Zahl seiner Jahre, 2 bis %(most)s.") % {"most": MOST_YEARS}
        found.append(("years", text))
    if written.years is not None and kind != Kind.MOVING_AVERAGE:
        found.append(("years", _("Nur ein gleitendes Mittel nennt eine Zahl von Jahren.")))
    return found


def _wrong_factor(written: Written, factor: int) -> list[tuple[str, str]]:
    needed = FACTORS.get(Kind(written.kind))
    if needed is None or needed == factor:
        return []
    text = _("Zu dieser Rechenart gehört der Faktor %(needed)s, nicht %(factor)s.")
    return [("factor", text % {"needed": needed, "factor": factor})]


def sentence(written: Written, name: Callable[[str], str], *, factor: int = 1) -> str:
    """The formula in words; `name` gives an indicator's name in the language of the page.

    >>> sentence(Written("share", ("a",), ("b",)), {"a": "Menschen unter 18", "b": "Einwohner"}.get)
    '„Menschen unter 18“ je 100 von „Einwohner“'
    """
    of = _joined([name(slug) for slug in written.of], _(" plus "))
    by = _joined([name(slug) for slug in written.by], _(" plus "))
    words = {"of": of, "by": by, "factor": f"{factor:,}".replace(",", "."), "base": written.base_period}
    words |= {"back": written.periods_back, "years": written.years}
    return _phrases(written).get(written.kind, "") % words


def _joined(names: Sequence[str], sign: str) -> str:
    return sign.join(_("„%s“") % name for name in names)


def _phrases(written: Written) -> dict[str, str]:
    since = _("gegenüber %(base)s") if written.base_period else _since_back(written.periods_back)
    return {
        Kind.SHARE: _("%(of)s je 100 von %(by)s"),
        Kind.PER_1000: _("%(of)s je 1.000 von %(by)s"),
        Kind.QUOTIENT: _("%(of)s geteilt durch %(by)s, mal %(factor)s"),
        Kind.DENSITY: _("%(of)s je Quadratkilometer Fläche"),
        Kind.SUM: "%(of)s",
        Kind.DIFFERENCE: _("%(of)s minus %(by)s") if len(written.by) < 2 else _("%(of)s minus (%(by)s)"),
        Kind.CHANGE: _("Veränderung von %(of)s") + " " + since,
        Kind.CHANGE_PERCENT: _("Veränderung von %(of)s in Prozent") + " " + since,
        Kind.INDEX: _("%(of)s im Verhältnis zu %(base)s (= 100)"),
        Kind.MOVING_AVERAGE: _("Mittel von %(of)s über %(years)s Jahre bis zum genannten"),
    }


def _since_back(back: int | None) -> str:
    if back == 1:
        return _("gegenüber dem vorigen Zeitraum der Reihe")
    return _("gegenüber dem %(back)s. Zeitraum davor in der Reihe")
