"""Addresses of pages that other pages point to, in the language of the request.

Built as paths, as in `atlas.navigation`, so that a page can be drawn whatever is broken elsewhere.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language

from atlas.navigation import language_root


def _root() -> str:
    return language_root(get_language() or settings.LANGUAGE_CODE)


def area_path(level: str, code: str, *, stand: str = "") -> str:
    """Profile of an area; `stand` names an earlier state of its figures."""
    return f"{_root()}gebiete/{level}/{code}/" + _in_stand(stand)


def map_root() -> str:
    """Where the map and its files lie."""
    return f"{_root()}karte/"


def map_path(indicator: str, *, level: str = "", period: str = "", stand: str = "") -> str:
    """Map of an indicator; `stand` names an earlier state."""
    query = {"indikator": indicator, "ebene": level, "zeit": period, "stand": stand}
    return f"{_root()}karte/?" + urlencode({name: value for name, value in query.items() if value})


def catalogue_path() -> str:
    """List of all indicators."""
    return f"{_root()}indikatoren/"


def indicator_path(indicator: str, *, stand: str = "") -> str:
    """Description of an indicator."""
    return f"{_root()}indikatoren/{indicator}/" + _in_stand(stand)


def ranking_path(indicator: str, *, level: str = "", period: str = "", order: str = "", stand: str = "") -> str:
    """Ordered table of an indicator."""
    query = {"ebene": level, "zeit": period, "folge": order, "stand": stand}
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{_root()}rangliste/{indicator}/" + (f"?{asked}" if asked else "")


def indices_path() -> str:
    """What the social index is, and which indices there are."""
    return f"{_root()}sozialindex/"


def index_path(index: str, *, page: str = "", level: str = "", period: str = "", stand: str = "", more=()) -> str:
    """One index; `page` is "matrix/", "was-waere-wenn/" or "ergebnisse.csv", `more` are further parameters."""
    query = {"ebene": level, "zeit": period, "stand": stand} | dict(more)
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{indices_path()}{index}/{page}" + (f"?{asked}" if asked else "")


def typology_path(slug: str = "", *, period: str = "", stand: str = "") -> str:
    """Which areas resemble each other."""
    query = {"typologie": slug, "zeit": period, "stand": stand}
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{_root()}typologie/" + (f"?{asked}" if asked else "")


def screening_path(slug: str = "", *, period: str = "", on: str = "", stand: str = "") -> str:
    """Which areas lie below the city's average; `on` is the day with whose action plan is compared."""
    query = {"regel": slug, "zeit": period, "am": on, "stand": stand}
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{_root()}unter-dem-durchschnitt/" + (f"?{asked}" if asked else "")


def releases_path() -> str:
    """What was published, what comes, what was corrected."""
    return f"{_root()}veroeffentlichungen/"


def release_path(slug: str) -> str:
    """One release."""
    return f"{releases_path()}{slug}/"


def subscribe_path(*, indicator: str = "", level: str = "", area: str = "") -> str:
    """The form for news by mail about an indicator, an area, or everything."""
    query = {"indikator": indicator, "gebiet": f"{level}/{area}" if area else ""}
    asked = urlencode({name: value for name, value in query.items() if value}, safe="/")
    return f"{releases_path()}abonnieren/" + (f"?{asked}" if asked else "")


def _in_stand(stand: str) -> str:
    return f"?{urlencode({'stand': stand})}" if stand else ""


def document_path(code: str, ending: str = "") -> str:
    """The short address of a document, or its file in a format."""
    return f"{_root()}b/{code}/" + (f"dokument.{ending}" if ending else "")


def full_address(path: str) -> str:
    """A path for files that people take away: with the portal's own address, where the operator has set it."""
    return settings.PORTAL_URL.rstrip("/") + path


def provenance_path(indicator: str, level: str, code: str, period: str, *, stand: str = "", ending: str = "") -> str:
    """Where one figure comes from; `stand` names an earlier state, `ending` is "json" for the same as data."""
    page = f"{_root()}herkunft/{indicator}/{level}/{code}/{period}"
    return page + (f".{ending}" if ending else "/") + _in_stand(stand)


def plan_path(page: str = "", slug: str = "") -> str:
    """The action plan, or a page of it such as `projekte` or `beteiligung`, or one project or paper by its slug."""
    return f"{_root()}aktionsplan/" + "".join(f"{part}/" for part in (page, slug) if part)


def analyses_path() -> str:
    """The page that leads to everything computed beyond single figures."""
    return f"{_root()}analysen/"


def patterns_path(*, stand: str = "") -> str:
    """Spatial patterns of all indicators."""
    return f"{_root()}raeumliche-muster/" + _in_stand(stand)


def pattern_path(indicator: str, *, level: str = "", period: str = "", stand: str = "") -> str:
    """Spatial pattern of an indicator."""
    query = {"ebene": level, "zeit": period, "stand": stand}
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{_root()}raeumliche-muster/{indicator}/" + (f"?{asked}" if asked else "")


def inequalities_path(*, stand: str = "") -> str:
    """Inequality of all indicators."""
    return f"{_root()}ungleichheit/" + _in_stand(stand)


def inequality_path(indicator: str, *, level: str = "", stand: str = "") -> str:
    """Inequality of one indicator over time."""
    query = {"ebene": level, "stand": stand}
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{_root()}ungleichheit/{indicator}/" + (f"?{asked}" if asked else "")


def correlation_path(
    *, x: str = "", y: str = "", level: str = "", period: str = "", stand: str = "", ending: str = ""
) -> str:
    """Two indicators against each other; `ending` is the name of the table to take away."""
    query = {"x": x, "y": y, "ebene": level, "zeit": period, "stand": stand}
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{_root()}zusammenhang/{ending}" + (f"?{asked}" if asked else "")


def similar_start_path() -> str:
    """Every area, to find those like it."""
    return f"{_root()}aehnliche-gebiete/"


def similar_path(level: str, code: str, *, indicators=(), stand: str = "", ending: bool = False) -> str:
    """Areas like one, by chosen indicators; `ending` for the table to take away."""
    asked = urlencode([*(("merkmal", slug) for slug in indicators), *([("stand", stand)] if stand else [])])
    page = f"{similar_start_path()}{level}/{code}/" + ("aehnliche-gebiete.csv" if ending else "")
    return page + (f"?{asked}" if asked else "")
