"""The typology page: clusters with their areas, profiles, changes and how sure all of it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from actionplan.models import ActionArea
from areas.models import AreaLevel
from atlas import numbers
from atlas.charts.dendrogram import dendrogram_svg
from atlas.charts.deviation import deviation_svg
from atlas.links import area_path, typology_path
from atlas.selectors.results import (
    Chosen,
    area_names,
    areas_word,
    chosen_result,
    indicators_called,
    result_map,
    text_of,
    written,
)
from atlas.sentences import types as words
from atlas.stand import Stand, read_stand
from atlas.stand_notice import StandNotice, notice_of_result
from indicators.actions.analysing_types import TYPOLOGIES
from indicators.analyses import analysis_at
from indicators.models import Indicator
from indicators.statuses import SECRET, SIGNS, Status

MOST_LEAVES = 60  # areas up to which the tree of joins is drawn
METHODS = {"ward": "Ward", "kmeans": "k-Means"}


@dataclass(frozen=True)
class PlacedArea:
    """One area of a cluster: what it was in 2007 and before, and how well it fits."""

    code: str
    name: str
    url: str
    fit: str
    was: str
    cluster_2007: str
    other: str


@dataclass(frozen=True)
class Cell:
    """One indicator of a cluster: mean of the values, words, bar."""

    mean: str
    words: str
    bar: str


@dataclass(frozen=True)
class ShownCluster:
    """One cluster in words, with its areas in order of severity."""

    label: int
    count: int
    severity: str
    sentence: str
    areas: list[PlacedArea]
    cells: list[Cell]


@dataclass(frozen=True)
class LeftOut:
    """An area without cluster, and what it lacks with the sign."""

    name: str
    url: str
    missing: str
    is_secret: bool = False


@dataclass(frozen=True)
class Move:
    """An area that changed its cluster."""

    name: str
    url: str
    before: int
    now: int
    words: str


@dataclass(frozen=True)
class TypologyPage:
    """Everything on the page."""

    chosen: Chosen
    stand: Stand
    notice: StandNotice
    level: AreaLevel
    name: str
    description: str
    lead: str
    indicators: list[Indicator]
    clusters: list[ShownCluster]
    left_out: list[LeftOut]
    earlier: str
    broken: list[str]
    compared: int
    moves: list[Move]
    not_compared: list[str]
    map: str
    tree: str
    steps: list[tuple[int, str, str, str]]
    quality: str
    silhouette: str
    explained: str
    agreement: str
    other_method: str
    fits: list[tuple[str, str, bool]]

    @property
    def content(self) -> dict:
        """The stored result."""
        return self.chosen.content

    @property
    def method(self) -> str:
        """Name of the method."""
        return METHODS[self.content["definition"]["method"]]


def typology_page(query: Mapping[str, str]) -> TypologyPage:
    """The page that an address asks for (`typologie`, `zeit`, `stand`). At most 9 queries.

    Raises `AskedWrongly`, and `NothingStored` where nothing was public then.
    """
    stand = read_stand(query.get("stand", ""))
    chosen = chosen_result(TYPOLOGIES, "typologie", query, stand)
    content, level, language = chosen.content, chosen.result.level, get_language()
    by_slug = indicators_called([entry["slug"] for entry in content["definition"]["indicators"]])
    indicators = [by_slug[entry["slug"]] for entry in content["definition"]["indicators"] if entry["slug"] in by_slug]
    names = {code: name for (_level, code), name in area_names(level).items()}
    clusters = _clusters(content, indicators, names, level)
    earlier = content.get("earlier", {})
    labels = {area["code"]: area["cluster"] for area in content["areas"]}
    other = "kmeans" if content["definition"]["method"] == "ward" else "ward"
    return TypologyPage(
        chosen=chosen,
        stand=stand,
        notice=_notice(chosen, stand),
        level=level,
        name=text_of(content["definition"], "name"),
        description=text_of(content["definition"], "description"),
        lead=_lead(clusters, level, len(labels)),
        indicators=indicators,
        clusters=clusters,
        left_out=[_left_out(row, names, level, by_slug) for row in content["left_out"]],
        earlier=earlier.get("period", ""),
        broken=[by_slug[slug].label for slug in earlier.get("broken", []) if slug in by_slug],
        compared=earlier.get("compared", 0),
        moves=[_move(move, names, level) for move in earlier.get("moves", [])],
        not_compared=[names.get(code, code) for code in earlier.get("not_compared", [])],
        map=_map(content, level, labels),
        tree=_tree(content, names, labels, level),
        steps=_steps(content, names),
        quality=words.quality_words(content["silhouette"], language),
        silhouette=written(content["silhouette"], 2),
        explained=written(content["explained"] * 100, 0),
        agreement=written(content["agreement"] * 100, 0),
        other_method=METHODS[other],
        fits=[(count, written(fit, 2), int(count) == len(clusters)) for count, fit in content["fits"].items()],
    )


def _notice(chosen: Chosen, stand: Stand) -> StandNotice:
    newest = analysis_at(TYPOLOGIES, chosen.result.key) if stand.moment else chosen.result
    url = typology_path(chosen.slug, period=chosen.period)
    return notice_of_result(stand, chosen.result.release, current=newest and newest.release, newest=url)


def _lead(clusters: Sequence[ShownCluster], level: AreaLevel, count: int) -> str:
    worst = clusters[-1]
    said = {"count": count, "levels": areas_word(level), "clusters": len(clusters), "worst": worst.label}
    text = _("%(count)d %(levels)s, in %(clusters)d Gruppen geordnet.") % said
    if worst.count > 6:
        return text
    said["names"] = words.listed([area.name for area in worst.areas], get_language())
    return _("%(text)s Am ungünstigsten ist die Lage in Cluster %(worst)s: %(names)s.") % {"text": text, **said}


def _clusters(content: dict, indicators, names: Mapping[str, str], level: AreaLevel) -> list[ShownCluster]:
    language = get_language()
    in_2007 = _clusters_2007(level)
    before = {move["code"]: move["from"] for move in content.get("earlier", {}).get("moves", [])}
    ordered = sorted(content["areas"], key=lambda area: (-area["severity"], area["code"]))
    signs = [entry["sign"] for entry in content["definition"]["indicators"]]
    found = []
    for cluster in content["clusters"]:
        mine = [area for area in ordered if area["cluster"] == cluster["label"]]
        found.append(
            ShownCluster(
                label=cluster["label"],
                count=cluster["size"],
                severity=words.severity_words(cluster["severity"], language),
                sentence=words.profile_sentence(cluster["profile"], [i.label for i in indicators], language),
                areas=[_placed(area, names, level, in_2007, before) for area in mine],
                cells=[
                    _cell(*row) for row in zip(indicators, cluster["profile"], cluster["means"], signs, strict=True)
                ],
            )
        )
    return found


def _clusters_2007(level: AreaLevel) -> dict[str, int]:
    known = ActionArea.objects.filter(area__level=level, cluster_2007__isnull=False)
    return dict(known.values_list("area__code", "cluster_2007"))


def _placed(area: dict, names: Mapping, level: AreaLevel, in_2007: Mapping, before: Mapping) -> PlacedArea:
    code = area["code"]
    return PlacedArea(
        code=code,
        name=names.get(code, code),
        url=area_path(level.slug, code),
        fit=words.fit_words(area["silhouette"], get_language()),
        was=str(before.get(code, "")),
        cluster_2007=str(in_2007.get(code, "")),
        other="" if area["other"] == area["cluster"] else str(area["other"]),
    )


def _cell(indicator: Indicator, z: float, mean: float, sign: int) -> Cell:
    said = words.height_words(z, get_language())
    mean_text = numbers.with_unit(written(mean, indicator.decimals), indicator.unit_label)
    return Cell(mean_text, said, deviation_svg(z, worse=sign, label=said))


def _left_out(row: dict, names: Mapping, level: AreaLevel, by_slug: Mapping[str, Indicator]) -> LeftOut:
    told = [
        f"{by_slug[s].label} {SIGNS.get(Status(status), '')}" for s, status in row["missing"].items() if s in by_slug
    ]
    is_secret = any(status in SECRET for status in row["missing"].values())
    name, url = names.get(row["code"], row["code"]), area_path(level.slug, row["code"])
    return LeftOut(name, url, ", ".join(told), is_secret)


def _move(move: dict, names: Mapping, level: AreaLevel) -> Move:
    is_worse = move["to"] > move["from"]
    return Move(
        name=names.get(move["code"], move["code"]),
        url=area_path(level.slug, move["code"]),
        before=move["from"],
        now=move["to"],
        words=_("ungünstiger") if is_worse else _("günstiger"),
    )


def _map(content: dict, level: AreaLevel, labels: Mapping[str, int]) -> str:
    text = _(
        "Karte: %(name)s, Cluster 1 bis %(count)d. Welches Gebiet zu welchem Cluster gehört, steht in der Tabelle."
    )
    text %= {"name": text_of(content["definition"], "name"), "count": len(content["clusters"])}
    classes = {code: f"class-{label}" for code, label in labels.items()}
    return result_map(level.slug, classes, text=text, css=f"scale-{len(content['clusters'])}")


def _tree(content: dict, names: Mapping[str, str], labels: Mapping[str, int], level: AreaLevel) -> str:
    if len(content["order"]) > MOST_LEAVES:
        return ""
    text = _("Baum der Zusammenfassung von %(count)d Gebieten; dieselben Schritte stehen in der Tabelle darunter.")
    return dendrogram_svg(
        content["merges"],
        content["order"],
        sorted_codes=sorted(content["order"]),
        names=names,
        clusters=labels if content["definition"]["method"] == "ward" else {},
        text=text % {"count": len(content["order"])},
    )


def _steps(content: dict, names: Mapping[str, str]) -> list[tuple[int, str, str, str]]:
    """The joins as a table: number of groups that are left, what is joined with what, at which distance."""
    if len(content["order"]) > MOST_LEAVES:
        return []
    codes = sorted(content["order"])
    inside = {n: [code] for n, code in enumerate(codes)}
    rows = []
    for step, (left, right, height, _size) in enumerate(content["merges"]):
        told = [_group(inside[n], names) for n in (left, right)]
        inside[len(codes) + step] = inside[left] + inside[right]
        rows.append((len(codes) - step - 1, *told, written(height, 2)))
    return rows[::-1]


def _group(codes: Sequence[str], names: Mapping[str, str]) -> str:
    if len(codes) <= 2:
        return words.listed([names.get(code, code) for code in codes], get_language())
    more = ngettext("%(name)s und %(count)d weiteres", "%(name)s und %(count)d weitere", len(codes) - 1)
    return more % {"name": names.get(codes[0], codes[0]), "count": len(codes) - 1}
