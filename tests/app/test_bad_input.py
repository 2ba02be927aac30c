"""Whatever stands in an address: never a fault of ours, nothing of it on the page as markup, and a clear sentence."""

import re
from html import unescape

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from atlas.serving import PublishedFiles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

DIGEST = "0" * 24
NASTY = [
    "\0",
    "a\0b",
    "²",
    "٣",
    "-1",
    "9" * 400,
    "1e999",
    "NaN",
    "ä" * 300,
    "\u202e\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "' OR 1=1 --",
    '"><script>alert(1)</script>',
    "{{7*7}}{% debug %}",
    "%s%n%(x)s",
    "../../etc/passwd",
    "\r\nX-Injected: yes",
    "2024-02-30",
    "[]",
    "null",
]
PARAMETERS = [
    "indikator",
    "ebene",
    "zeit",
    "vergleich",
    "klassen",
    "anzahl",
    "gebiet",
    "plan",
    "stand",
    "sortierung",
    "breite",
    "muster",
    "einbettung",
    "q",
    "pruefsumme",
    "papier",
    "lage",
    "am",
    "on",
    "lat",
    "lon",
    "level",
    "indicator",
    "period",
    "folge",
    "seite",
    "release",
    "format",
    "x",
    "ebene[]",
    *("raum", "feld", "zustand", "jahr", "traeger", "fuer", "geld", "von", "bis", "schritt", "idee"),
]
PAGES = [
    "/", "/karte/", "/karte/kennwerte.csv", "/karte/karte.geojson", "/karte/karte.svg", "/karte/karte.png", "/gebiete/",
    "/gebiete/sozialraum/023/", "/gebiete/sozialraum/023/kennwerte.csv", "/aktionsplan/", "/aktionsplan/programme/",
    "/aktionsplan/programme/probe/", "/aktionsplan/programme/probe/fassung/1/", "/aktionsplan/beteiligung/",
    "/aktionsplan/beteiligung/termine.ics", "/aktionsplan/bueros/", "/indikatoren/",
    "/indikatoren/transferleistungsquote/", "/indikatoren/transferleistungsquote/kennwerte.csv",
    "/indikatoren/transferleistungsquote/beschreibung.json", "/rangliste/transferleistungsquote/", "/suche/",
    "/suche/vorschlaege.json", "/wo/", "/daten-und-quellen/", "/ueber/", "/gesund/", "/robots.txt", "/favicon.ico",
    "/barrierefreiheit/", "/datenschutz/", "/impressum/", "/leichte-sprache/",
    "/api/v1/", "/api/v1/levels/", "/api/v1/areas/", "/api/v1/areas.geojson", "/api/v1/areas/sozialraum/023/",
    "/api/v1/indicators/", "/api/v1/indicators/einwohner/", "/api/v1/figures/", "/api/v1/releases/",
    "/api/v1/action-areas/", "/api/v1/wo/", "/api/v1/schema/",
    "/veroeffentlichungen/", "/veroeffentlichungen/2026-1/", "/veroeffentlichungen/2026-1/berichtigungen.csv",
    "/veroeffentlichungen/atom.xml", "/veroeffentlichungen/termine.ics", "/veroeffentlichungen/abonnieren/",
    "/abonnement/bestaetigen/token/", "/abonnement/abmelden/token/",
    "/herkunft/transferleistungsquote/sozialraum/023/2024/", "/herkunft/transferleistungsquote/sozialraum/023/2024.json",
    "/api/v1/uploads/", "/api/v1/uploads/1/", "/api/v1/uploads/1/accept/",
    "/api/v1/groups/", "/api/v1/index-results/", "/api/v1/analyses/", "/api/v1/correlation/", "/api/v1/similar/",
    "/api/v1/typologies/", "/api/v1/screenings/",
    "/methoden/", "/sozialindex/", "/sozialindex/mss_status/", "/sozialindex/mss_status/ergebnisse.csv",
    "/sozialindex/mss_status/matrix/", "/sozialindex/mss_status/was-waere-wenn/", "/aktionsplan/projekte/",
    "/aktionsplan/projekte/rampe-2/", "/aktionsplan/projekte/rampe-2/dateien/probe", "/aktionsplan/geld/", "/aktionsplan/geld/geld.csv", "/aktionsplan/projekte/projekte.csv",
    "/aktionsplan/antrag/", "/aktionsplan/antrag/eingang/token/", "/aktionsplan/ideen/", "/aktionsplan/ideen/neu/", "/aktionsplan/ideen/stand/token/", "/aktionsplan/beschluesse/",
    "/aktionsplan/beschluesse/anpassung-2021/", "/aktionsplan/gebiete/023/", "/aktionsplan/wirkung/",
    "/aktionsplan/anpassungen/anpassung-2021/", "/typologie/", "/typologie/typologie.csv", "/unter-dem-durchschnitt/",
    "/unter-dem-durchschnitt/gebiete.csv", "/analysen/", "/raeumliche-muster/",
    "/raeumliche-muster/transferleistungsquote/", "/raeumliche-muster/transferleistungsquote/muster.csv",
    "/ungleichheit/", "/ungleichheit/transferleistungsquote/", "/ungleichheit/transferleistungsquote/ungleichheit.csv",
    "/zusammenhang/", "/zusammenhang/zusammenhang.csv", "/aehnliche-gebiete/", "/aehnliche-gebiete/sozialraum/023/",
    "/aehnliche-gebiete/sozialraum/023/aehnliche-gebiete.csv", "/gruppe/", "/gruppe/waehlen/", "/gruppe/kennwerte.csv",
    "/gebiete/sozialraum/023/profil.pdf", "/karte/kartenblatt.pdf", "/karte/kartenreihe.pdf", "/b/aaaaaaaaaaaa/", "/b/aaaaaaaaaaaa/dokument.pdf",
]  # fmt: skip
PATHS = [
    "/gebiete/sozialraum/{}/",
    "/gebiete/{}/023/",
    "/gebiete/sozialraum/{}/kennwerte.csv",
    "/gebiete/sozialraum/{}/profil.pdf",
    "/gebiete/sozialraum/023/profil.{}",
    "/b/{}/",
    "/indikatoren/{}/",
    "/rangliste/{}/",
    "/herkunft/{}/sozialraum/023/2024/",
    "/herkunft/transferleistungsquote/{}/023/2024/",
    "/herkunft/transferleistungsquote/sozialraum/{}/2024/",
    "/herkunft/transferleistungsquote/sozialraum/023/{}/",
    "/herkunft/transferleistungsquote/sozialraum/023/{}.json",
    "/api/v1/areas/sozialraum/{}/",
    "/api/v1/indicators/{}/",
    "/api/v1/{}",
    "/daten/{}/x",
    f"/daten/{DIGEST}/{{}}",
    "/karte/{}",
    "/aktionsplan/gebiete/{}/",
    "/aktionsplan/projekte/{}/",
    "/aktionsplan/projekte/{}/dateien/1-probe.png",
    "/aktionsplan/projekte/rampe-2/dateien/{}",
    "/aktionsplan/projekte/rampe-2/dateien/1-{}.png",
    "/aktionsplan/programme/probe/fassung/{}/",
    "/aktionsplan/ideen/stand/{}/",
    "/{}/",
    "/en/{}",
]
PLAN = {
    "/aktionsplan/": ["am", "schritt"],
    "/aktionsplan/bueros/": ["am"],
    "/aktionsplan/programme/": ["am"],
    "/aktionsplan/projekte/": ["am", "raum", "feld", "zustand", "jahr", "traeger", "fuer", "geld", "von", "bis"],
    "/aktionsplan/projekte/projekte.csv": ["am", "raum", "zustand", "von"],
    "/aktionsplan/geld/": ["jahr"],
    "/aktionsplan/geld/geld.csv": ["jahr"],
    "/aktionsplan/ideen/": ["raum", "feld", "stand", "idee"],
}
GERMAN_SENTENCE = re.compile(r"^[A-ZÄÖÜ].*\.$")


