"""Words of the map page: the summary of what is seen, and the phrases that the script puts together."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.map_rows import Row
from atlas.map_state import MapView
from atlas.sentences import AreaValue, MapFacts, map_summary
from atlas.sentences.certainty import certainty_words
from indicators.models import Figure

FEW = 3  # as many known areas are simply listed


def script_texts(view: MapView) -> dict[str, str]:
    """Phrases for the script, in the page's language; `{…}` are filled in by the script."""
    return {
        "mapLabel": _(
            "Karte: {indicator}, {level}, {period}. "
            "Mit den Pfeiltasten von Gebiet zu Gebiet, mit der Eingabetaste auswählen."
        ),
        "rankOf": _("Rang {rank} von {count}"),
        "city": _("Stadt {value}"),
        "classNumber": _("Klasse {number} von {count}: {range}"),
        "openProfile": _("Profil öffnen"),
        "whereFrom": _("Woher kommt diese Zahl?"),
        "changeSince": change_phrase(view),
        **_certainty_phrases(),
        "formerExtent": _("Zuschnitt von damals: Das Gebiet ist seitdem neu zugeschnitten worden."),
        "changeHead": _("seit {period}"),
        "noValue": _("kein Wert"),
        "joint": _("Gemeinsamer Wert mit {names}"),
        "under": _("unter {high}"),
        "between": _("{low} bis unter {high}"),
        "from": _("{low} und mehr"),
        "allValues": _("alle Werte"),
        "missing": _("nicht bekannt"),
        "suppressed": _("geheim zu halten"),
        "estimated": _("geschätzt"),
        "zero": _("genau null"),
        "notYet": _("liegt noch nicht vor"),
        "notApplicable": _("nicht sinnvoll"),
        "plan": _("Aktionsraum"),
        "choose": _("Wählen Sie ein Gebiet in der Tabelle oder auf der Karte."),
        "patternMissing": _("kein Wert bekannt"),
        "patternIncomparable": _("kein vergleichbarer Wert"),
        "patternSuppressed": _("geheim zu halten"),
        "patternJoint": _("gemeinsamer Wert mehrerer Gebiete"),
        "legend": _("{what} · Zahl der Gebiete"),
        "legendChange": _("Veränderung {earlier} bis {later}"),
        "highest": _("Am höchsten: {areas}."),
        "lowest": _("Am niedrigsten: {areas}."),
        "classCount": _("Zahl der Klassen: {count}."),
        "known": _("Bekannt: {areas}."),
        "withoutChange": _("Nicht vergleichbar: {count} Gebiete."),
        "withoutValue": _("Ohne Wert: {count} Gebiete."),
        "nothingKnown": _("Für kein Gebiet ist ein Wert bekannt."),
        "histogram": _("Verteilung: {count} Gebiete, von {low} bis {high}"),
        "areas": _("{count} Gebiete"),
        "selected": _("Ausgewählt: {name}"),
        "play": _("Abspielen"),
        "pause": _("Anhalten"),
        "loading": _("Die Karte wird geladen …"),
        "failed": _("Die Karte konnte nicht geladen werden. Die Tabelle enthält dieselben Werte."),
        "reset": _("Ganze Stadt zeigen"),
        "zoomIn": _("Vergrößern"),
        "zoomOut": _("Verkleinern"),
        "notComparable": _(
            "Zwischen {earlier} und {later} ist die Reihe unterbrochen; die Werte sind nicht vergleichbar."
        ),
        "here": _("Mein Standort"),
        "outside": _("Dieser Ort liegt nicht im Stadtgebiet."),
        "notLocated": _("Der Standort konnte nicht bestimmt werden. Wählen Sie Ihr Gebiet in der Tabelle."),
    }


def _certainty_phrases() -> dict[str, str]:
    """Names of the script for the phrases of `atlas.sentences.certainty`."""
    words = certainty_words(get_language())
    names = {
        "interval": "interval",
        "intervalShort": "interval_short",
        "intervalBefore": "interval_before",
        "intervalUnknown": "interval_unknown",
        "cityUntold": "city_untold",
        "changeUntold": "change_untold",
        "shaky": "shaky",
        "shakyCity": "shaky_city",
        "shakyChange": "shaky_change",
    }
    return {name: words[key] for name, key in names.items()}


def change_phrase(view: MapView) -> str:
    """How a change is told: `{change}` with its unit, since `{period}`; shares change by percentage points."""
    if view.indicator.unit_label == "%":
        return _("{change} Prozentpunkte seit {period}")
    return _("{change} {unit} seit {period}").replace("{unit}", view.indicator.unit_label).replace("  ", " ")


