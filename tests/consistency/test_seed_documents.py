"""Every number and date of the city's four documents that concerns the action plan stands on a page of the portal.

A row: document, the fact in own words, the value, the page, the text that must stand there.
"""

import re
from html import unescape

import pytest
from django.core.cache import caches

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

TALK_2009, PRESS, TALK_2021, PAPER_2011 = "Vortrag 05/2009", "Medieninformation 1888", "Vortrag 2021", "Vorlage 2011"
PLAN = "/aktionsplan/"
PAPERS = f"{PLAN}beschluesse/"
DATES, OFFICES = f"{PLAN}beteiligung/", f"{PLAN}bueros/"
AREAS = f"{PLAN}gebiete/"
ORDER_2005, BROUGHT_IN = f"{PAPERS}auftrag-sozialberichterstattung-2005/", f"{PAPERS}einbringung-2007/"
RESULT_2008, STATE_2011 = f"{PAPERS}beteiligung-2008/", f"{PAPERS}sachstand-2011/"
CHANGE, STATE_2021 = f"{PAPERS}anpassung-2021/", f"{PAPERS}stand-2021/"
MONEY = f"{PLAN}geld/?jahr="
STARTED_ON = f"{PLAN}?am=2008-01-01"

CLUSTER_5 = {"021": "Hafen", "022": "Nordmarkt", "023": "Borsigplatz"}
CLUSTER_4 = {
    "013": "Dorstfelder Brücke", "064": "Wickede", "042": "Lindenhorst/Eving II", "082": "Hörde",
    "043": "Eving I/Kemminghausen", "102": "Marten", "053": "Alt-Scharnhorst", "121": "Bodelschwingh/Westerfilde",
    "054": "Scharnhorst-Ost", "123": "Nette",
}  # fmt: skip
BODIES_2011 = [
    ("Seniorenbeirat", "01"), ("Behindertenpolitisches Netzwerk", "06"),
    ("Ausschuss für Umwelt, Stadtgestaltung, Wohnen und Immobilien", "07"),
    ("Ausschuss für Kultur, Sport und Freizeit", "13"), ("Ausschuss für Soziales, Arbeit und Gesundheit", "13"),
    ("Bezirksvertretung Hörde", "13"), ("Bezirksvertretung Hombruch", "13"),
    ("Ausschuss für Wirtschaft und Beschäftigungsförderung", "14"), ("Bezirksvertretung Eving", "14"),
    ("Bezirksvertretung Mengede", "14"), ("Bezirksvertretung Brackel", "15"),
    ("Ausschuss für Bürgerdienste, öffentliche Ordnung, Anregungen und Beschwerden", "20"),
    ("Bezirksvertretung Aplerbeck", "20"), ("Bezirksvertretung Lütgendortmund", "20"), ("Integrationsrat", "20"),
    ("Bezirksvertretung Huckarde", "21"), ("Bezirksvertretung Innenstadt-West", "21"), ("Schulausschuss", "21"),
    ("Ausschuss für Finanzen, Beteiligungen und Liegenschaften", "22"), ("Betriebsausschuss FABIDO", "22"),
    ("Bezirksvertretung Innenstadt-Ost", "27"), ("Bezirksvertretung Scharnhorst", "27"),
    ("Ausschuss für Kinder, Jugend und Familie", "28"), ("Bezirksvertretung Innenstadt-Nord", "28"),
    ("Hauptausschuss und Ältestenrat", "29"), ("Rat der Stadt", "29"),
]  # fmt: skip