def fetch(path, query=None):
    return Client(raise_request_exception=False).get(path, query)


def is_calm(response):
    assert response.status_code < 500
    assert "X-Injected" not in response.headers
    body = b"" if response.streaming else response.content
    assert b"<script>alert" not in body or "html" not in response["Content-Type"]


def test_every_public_page_is_among_those_tried():
    def routes(resolver, before=""):
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                yield from routes(each, before + str(each.pattern))
            elif isinstance(each, URLPattern):
                yield "/" + re.sub(r"<[^>]+>", "{}", (before + str(each.pattern)).lstrip("/"))

    tried = {
        re.sub(
            r"(?<=[/.])(transferleistungsquote|probe|einwohner|sozialraum|mss_status|rampe-2|anpassung-2021|023|2026-1|token|aaaaaaaaaaaa|pdf|2024|1)(?=/|\.json|$)",
            "{}",
            path,
        )
        for path in PAGES
    }
    public = {p for p in routes(get_resolver()) if not re.search(r"verwaltung|redaktion|konto|\^|/daten/", p)}
    assert len(public) > 30
    assert public - tried == set()


@pytest.mark.parametrize("address", [each for each in PAGES if not each.endswith("png")])
def test_no_value_of_a_parameter_breaks_a_page(address):
    for value in NASTY:
        is_calm(fetch(address, dict.fromkeys(PARAMETERS, value)))