def change_sentence(view: MapView, change_text: str, earlier: str) -> str:
    """The change of one area in words, such as `−8,2 Prozentpunkte seit 2018`."""
    return change_phrase(view).format(change=change_text, period=earlier)


def table_title(view: MapView) -> str:
    """Caption of the table beside the map."""
    return _("%(areas)s: %(indicator)s") % {"areas": view.level.label_plural, "indicator": view.indicator.label}


def legend_title(view: MapView) -> str:
    """Heading of the legend: what the colours mean, and of what the bars count."""
    what = view.indicator.unit_long_label or view.indicator.label
    if view.state.compare:
        periods = {"earlier": view.state.compare, "later": view.state.period}
        what = _("Veränderung {earlier} bis {later}").format(**periods)
    return _("{what} · Zahl der Gebiete").format(what=what)


def summary_of(view: MapView, period: str, compare: str) -> str:
    """One or two sentences about the map: the city, the lowest and the highest area; or the span of changes."""
    return _change_summary(view, period, compare) if compare else map_summary(_facts(view, period, compare))


def _change_summary(view: MapView, period: str, compare: str) -> str:
    changes = _values(view, period, compare)
    if not changes:
        return _("Zwischen {earlier} und {later} lässt sich hier nichts vergleichen.").format(
            earlier=compare, later=period
        )
    low, high = min(changes, key=changes.get), max(changes, key=changes.get)
    names = {code: figure.area.name for code, figure in view.table.figures[period].items()}
    text = _("Von {earlier} bis {later} reicht die Veränderung von {low} ({low_name}) bis {high} ({high_name}).")
    return text.format(
        earlier=compare,
        later=period,
        low=_number(view, changes[low], compare),
        low_name=names[low],
        high=_number(view, changes[high], compare),
        high_name=names[high],
    )


def _facts(view: MapView, period: str, compare: str) -> MapFacts:
    table, indicator = view.table, view.indicator
    city = table.city.get(period)
    return MapFacts(
        name=indicator.label,
        headline=indicator.headline,
        city=city.area.name if city else "",
        level_plural=view.level.label_plural,
        areas=tuple(_area_value(f, table.figures.get(compare, {})) for f in table.figures[period].values()),
        period=period,
        decimals=indicator.decimals,
        unit=indicator.unit_label,
        city_value=city.value if city else None,
        city_status=city.status if city else None,
        earlier_period=compare,
        language=get_language(),
    )


def _area_value(figure: Figure, earlier: dict[str, Figure]) -> AreaValue:
    before = earlier.get(figure.area.code)
    known = {} if before is None else {"earlier_value": before.value, "earlier_status": before.status}
    return AreaValue(
        name=figure.area.name,
        value=figure.value,
        status=figure.status,
        joint_with=figure.joint_with,
        earlier_joint_with=before.joint_with if before else "",
        **known,
    )


def words_of(view: MapView, rows: Sequence[Row]) -> str:
    """The map in words: the highest and lowest areas, in how many classes, and how many have no number."""
    is_change = bool(view.state.compare)
    shown = [(row.change if is_change else row.figure.value, row) for row in rows if row.number_class is not None]
    if not shown:
        return _("Für kein Gebiet ist ein Wert bekannt.")
    shown.sort(key=lambda pair: (-pair[0], pair[1].area.code))
    if len(shown) <= FEW:
        parts = [_("Bekannt: {areas}.").format(areas=_listed(view, shown))]
    else:
        parts = [
            _("Am höchsten: {areas}.").format(areas=_listed(view, shown[:3])),
            _("Am niedrigsten: {areas}.").format(areas=_listed(view, shown[:-4:-1])),
        ]
    parts.append(_("Zahl der Klassen: {count}.").format(count=len({row.number_class for _value, row in shown})))
    missing = len(rows) - len(shown)
    if missing:
        without = _("Nicht vergleichbar: {count} Gebiete.") if is_change else _("Ohne Wert: {count} Gebiete.")
        parts.append(without.format(count=missing))
    return " ".join(parts)


def certainty(view: MapView, period: str) -> list[str]:
    """What is estimated, joint, incomplete or assumed among the figures of a period."""
    figures = list(view.table.figures.get(period, {}).values())
    others = sorted(_other_sources(view, figures))
    lines = [_("Werte dieses Zeitpunkts stammen auch aus: %s.") % ", ".join(others)] if others else []
    lines += _estimates(view, figures)
    if any(figure.lower is not None for figure in figures):
        lines.append(_("Unter dem Wert steht, zwischen welchen Zahlen er mit 95 % Sicherheit liegt."))
    return lines + _limits(view, figures)