FACTS = [
    # Presentation of May 2009
    (TALK_2009, "as of May 2009", "05/2009", "/daten-und-quellen/", "05/2009"),
    (TALK_2009, "the council orders new social reporting", "30.06.2005", ORDER_2005, "30. Juni 2005"),
    (TALK_2009, "the report has three parts", "3 Teile", ORDER_2005, "Daraus wurden drei Teile"),
    (TALK_2009, "first part: the atlas as an annex", "2005", ORDER_2005, "Sozialstrukturatlas 2005 als Anhang"),
    (TALK_2009, "second part: the extended report", "", ORDER_2005, "Bericht zur sozialen Lage in Dortmund"),
    (TALK_2009, "third part: the atlas on the internet", "DORA", ORDER_2005, "Regionalatlas DORA im Internet"),
    (TALK_2009, "social areas of the city", "39", BROUGHT_IN, "13 von 39 Sozialräumen"),
    (TALK_2009, "areas below the city's average", "13", STARTED_ON, "Am 01.01.2008: 13 Aktionsräume"),
    (TALK_2009, "cluster 5 has three areas", "3", BROUGHT_IN, "3 in Cluster 5 (Hafen, Nordmarkt, Borsigplatz)"),
    (TALK_2009, "cluster 4 has ten areas", "10", BROUGHT_IN, "10 in Cluster 4"),
    *((TALK_2009, f"cluster of {name}", "5", f"{AREAS}{code}/", "Cluster 5 von 5 im Bericht zur sozialen Lage 2007") for code, name in CLUSTER_5.items()),
    *((TALK_2009, f"cluster of {name}", "4", f"{AREAS}{code}/", "Cluster 4 von 5 im Bericht zur sozialen Lage 2007") for code, name in CLUSTER_4.items()),
    *((TALK_2009, "an action area", name, STARTED_ON, name) for name in (CLUSTER_5 | CLUSTER_4).values()),
    (TALK_2009, "draft brought into the council", "08.11.2007", BROUGHT_IN, "8. November 2007"),
    (TALK_2009, "atlas of the year brought in with it", "2005", BROUGHT_IN, "Der Atlas von 2005"),
    (TALK_2009, "young people out of work", "unter 25", BROUGHT_IN, "Erwerbslose unter 25 Jahren"),
    (TALK_2009, "first interim report to the council", "18.12.2008", RESULT_2008, "18. Dezember 2008"),
    (TALK_2009, "what that was", "", RESULT_2008, "der erste Zwischenbericht"),
    (TALK_2009, "field of action: work", "", STARTED_ON, "Arbeitsplätze für Dortmund"),
    (TALK_2009, "field of action: children", "", STARTED_ON, "Kinder und Eltern stärken – Kinderarmut bekämpfen"),
    (TALK_2009, "field of action: action areas", "", STARTED_ON, "Programme für die Aktionsräume"),
    (TALK_2009, "opening in the town hall", "21.02.2008, 16 Uhr", DATES, "21. Februar 2008, 16:00 Uhr"),
    (TALK_2009, "where", "", DATES, "Auftakt der Diskussion im Rathaus"),
    (TALK_2009, "mobilised in the city's budget", "rund 5 Mio. Euro", f"{MONEY}2009", "rund 5.000.000 Euro"),
    (TALK_2009, "fund of an action area", "5.000 Euro", f"{MONEY}2009", "Je 5.000 Euro für 13 Aktionsräume."),
    (TALK_2009, "fund on the page of an area", "5.000 Euro", f"{AREAS}023/", "Aktionsraumfonds: 5.000,00 Euro"),
    (TALK_2009, "people who took part", "über 2.000", DATES, "Über 2.000 Menschen beteiligten sich"),
    (TALK_2009, "ideas for projects", "mehr als 200", DATES, "mehr als 200 Projektideen"),
    (TALK_2009, "areas in which staff supported it", "13", OFFICES, "Die Beteiligung in den 13 Aktionsräumen"),
    (TALK_2009, "first projects", "34", DATES, "Bis Mai 2009 waren daraus die ersten 34 Projekte"),
    (TALK_2009, "action offices so far", "6", OFFICES, "Aktionsbüros in den Aktionsräumen Anzahl: 6"),
    (TALK_2009, "project office opens", "04.05.2009", OFFICES, "ab 4. Mai 2009"),
    # Press release of 22 December 2020
    (PRESS, "day", "22.12.2020", PAPERS, "22. Dezember 2020 Medieninformation"),
    (PRESS, "number", "1888", PAPERS, "Nummer 1888"),
    (PRESS, "areas that change", "4", PAPERS, "Anpassungen in vier Aktionsräumen"),
    (PRESS, "reports", "2018 und 2007", PAPERS, "Bericht zur sozialen Lage 2018, der zweite nach dem von 2007"),
    (PRESS, "areas that leave", "2", PAPERS, "Zwei Sozialräume verlassen die Liste der Aktionsräume"),
    (PRESS, "areas that join", "2", PAPERS, "dort bleibt je ein Quartier; zwei kommen hinzu"),
    (PRESS, "action areas before", "13", f"{PLAN}?am=2020-12-22", "Am 22.12.2020: 13 Aktionsräume"),
    (PRESS, "improved since", "2007", f"{AREAS}053/", "im Bericht zur sozialen Lage 2007"),
    (PRESS, "benefit rate of the joining areas", "über 20 %", PAPERS, "Transferleistungsquote auf über 20 Prozent"),
    (PRESS, "children in Bövinghausen", "unter 15", PAPERS, "Kinder unter 15 Jahren"),
    (PRESS, "duration of programmes", "3 bis 5 Jahre", PAPERS, "Aktionsprogramme für drei bis fünf Jahre"),
    (PRESS, "duration of programmes", "3 bis 5 Jahre", f"{PLAN}programme/", "drei bis fünf Jahren"),
    (PRESS, "areas below the average", "13 von 39", PAPERS, "13 von 39 Sozialräumen"),
    (PRESS, "start of the plan", "2008", PAPERS, "Der Aktionsplan läuft seit 2008"),
    (PRESS, "motto", "Daten für Taten", PAPERS, "„Daten für Taten“"),
    (PRESS, "board of the administration", "22.12.2020", f"{PAPERS}verwaltungsvorstand-2020/", "22. Dezember 2020"),
    (PRESS, "three fields of action: work", "3", PLAN, "Arbeit und Beschäftigung im Quartier"),
    (PRESS, "three fields of action: children", "3", PLAN, "Eltern und Kinder stärken – Kinderarmut bekämpfen"),
    (PRESS, "three fields of action: cohesion", "3", PLAN, "Sozialen Zusammenhalt im Quartier stärken"),
    # Presentation of 7 December 2021
    (TALK_2021, "committee of the day", "07.12.2021", STATE_2021, "7. Dezember 2021"),
    (TALK_2021, "which committee", "", STATE_2021, "Ausschuss für Soziales, Arbeit und Gesundheit 07.12.2021"),
    (TALK_2021, "strategy since", "2008", PLAN, "seit 2008 gegen Armut und Ausgrenzung"),
    (TALK_2021, "decision", "13.04.2021", CHANGE, "Ausschuss für Soziales, Arbeit und Gesundheit 13.04.2021 Beschluss"),
    (TALK_2021, "number of the paper", "19100-20", CHANGE, "19100-20"),
    (TALK_2021, "report it rests on", "2018", CHANGE, "Berichts zur sozialen Lage 2018"),
    (TALK_2021, "Bövinghausen/Westrich joins", "13.04.2021", f"{AREAS}103/", "seit dem 13. April 2021 Aktionsraum"),
    (TALK_2021, "Dorstfeld joins", "13.04.2021", f"{AREAS}014/", "seit dem 13. April 2021 Aktionsraum"),
    (TALK_2021, "their districts", "", CHANGE, "Bövinghausen/Westrich im Stadtbezirk Lütgendortmund"),
    (TALK_2021, "their districts", "", CHANGE, "Dorstfeld im Stadtbezirk Innenstadt-West"),
    (TALK_2021, "quarter", "13.04.2021", f"{AREAS}053/", "Wambeler Heide, ist seit dem 13. April 2021 Aktionsquartier"),
    (TALK_2021, "quarter", "13.04.2021", f"{AREAS}064/", "Meylantviertel, ist seit dem 13. April 2021 Aktionsquartier"),
    (TALK_2021, "members today", "13 + 2", PLAN, "Heute: 13 Aktionsräume, 2 Aktionsquartiere"),
    (TALK_2021, "members then", "13 + 2", STATE_2021, "13 Aktionsräume und 2 Aktionsquartiere"),
    (TALK_2021, "representatives", "5", OFFICES, "5 Aktionsraumbeauftragte"),
    (TALK_2021, "staff of the project office", "3", OFFICES, "3 Mitarbeiterinnen im Projektbüro"),
    (TALK_2021, "funds for projects", "ca. 226.000 Euro", f"{MONEY}2021", "rund 226.000 Euro"),
    (TALK_2021, "exploratory talks", "2021", DATES, "2021 Gespräche Sondierungsgespräche"),
    (TALK_2021, "three fields of action asked about", "3", DATES, "Bedarf in den drei Handlungsfeldern"),
    (TALK_2021, "talks with local actors", "2022", DATES, "2022 Gespräche Gespräche mit den Akteuren vor Ort"),
    (TALK_2021, "programmes for all areas", "2022", DATES, "Noch 2022 sollte für jeden Raum ein Aktionsprogramm"),
    (TALK_2021, "project office", "Märkische Straße 24-26", OFFICES, "Märkische Straße 24–26, 44141 Dortmund"),
    (TALK_2021, "social planning", "Südwall 2-4", OFFICES, "gab schon im Dezember 2021 den Südwall 2–4 als Anschrift an"),
    # Paper for the council of 12 July 2011
    (PAPER_2011, "day of the paper", "12.07.2011", STATE_2011, "12. Juli 2011"),
    (PAPER_2011, "department", "Fachbereich 1", STATE_2011, "Fachbereich 1"),
    (PAPER_2011, "bodies", "26", STATE_2011, "Beratungsfolge: 26 Gremien"),
    *(
        (PAPER_2011, f"consultation: {body}", f"{day}.09.2011", STATE_2011, f"{body} {day}.09.2011 Kenntnisnahme")
        for body, day in BODIES_2011
    ),
    (PAPER_2011, "financial effects", "keine", STATE_2011, "Finanzielle Auswirkungen: keine"),
    (PAPER_2011, "earlier paper", "13245-08", RESULT_2008, "13245-08"),
    (PAPER_2011, "day of the earlier paper", "18.12.2008", RESULT_2008, "Rat der Stadt 18.12.2008 Kenntnisnahme"),
    (PAPER_2011, "time of participation", "Februar bis Juni 2008", RESULT_2008, "Februar bis Juni 2008"),
    (PAPER_2011, "time of participation", "Februar bis Juni 2008", DATES, "Februar bis Juni 2008"),
    (PAPER_2011, "the balance covers the time since", "2009", STATE_2011, "Zwischenbilanz seit 2009"),
    (PAPER_2011, "priorities of the next years", "6", STATE_2011, "Ausblick mit sechs Schwerpunkten"),
    (PAPER_2011, "core budget a year", "237.784,80 Euro", f"{MONEY}2011", "237.784,80 Euro"),
    (PAPER_2011, "core budget a year", "237.784,80 Euro", STATE_2011, "Kernbudget 237.784,80 Euro im Jahr"),
    (PAPER_2011, "city-wide measures", "rund 8,4 Mio. Euro", f"{MONEY}2011", "rund 8.400.000 Euro"),
    (PAPER_2011, "city-wide measures", "rund 8,4 Mio. Euro", STATE_2011, "rund 8,4 Mio. Euro im Jahr"),
    (PAPER_2011, "grants and sponsors in it", "2,2 Mio. Euro", f"{MONEY}2011", "rund 2.200.000 Euro"),
    (PAPER_2011, "grants and sponsors in it", "2,2 Mio. Euro", STATE_2011, "davon 2,2 Mio. Euro"),
]  # fmt: skip


@pytest.fixture(scope="module")
def read():
    """What stands on a page, as text; each page is asked for once."""
    known = {}

    def text(client, path):
        if path not in known:
            caches["pages"].clear()
            response = client.get(path)
            assert response.status_code == 200, path
            page = response.content.decode().replace("<wbr>", "")
            words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.S)
            known[path] = " ".join(
                unescape(words).replace("\xa0", " ").replace("\u00ad", "").replace("\u200b", "").split()
            )
        return known[path]

    return text


def test_the_sequence_of_2011_is_complete():
    assert len(BODIES_2011) == len(set(BODIES_2011)) == 26
    assert (len(CLUSTER_5), len(CLUSTER_4)) == (3, 10)


@pytest.mark.parametrize("row", FACTS, ids=lambda row: f"{row[0]}: {row[1]}")
def test_it_stands_on_a_page(client, read, row):
    _document, _fact, value, path, words = row
    assert words in read(client, path), value