@pytest.mark.parametrize("address", ["/karte/", "/karte/kennwerte.csv", "/karte/karte.svg", "/karte/karte.png"])
@pytest.mark.parametrize("name", PARAMETERS[:13])
def test_no_single_parameter_breaks_the_map(address, name):
    for value in NASTY[:10]:
        if name in ("plan", "einbettung") and address.endswith(("png", "svg")):
            continue
        is_calm(fetch(address, {name: value}))


@pytest.mark.parametrize(("address", "name"), [(address, name) for address, names in PLAN.items() for name in names])
def test_no_single_parameter_breaks_a_page_of_the_plan(settings, address, name):
    settings.IDEA_BOX = True
    for value in NASTY[:12]:
        is_calm(fetch(address, {name: value}))


@pytest.mark.parametrize("path", PATHS)
def test_no_piece_of_a_path_breaks_a_page(path):
    for value in NASTY:
        is_calm(fetch(path.format(value)))


@pytest.mark.parametrize(
    "path",
    ["/karte/?indikator=%00", "/karte/?%00=1", "/gebiete/sozialraum/%00/", "/daten/%00/x", f"/daten/{DIGEST}/a%00b"],
)
def test_nul_is_refused_with_the_portals_page_and_its_headers(path):
    response = fetch(path)
    assert response.status_code == 400
    assert "Diese Anfrage haben wir nicht verstanden" in response.content.decode()
    assert "Content-Security-Policy" in response.headers
    assert b"\0" not in response.content and b"%00" not in response.content


def test_nul_is_refused_in_the_interface_as_json_and_in_a_cookie():
    response = fetch("/api/v1/areas/sozialraum/%00/")
    assert (response.status_code, list(response.json())) == (400, ["detail"])
    client = Client(raise_request_exception=False, headers={"cookie": 'sessionid="a\\000b"'})
    assert client.get("/verwaltung/").status_code == 400


def test_published_files_pass_a_nul_on_without_asking_the_database(django_assert_num_queries):
    passed = []
    server = PublishedFiles(lambda environ, start_response: passed.append(environ["PATH_INFO"]) or [])
    with django_assert_num_queries(0):
        server({"PATH_INFO": f"/daten/{DIGEST}/a\0b", "REQUEST_METHOD": "GET"}, None)
    assert len(passed) == 1


@pytest.mark.parametrize("address", ["kennwerte.csv", "karte.geojson", "karte.svg", "karte.png"])
@pytest.mark.parametrize(
    ("name", "found", "right"),
    [
        ("indikator", "gibt-es-nicht", "…"),
        ("ebene", "strasse", "sozialraum"),
        ("zeit", "1999", "2024"),
        ("stand", "nie", "."),
        ("vergleich", "1999", "2018"),
        ("gebiet", "999", "…"),
        ("klassen", "foo", "natuerlich"),
        ("anzahl", "99", "7"),
        ("sortierung", "foo", "rang"),
    ],
)
def test_a_download_never_answers_for_something_else(address, name, found, right):
    response = fetch(f"/karte/{address}", {name: found})
    text = response.content.decode()
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert name in text and found in text and right in text and GERMAN_SENTENCE.match(text)


