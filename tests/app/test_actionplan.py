"""The action plan's areas today, on any day, and how they changed."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def members(page):
    """Codes of the Aktionsräume in the list, without the quarters."""
    table = page.split('aria-labelledby="members"', 1)[1].split("</table>", 1)[0]
    table = table.split("Aktionsquartiere seit", 1)[0]
    return set(re.findall(r'<th scope="row">.*?<a href="/aktionsplan/gebiete/(\d+)/">', table))


def test_takes_few_queries_and_the_second_time_one(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):
        client.get("/aktionsplan/")
    with django_assert_max_num_queries(1):
        client.get("/aktionsplan/")


def test_today(client):
    page = client.get("/aktionsplan/").content.decode()
    assert "Heute: 13 Aktionsräume, 2 Aktionsquartiere" in page
    assert {"014", "103"} <= members(page)
    assert page.count('<path class="is-plan"') == 13 and page.count('<path class="is-quarter"') == 2
    assert "Wambeler Heide" in page and "Drucksache 19100-20" in page


def test_each_member_has_a_letter_on_the_map_and_in_the_list(client):
    page = client.get("/aktionsplan/").content.decode()
    drawn = re.findall(r'class="area-letter"[^>]*>(\w+)<', page)
    listed = re.findall(r'class="member-letter">.*?</span>(\w+)</span> <a href="/aktionsplan/gebiete/', page)
    assert sorted(drawn) == listed == list("ABCDEFGHIJKLMNO")


@pytest.mark.parametrize(("day", "there", "gone"), [("2021-04-12", "064", "014"), ("2021-04-13", "014", "064")])
def test_any_day_since_the_beginning(client, day, there, gone):
    page = client.get(f"/aktionsplan/?am={day}").content.decode()
    assert there in members(page) and gone not in members(page)
    assert f'value="{day}"' in page


def test_on_the_last_day_before_the_change_there_were_no_quarters(client):
    page = client.get("/aktionsplan/?am=2021-04-12").content.decode()
    assert "Am 12.04.2021: 13 Aktionsräume" in page and "Aktionsquartiere seit" not in page


def test_an_unknown_first_day_is_said(client):
    assert "nicht bekannt, nur das Jahr" in client.get("/aktionsplan/?am=2008-06-01").content.decode()
    assert "nicht bekannt, nur das Jahr" not in client.get("/aktionsplan/").content.decode()


def test_history_knows_the_day_or_only_the_year(client):
    page = client.get("/aktionsplan/").content.decode()
    history = page.split('id="plan-history"', 1)[1]
    assert re.findall(r'<th scope="row"[^>]*>(.*?)</th>', history) == ["13.04.2021", "2008"]
    assert "Alt-Scharnhorst, Wickede" in history and "Meylantviertel in Wickede" in history


@pytest.mark.parametrize("day", ["gestern", "2021-02-30", "12.04.2021", "1999-01-01", "9999-99-99"])
def test_days_that_cannot_be_read_are_named(client, day):
    answer = client.get("/aktionsplan/", {"am": day})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert (
        f"„{day}“ ist hier kein gültiger Tag." in page
        and "Parameter" not in page
        and "JJJJ-MM-TT" in page
        and "Heute: 13" in page
    )


def test_leads_to_projects_money_and_decisions(client):
    page = client.get("/aktionsplan/").content.decode()
    for path in ("projekte", "geld", "beschluesse"):
        assert f'href="/aktionsplan/{path}/"' in page


def test_the_wording_of_decisions_is_announced_as_german_in_english(client):
    page = client.get("/en/aktionsplan/").content.decode()
    assert re.search(r'Decision \(in German\): <span lang="de">Ausschuss', page)
    assert "(auf Deutsch)" not in client.get("/aktionsplan/").content.decode()


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " ").split())


def test_the_slider_stops_at_every_day_of_a_change_or_a_paper(client):
    page = client.get("/aktionsplan/?am=2021-04-13").content.decode()
    days = re.findall(r'<li><a href="\?am=([\d-]+)"', page)
    assert days[0] == "2008-01-01" and {"2021-04-13", "2020-12-22", "2008-12-18"} <= set(days)
    assert days == sorted(set(days))
    number = days.index("2021-04-13")
    assert re.search(rf'type="range"[^>]*max="{len(days) - 1}"[^>]*value="{number}"', page)
    answer = client.get(f"/aktionsplan/?schritt={number}")
    assert (answer.status_code, answer["Location"]) == (302, "/aktionsplan/?am=2021-04-13")
    assert client.get(f"/en/aktionsplan/?schritt={number}")["Location"] == "/en/aktionsplan/?am=2021-04-13"


@pytest.mark.parametrize("step", ["99", "-1", "zwei", "1.5", ""])
def test_a_stop_that_there_is_not_is_named(client, step):
    answer = client.get("/aktionsplan/", {"schritt": step})
    assert answer.status_code == 400
    assert "Heute: 13" in answer.content.decode()


def test_money_and_projects_as_on_the_day_with_how_they_are_counted(client):
    today = text_of(client, "/aktionsplan/")
    assert "Mittel 2021 rund 226.000 Euro" in today and "Mittel 2011 rund 8.640.000 Euro" in today
    assert "Projekte im Portal 53" in today and "zählt einmal" in today and "ist der Beginn nicht bekannt" in today
    before = text_of(client, "/aktionsplan/?am=2010-06-01")
    assert "Mittel 2009 rund 5.060.000 Euro" in before and "Mittel 2011" not in before
    assert "Bis zu diesem Tag ist kein Betrag belegt." in text_of(client, "/aktionsplan/?am=2008-06-01")


def test_newest_papers_participation_and_the_office_stand_there(client):
    today = text_of(client, "/aktionsplan/")
    assert "7. Dezember 2021 · Bericht, zur Kenntnis" in today and "Südwall 2–4, 44122 Dortmund" in today
    assert "Zurzeit ist im Portal kein Termin angekündigt." in today and "Gespräche mit den Akteuren vor Ort" in today
    assert "7. Dezember 2021 ·" not in text_of(client, "/aktionsplan/?am=2021-12-06")


def test_fields_of_action_name_what_they_want_to_move_and_that_it_is_assumed(client):
    today = text_of(client, "/aktionsplan/")
    assert "Arbeit und Beschäftigung im Quartier Früherer Name: Arbeitsplätze für Dortmund" in today
    assert re.search(r"↓ Arbeitslosenquote soll sinken ↑ Beschäftigtenquote soll steigen", today)
    assert "hat das Portal zugeordnet" in today and "Kein Indikator des Katalogs misst" in today
    assert "Arbeitsplätze für Dortmund Menschen in den Aktionsräumen" in text_of(client, "/aktionsplan/?am=2010-01-01")
