"""Secrets planted in the real city: nothing public tells one, and nobody can compute one."""

import csv
import html
import io
import json
from decimal import Decimal

import numpy as np
import pytest
import resvg_py
from django.conf import settings
from PIL import Image
from scipy.optimize import linprog
from scipy.sparse import lil_matrix

from atlas import colours
from atlas.map_picture import FONTS
from indicators.auditing import exposures
from indicators.models import Release
from indicators.statistics.intervals import EVENTS, Counts, interval_of
from tests.app.planted_city import (
    CHANGE,
    COUNT,
    FACTOR,
    MINIMUM,
    PERIODS,
    RATE,
    RELEASE,
    SMALLEST,
    leaves_of_city,
    plant,
)
from tests.app.scraping import numbers_in, scrape, spellings

CITY = "05913000"
LEVELS = ("unterbezirk", "bezirk", "sozialraum", "stadtbezirk", "stadt")
FINGERPRINT = 6  # digits that no other number of the portal has by chance
OF_ONE_KIND = 1  # addresses of one view and language that links lead to, besides those that are asked for
BESIDE = f"?x={{0}}&y=transferleistungsquote&ebene={SMALLEST}&zeit=2024"
ANALYSES = f"/api/v1/analyses/?kind=raeumliches-muster&indicator={RATE}"
STARTS = (
    *("/", "/karte/", "/gebiete/", "/indikatoren/", "/en/indikatoren/", "/daten-und-quellen/", "/analysen/"),
    *("/veroeffentlichungen/", f"/veroeffentlichungen/{RELEASE}/", "/veroeffentlichungen/atom.xml"),
    *("/suche/?q=geplant", "/suche/vorschlaege.json?q=gepl", "/robots.txt", "/api/v1/", ANALYSES),
    *("/typologie/", "/unter-dem-durchschnitt/", "/raeumliche-muster/", "/ungleichheit/", "/zusammenhang/"),
)
OF_INDICATOR = (
    *("/indikatoren/{0}/", "/indikatoren/{0}/kennwerte.csv", "/indikatoren/{0}/beschreibung.json", "/rangliste/{0}/"),
    *("/raeumliche-muster/{0}/", "/raeumliche-muster/{0}/muster.csv", "/ungleichheit/{0}/"),
    *("/ungleichheit/{0}/ungleichheit.csv", f"/indikatoren/{{0}}/kennwerte.csv?stand={RELEASE}"),
    *(
        f"/rangliste/{{0}}/?ebene={SMALLEST}&zeit=2023",
        f"/zusammenhang/{BESIDE}",
        f"/zusammenhang/zusammenhang.csv{BESIDE}",
    ),
)
MAPS = ("", "kennwerte.csv", "karte.geojson", "karte.svg")
PNG = f"/karte/karte.png?indikator={RATE}&ebene={SMALLEST}&zeit=2024&breite=800"
VIEWS = {
    *("start", "map", "map_csv", "map_geojson", "map_svg", "map_png", "indicator", "indicator_csv", "indicator_json"),
    *("ranking", "profile", "profile_csv", "provenance", "provenance_json", "group", "group_csv", "groups", "figures"),
    *("release", "releases_feed", "search", "suggestions", "pattern", "inequality", "correlation", "similar"),
    *("analyses", "published_file", "sources", "here", "typology", "screening"),
}

pytestmark = pytest.mark.django_db


def test_secrets_of_the_city_are_told_nowhere_and_cannot_be_computed(dortmund, client):
    planted, leaves = plant(), leaves_of_city()
    counts = {(at, place): _sum(planted, at, of) for at in PERIODS for place, of in leaves.items()}
    asked = starts(client, leaves)
    answers = scrape(client, asked, of_one_kind=OF_ONE_KIND)
    assert [answer.path for answer in answers if answer.status >= 500] == []
    assert {answer.view for answer in answers if answer.status == 200} >= VIEWS
    assert [a.path for a in answers if RATE in a.path and a.status != 200 and a.path in asked] == []
    rates, cases, changes = (table_of(answers, slug) for slug in (RATE, COUNT, CHANGE))
    hidden = {key for key, value in rates.items() if value is None}
    assert {key for key, (count, _people) in planted.items() if count < MINIMUM} < hidden
    assert hidden == {key for key, value in cases.items() if value is None}
    assert all(value is None for (_at, place), value in changes.items() if {(at, place) for at in PERIODS} & hidden)
    check_texts(answers, counts, hidden)
    check_parts(answers, hidden)
    check_pictures(answers, hidden)
    for at in PERIODS:
        check_sums(at, planted, leaves, told=cases)
    assert exposures(Release.objects.get(slug=RELEASE)) == []


def _sum(planted, at, of) -> tuple[int, int]:
    return tuple(sum(planted[at, leaf][n] for leaf in of) for n in (0, 1))