def test_the_map_inside_the_page_without_script_stays_lenient():
    assert fetch("/karte/karte.svg?einbettung=1&gebiet=999").status_code == 200
    assert fetch("/karte/karte.png?einbettung=1&gebiet=999").status_code == 400


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_picture_is_as_wide_as_can_be_read_and_drawn(ending):
    for width in ("²", "599", "3001", "-800", "800.5", "1e3", "9" * 5000, "breit"):
        response = fetch(f"/karte/karte.{ending}", {"breite": width})
        assert response.status_code == 400
        assert "Erwartet: eine ganze Zahl von 600 bis 3000 (Pixel)." in response.content.decode()
    for pattern in ("2", "ja", "²"):
        response = fetch(f"/karte/karte.{ending}", {"muster": pattern})
        assert response.status_code == 400
        assert "Der Parameter „muster“" in response.content.decode()
    assert fetch(f"/karte/karte.{ending}?breite=601&muster=0").status_code == 200


@pytest.mark.parametrize(
    ("query", "remark"),
    [
        ("klassen=foo", "Klassen der Art „foo“ gibt es hier nicht; gezeigt werden „natürliche Grenzen“."),
        ("anzahl=99", "Die Anzahl der Klassen muss zwischen 3 und 7 liegen, nicht „99“."),
        ("anzahl=²", "Die Anzahl der Klassen muss zwischen 3 und 7 liegen, nicht „²“."),
        ("zeit=1999", "Für 31.12.1999 gibt es auf dieser Ebene keine Werte; gezeigt wird 31.12.2024."),
        ("ebene=stadt", "Für die Ebene „Stadt“ gibt es von diesem Indikator keine Werte"),
    ],
)
def test_the_map_says_what_it_put_right_by_name(query, remark):
    assert remark in unescape(fetch(f"/karte/?{query}").content.decode())


def test_the_list_of_areas_says_what_it_put_right():
    page = fetch("/gebiete/?ebene=xyz").content.decode()
    assert "Der Parameter „ebene“ hat den Wert „xyz“. Erwartet:" in page
    assert "notice--problem" not in fetch("/gebiete/?ebene=bezirk").content.decode()


def test_the_plan_knows_no_day_to_come():
    response = fetch("/aktionsplan/?am=2999-01-01")
    assert response.status_code == 400
    assert re.search(r"ein Tag von \d\d\.\d\d\.\d{4} bis \d\d\.\d\d\.\d{4}", response.content.decode())


def test_a_long_address_is_not_repeated():
    page = fetch("/" + "lang" * 750).content.decode()
    assert "Diese Seite gibt es nicht" in page and "langlang" not in page
    assert 'href="/en/"' in page


@pytest.mark.parametrize(
    "address", ["/karte/", "/karte/kennwerte.csv", "/karte/karte.png", "/", "/robots.txt", f"/daten/{DIGEST}/x"]
)
@pytest.mark.parametrize("method", ["options", "trace", "delete"])
def test_pages_can_only_be_read_and_say_so(address, method):
    response = getattr(Client(), method)(address)
    assert response.status_code == 405
    assert "nur gelesen" in response.content.decode()


def test_a_form_without_token_gets_the_portals_page():
    response = Client(enforce_csrf_checks=True).post("/verwaltung/login/", {"username": "a"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Dieses Formular konnten wir nicht annehmen" in page and "Hauptnavigation" in page


def test_robots_and_mark():
    robots = fetch("/robots.txt")
    assert robots["Content-Type"].startswith("text/plain") and "Disallow: /*karte/?" in robots.content.decode()
    assert fetch("/favicon.ico")["Content-Type"] == "image/svg+xml"


def test_interface_counts_by_the_address_of_the_connection_or_the_proxy(settings):
    from dortmund_sozial.throttling import ByVisitor

    asked = {"REMOTE_ADDR": "198.51.100.8", "HTTP_X_FORWARDED_FOR": "203.0.113.1", "HTTP_X_REAL_IP": "198.51.100.7"}
    request = RequestFactory().get("/api/v1/", **asked)
    assert ByVisitor().get_ident(request) == "198.51.100.8"
    settings.AXES_CLIENT_IP_CALLABLE = "dortmund_sozial.client_address.address_from_proxy"
    assert ByVisitor().get_ident(request) == "198.51.100.7"


def test_interface_uses_that_count():
    from django.conf import settings

    assert settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] == ["dortmund_sozial.throttling.ByVisitor"]