def certainty_of_all(view: MapView, periods: Sequence[str]) -> list[str]:
    """The same for several periods that are told together, without their intervals."""
    by_period = {period: list(view.table.figures.get(period, {}).values()) for period in periods}
    figures = [figure for found in by_period.values() for figure in found]
    others = {
        source: [period for period, found in by_period.items() if source in _other_sources(view, found)]
        for source in sorted(_other_sources(view, figures))
    }
    told = "; ".join(f"{source} ({', '.join(found)})" for source, found in others.items())
    lines = [_("Werte einzelner Zeitpunkte stammen auch aus: %s.") % told] if told else []
    lines += _estimates(view, figures)
    if any(figure.lower is not None for figure in figures):
        said = _("Zwischen welchen Zahlen ein Wert mit 95 % Sicherheit liegt, steht auf der Karte seines Zeitpunkts.")
        lines.append(said)
    return lines + _limits(view, figures)


def _other_sources(view: MapView, figures: Iterable[Figure]) -> set[str]:
    """Names of sources of figures that are not the indicator's own."""
    return {figure.source.label for figure in figures if figure.source and figure.source != view.indicator.source}


def _estimates(view: MapView, figures: Sequence[Figure]) -> list[str]:
    """What brackets mean."""
    lines, weight = [], view.indicator.weight
    if view.table.edition.rounding_base:
        lines.append(rounding_sentence(view.table.edition.rounding_base))
    elif any(figure.status == "estimated" for figure in figures):
        if weight:
            lines.append(
                _("Werte in Klammern sind geschätzt: aus kleineren Gebieten zusammengefasst, gewichtet mit „%s“.")
                % weight.label
            )
        else:
            lines.append(_("Werte in Klammern sind geschätzt."))
    return lines


def _limits(view: MapView, figures: Sequence[Figure]) -> list[str]:
    """What is not known, joint, incomplete or assumed."""
    lines = []
    has_intervals = any(figure.lower is not None for figure in figures)
    if not has_intervals and not view.indicator.is_count and any(figure.value is not None for figure in figures):
        lines.append(_("Intervall nicht bekannt: Die Zahlen hinter den Werten sind nicht veröffentlicht."))
    if any(figure.joint_with for figure in figures):
        lines.append(_("Kleine Gebiete hat die Stadt zusammengefasst; ihr gemeinsamer Wert steht bei jedem von ihnen."))
    if any(figure.coverage is not None and figure.coverage < 1 for figure in figures):
        lines.append(_("Wo Werte einzelner Teile fehlen, beruht die Zahl auf mindestens 90 % des Gewichts."))
    assumed = dict.fromkeys(figure.area.name for figure in figures if figure.area.certainty == "assumed")
    if assumed:
        names = ", ".join(assumed)
        lines.append(_("Die Zusammensetzung dieser Gebiete ist angenommen: %s.") % names)
    return lines


def rounding_sentence(base: int) -> str:
    """That all counts of an indicator are told as multiples of a base, so that nobody can be recognised."""
    return _(
        "Damit niemand zu erkennen ist, sind die Anzahlen hinter den Werten auf Vielfache von %(base)s gerundet; "
        "deshalb stehen die Werte in Klammern."
    ) % {"base": base}


def _values(view: MapView, period: str, compare: str) -> dict[str, Decimal]:
    figures = view.table.figures.get(period, {})
    if not compare:
        return {code: figure.value for code, figure in figures.items() if figure.value is not None}
    changes = {code: view.table.change(code, compare, period) for code in figures}
    return {code: change for code, change in changes.items() if change is not None}


def _number(view: MapView, value: Decimal, compare: str) -> str:
    """A value with its unit; a change with its sign, where shares change by percentage points."""
    decimals, unit = view.indicator.decimals, view.indicator.unit_label
    if not compare:
        return numbers.with_unit(numbers.format_number(value, decimals, get_language()), unit)
    change = numbers.format_signed(value, decimals, get_language())
    return numbers.with_unit(change, _("Prozentpunkten") if unit == "%" else unit)


def _listed(view: MapView, shown: Sequence[tuple[Decimal, Row]]) -> str:
    def written(value: Decimal) -> str:
        if view.state.compare:
            return numbers.format_signed(value, view.indicator.decimals, get_language())
        return _number(view, value, "")

    return ", ".join(f"{row.area.name} ({written(value)})" for value, row in shown)