def starts(client, leaves) -> list[str]:
    """What is asked for of the planted indicators: everything that shows them, at some of the hidden areas."""
    found = [*STARTS]
    for slug in (RATE, COUNT, CHANGE):
        found += [address.format(slug) for address in OF_INDICATOR]
        found.append(f"/karte/kennwerte.csv?indikator={slug}&ebene={SMALLEST}&zeit=2024&stand={RELEASE}")
        for at in PERIODS:
            found += [f"/api/v1/figures/?indicator={slug}&level={level}&period={at}" for level in LEVELS]
    for more in (
        "bezirk&zeit=2024",
        f"{SMALLEST}&zeit=2023",
        f"{SMALLEST}&zeit=2024",
        f"{SMALLEST}&zeit=2024&vergleich=2023",
    ):
        found += [f"/karte/{kind}?indikator={RATE}&ebene={more}" for kind in MAPS]
    found.append(PNG)
    found += [f"/herkunft/{RATE}/{level}/{code}/2024.json" for level, code in leaves if level.startswith("stadt")]
    answer = client.get(f"/api/v1/figures/?indicator={RATE}&level={SMALLEST}&period=2024").json()
    hidden = [row["area"] for row in answer["figures"] if row["value"] is None]
    for code in hidden[::9]:
        found += [f"/gebiete/{SMALLEST}/{code}/", f"/gebiete/{SMALLEST}/{code}/kennwerte.csv?stand={RELEASE}"]
        found += [f"/herkunft/{slug}/{SMALLEST}/{code}/2024/" for slug in (RATE, COUNT, CHANGE)]
    for codes in (
        ",".join(hidden[:2]),
        ",".join(hidden[2:9]),
        ",".join(code for level, code in leaves if level == SMALLEST),
    ):
        found += [f"/gruppe/{kind}?ebene={SMALLEST}&gebiete={codes}" for kind in ("", "kennwerte.csv")]
        found.append(f"/api/v1/groups/?level={SMALLEST}&areas={codes}")
    return found


def table_of(answers, slug: str) -> dict:
    """The public figures of an indicator, by period and area; None where none is told."""
    (answer,) = [a for a in answers if a.path == f"/indikatoren/{slug}/kennwerte.csv"]
    rows = csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";")
    return {
        (row["zeit"], (row["ebene"], row["gebiet"])): Decimal(row["wert"].replace(".", "").replace(",", "."))
        if row["wert"]
        else None
        for row in rows
    }


def check_texts(answers, counts, hidden):
    """No answer contains a hidden rate, its distance to the city, its change or a limit of its interval."""
    rate = {key: round(cases * FACTOR / people, 3) for key, (cases, people) in counts.items()}
    secrets: dict[str, tuple] = {}
    for at, place in hidden:
        cases, people = counts[at, place]
        mine, limits = rate[at, place], interval_of(Counts(cases, people, EVENTS)).times(FACTOR)
        change = rate[PERIODS[1], place] - rate[PERIODS[0], place]
        for number in (
            cases * FACTOR / people,
            mine,
            mine - rate[at, ("stadt", CITY)],
            limits.lower,
            limits.upper,
            change,
        ):
            for decimals in (0, 1, 2, 3, 6):
                written = {s for s in spellings(abs(number), decimals) if sum(map(str.isdigit, s)) >= FINGERPRINT}
                secrets |= dict.fromkeys(written, (at, place))
    found, seen = [], set()
    for answer in answers:
        if answer.kind != "image/png":
            numbers = numbers_in(answer.text)
            seen |= numbers
            found += [(answer.path, secrets[number], number) for number in numbers & secrets.keys()]
    assert found == []
    told = [value for key, value in rate.items() if key not in hidden]
    assert sum(not spellings(value, 3).isdisjoint(seen) for value in told) == len(told), "what is told is found"


def check_parts(answers, hidden):
    """Where a figure comes from tells nothing of the hidden ones among its parts."""
    parts = 0
    for answer in answers:
        if answer.view == "provenance_json" and f"/{RATE}/" in answer.path and "2024" in answer.path:
            for part in json.loads(answer.body)["prov:wasDerivedFrom"]:
                if ("2024", (part["level"], part["area"])) in hidden:
                    parts += 1
                    assert part["value"] is part["numerator"] is None, (answer.path, part)
    assert parts >= len([key for key in hidden if key[0] == "2024" and key[1][0] == SMALLEST])


def check_pictures(answers, hidden):
    """Hidden areas have the pattern of secrets on the map, and the PNG is drawn from that SVG and nothing else."""
    asked = f"?indikator={RATE}&ebene={SMALLEST}&zeit=2024"
    svg, png = (next(a for a in answers if a.path == path) for path in (f"/karte/karte.svg{asked}", PNG))
    patterned = svg.text.count('fill="url(#suppressed)"')
    assert patterned in (n := len([1 for at, place in hidden if at == "2024" and place[0] == SMALLEST]), n + 1)
    fonts = [str(settings.BASE_DIR / "static" / "fonts" / name) for name in FONTS]
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg.text, width=800, background=colours.PAPER, skip_system_fonts=True, font_files=fonts,
        font_family="Sozialportal Sans",
    )  # fmt: skip
    found, expected = Image.open(io.BytesIO(png.body)), Image.open(io.BytesIO(bytes(drawn)))
    assert found.size == expected.size and found.tobytes() == expected.tobytes()
    told = html.unescape(svg.text)  # what the file says of itself says the drawing too
    assert [text for text in found.text.values() if text not in told] == []


def check_sums(at, planted, leaves, *, told):
    """From the smallest to the largest count that agrees with all that is told, every small one can be anything."""
    columns = {place: n for n, place in enumerate(p for period, p in planted if period == at)}
    sums = [(place, value) for (period, place), value in told.items() if period == at and value is not None]
    matrix = lil_matrix((len(sums), len(columns)))
    for row, (place, _value) in enumerate(sums):
        for leaf in leaves[place]:
            matrix[row, columns[leaf]] = 1
    known = [float(value) for _place, value in sums]
    bounds = [(0, planted[at, place][1]) for place in columns]
    for place, column in columns.items():
        if planted[at, place][0] < MINIMUM:
            goal = np.zeros(len(columns))
            goal[column] = 1
            ends = [linprog(sign * goal, A_eq=matrix.tocsr(), b_eq=known, bounds=bounds) for sign in (1, -1)]
            assert all(end.status == 0 for end in ends), "what is public fits together"
            assert round(ends[0].fun, 6) <= 0, f"{place} {at}: there are some for sure"
            assert round(-ends[1].fun, 6) >= MINIMUM, f"{place} {at}: there are few for sure"
