"""Nothing secret is told anywhere: numbers are planted, everything public is fetched, none is found and none computed.

The planted counts are large, so that their digits stand nowhere by chance; the rule makes them secret all the same.
"""

import csv
import io

import numpy as np
import pytest
from django.core.cache import caches
from scipy.optimize import linprog

from areas.actions import publish_boundaries
from indicators.actions import publish_release
from indicators.models import Figure, SecrecyRule
from tests.app.scraping import scrape, spellings
from tests.app.secret_city import DISTRICTS, QUARTERS, cases_in, draft, indicator_of, secret_city

MINIMUM = 30_000
COUNTS = {"01": 28_657, "02": 75_431, "03": 86_239, "04": 91_457, "05": 68_713, "06": 97_561}
LATER = {**COUNTS, "06": 98_573}
PEOPLE = {"01": 398_771, "02": 512_383, "03": 633_791, "04": 744_377, "05": 355_519, "06": 966_377}
STARTS = [
    *("/", "/en/", "/karte/", "/en/karte/", "/gebiete/", "/indikatoren/", "/en/indikatoren/", "/daten-und-quellen/"),
    *("/methoden/", "/veroeffentlichungen/", "/veroeffentlichungen/atom.xml", "/suche/?q=28657", "/suche/?q=viertel"),
    *("/api/v1/", "/api/v1/levels/", "/api/v1/areas/", "/api/v1/indicators/", "/api/v1/releases/"),
]

VIEWS = {
    *(
        "start",
        "indicators",
        "indicator",
        "indicator_csv",
        "indicator_json",
        "ranking",
        "sources",
        "methods",
        "releases",
    ),
    *(
        "release",
        "releases_feed",
        "map",
        "map_csv",
        "map_geojson",
        "map_svg",
        "areas",
        "profile",
        "profile_csv",
        "search",
    ),
    *("provenance", "provenance_json", "figures", "levels"),
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client):
    """All answers of a portal with two releases, in which the same counts are secret."""
    caches["default"].clear()
    city = secret_city()
    SecrecyRule.objects.update(min_count=MINIMUM, complement_is_secret=False)
    city["indicator"].decimals = 3
    city["indicator"].save()
    count = indicator_of(city, "faelle", aggregation="sum", unit="", decimals=0, reveals=city["indicator"])
    for title, counts in (("Erste", COUNTS), ("Zweite", LATER)):
        release = draft(title)
        cases_in(release, city, counts, people=PEOPLE)
        cases_in(release, city, counts, people=PEOPLE, indicator=count)
        publish_release(release=release)
    for level in city["levels"].values():
        publish_boundaries(level=level)
    starts = list(STARTS)
    for slug in ("hilfen", "faelle"):
        for stand in ("", "erste", "zweite"):
            more = f"&stand={stand}" if stand else ""
            for ending in ("", "kennwerte.csv", "karte.geojson", "karte.svg"):
                starts.append(f"/karte/{ending}?indikator={slug}&ebene=viertel&zeit=2024&gebiet=01{more}")
            starts += [f"/rangliste/{slug}/?{more[1:]}", f"/indikatoren/{slug}/kennwerte.csv?{more[1:]}"]
            starts.append(f"/api/v1/figures/?indicator={slug}&level=viertel&period=2024{more}")
            for code in hidden_codes(slug):
                starts.append(f"/herkunft/{slug}/viertel/{code}/2024/?{more[1:]}")
                starts.append(f"/herkunft/{slug}/viertel/{code}/2024.json?{more[1:]}")
                starts.append(f"/gebiete/viertel/{code}/?{more[1:]}")
        starts += [f"/herkunft/{slug}/bezirk/1/2024/", f"/en/herkunft/{slug}/stadt/0/2024/"]
    return scrape(client, starts)


def hidden_codes(slug: str) -> list[str]:
    found = Figure.objects.current().filter(edition__indicator__slug=slug, status="suppressed")
    return sorted(found.values_list("area__code", flat=True))


def test_no_address_tells_a_secret_and_no_table_lets_it_be_computed(told):
    assert {answer.view for answer in told} >= VIEWS
    assert [answer.path for answer in told if answer.status >= 500] == []
    hidden = hidden_codes("hilfen")
    assert len(hidden) == 2 and "01" in hidden and hidden == hidden_codes("faelle")
    found = []
    for code in hidden:
        written = spellings(COUNTS[code], 0)
        for decimals in (1, 2, 3, 4):
            written |= {s for s in spellings(COUNTS[code] * 1000 / PEOPLE[code], decimals) if len(s) > 4}
        for answer in told:
            searched = answer.path.startswith("/suche/") or answer.path.startswith("/en/suche/")
            found += [(answer.path, s) for s in written if s in answer.text and not searched]
    assert found == []
    assert any("86239" in answer.text or "86.239" in answer.text for answer in told), "the search finds what is told"
    for slug in ("hilfen", "faelle"):
        check_table(told, slug)


def check_table(told, slug: str):
    path = f"/indikatoren/{slug}/kennwerte.csv?"
    (answer,) = [a for a in told if a.path == path]
    rows = csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";")
    table = {(row["ebene"], row["gebiet"]): row for row in rows}
    for code in hidden_codes(slug):
        low, high = interval(table, ("viertel", code), slug)
        assert low <= 1, "nobody knows that there are any"
        assert high >= MINIMUM, "nobody knows that there are few"


def interval(table: dict, asked: tuple[str, str], slug: str) -> tuple[float, float]:
    """The smallest and the largest count of a cell that agree with the table, from the table alone."""
    keys = list(table)
    people = {("viertel", c): n for c, n in PEOPLE.items()}
    people |= {("bezirk", d): sum(PEOPLE[c] for c in of) for d, of in DISTRICTS.items()}
    people[("stadt", "0")] = sum(PEOPLE.values())
    bounds = [bounds_of(table[key], people[key], slug) for key in keys]
    sums = [(("stadt", "0"), [("viertel", c) for c in QUARTERS]), (("stadt", "0"), [("bezirk", d) for d in DISTRICTS])]
    sums += [(("bezirk", d), [("viertel", c) for c in of]) for d, of in DISTRICTS.items()]
    matrix = np.zeros((len(sums), len(keys)))
    for line, (total, parts) in enumerate(sums):
        matrix[line, keys.index(total)] = 1
        for part in parts:
            matrix[line, keys.index(part)] = -1
    goal = np.zeros(len(keys))
    goal[keys.index(asked)] = 1
    ends = [linprog(sign * goal, A_eq=matrix, b_eq=np.zeros(len(sums)), bounds=bounds) for sign in (1, -1)]
    assert all(end.status == 0 for end in ends), "what is public fits together"
    return ends[0].fun, -ends[1].fun


def bounds_of(row: dict, people: int, slug: str) -> tuple[float, float]:
    if not row["wert"]:
        return 0, people
    value = float(row["wert"].replace(".", "").replace(",", "."))
    if slug == "faelle":
        return value, value
    return (value - 0.0005) * people / 1000, (value + 0.0005) * people / 1000
