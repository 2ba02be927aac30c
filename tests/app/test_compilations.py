"""Own compilations: who may do what, every step without script, two clerks at once, nothing lost."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import caches
from django.test import Client

from atlas.models import Compilation, CompilationHistory
from atlas.reports.compilation import MOST_LETTERS, MOST_PARTS, Part, compilation_of  # fmt: skip
from atlas.reports.compilation import Compilation as Plan
from atlas.reports.sections import SECTIONS
from atlas.reports.templates import BEGINNINGS
from tests.app.compilation_objects import HOME, TWO_AREAS, address, as_client, compilation, hidden, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

PASSWORD = "ein-langes-kennwort-von-hier"  # noqa: S105 - of an account of this test


@pytest.fixture
def clerk():
    return person("klerk", first_name="Kim", last_name="Muster", password=PASSWORD)


@pytest.fixture
def kept(clerk):
    return compilation(clerk)


@pytest.fixture
def client(clerk):
    return as_client(clerk)


def keys(kept):
    kept.refresh_from_db()
    return [part["key"] for part in kept.data["parts"]]


def part_page(client, kept, key):
    return client.get(address(kept, f"teil/{key}/"))


def sent(page, **fields):
    return {"seen": hidden(page.text, "seen"), "title": "", "text": "", **fields}


# ---- List, new, copy, delete ----


def test_a_clerk_begins_empty_and_adds_parts(client, clerk):
    assert "Leer beginnen" in client.get(HOME).text
    response = client.post(HOME + "neu/", {"title": "Mein Bericht"})
    kept = Compilation.objects.get()
    assert response.url == address(kept) and kept.owner == clerk and kept.version == 1
    page = client.get(address(kept, "teil/neu/?art=profiles"))
    assert "Nordmarkt" in page.text
    data = sent(page, title="Lage", text="Vorab.\r\n\r\n- eins", **{"o-areas": ["sozialraum/021", "sozialraum/023"]})
    assert client.post(address(kept, "teil/neu/?art=profiles"), data).url.endswith("#teil-t1")
    client.post(address(kept, "teil/neu/?art=contents"), {"title": "", "text": "", "seen": ""})
    client.post(address(kept, "teil/neu/?art=text&nach=t1"), {"title": "Danach", "text": "Text", "seen": ""})
    kept.refresh_from_db()
    plan = compilation_of(kept.data)
    assert [(part.key, part.section, part.title) for part in plan.parts] == [
        ("t1", "profiles", "Lage"),
        ("t3", "text", "Danach"),
        ("t2", "contents", ""),
    ]
    assert plan.parts[0].text == "Vorab.\n\n- eins"
    assert plan.parts[0].options == {"areas": ["sozialraum/021", "sozialraum/023"]}
    assert re.search("Gebiete: [^<]+, Borsigplatz", client.get(address(kept)).text)
    assert "Mein Bericht" in client.get(HOME).text


def test_bad_input_is_told_at_the_field_and_nothing_is_lost(client, kept):
    page = client.post(address(kept, "teil/neu/?art=profiles"), {"title": "T" * 301, "text": "Mein langer Text"})
    assert page.status_code == 422
    assert "Mein langer Text" in page.text and "T" * 301 in page.text
    assert "Bitte etwas wählen" in page.text and "höchstens 300 Zeichen" in page.text and "301" in page.text
    page = client.post(address(kept, "teil/neu/?art=text"), {"title": "", "text": "x" * (MOST_LETTERS + 1)})
    assert page.status_code == 422
    page = client.post(address(kept, "titel/"), {"title": "", "day": "31.2.2026", "size": "A5", "seen": "?"})
    assert page.status_code == 422
    assert "Erwartet wird ein Tag wie" in page.text and 'value="31.2.2026"' in page.text
    for day, said in (("2999-01-01", "ein Tag bis heute"), ("1900-01-01", "ein Tag ab 01")):
        page = client.post(address(kept, "titel/"), {"title": "T", "day": day, "size": "A4", "seen": "?"})
        assert page.status_code == 422 and f"Erwartet wird {said}" in page.text and day in page.text
    assert client.post(HOME + "neu/", {"title": "\x00"}).status_code == 422
    assert len(keys(kept)) == 2


@pytest.mark.parametrize(
    "rest", ["teil/neu/?art=nichts", "teil/neu/", "teil/t99/", "durchlauf/999/", "durchlauf/999/aenderungen.csv"]
)
def test_what_is_not_there_is_told(client, kept, rest):
    assert client.get(address(kept, rest)).status_code == 404


def test_too_many_parts_are_refused_with_a_sentence(client, clerk):
    kept = compilation(clerk, Plan("Lang", parts=(Part("text", "x"),) * MOST_PARTS))
    page = client.post(address(kept, "teil/neu/?art=text"), {"title": "", "text": "Mein Text", "seen": ""})
    assert page.status_code == 422
    assert "höchstens 200 Teile" in page.text and "Mein Text" in page.text


def test_a_deleted_one_is_brought_back_with_everything(client, clerk, kept):
    assert client.post(address(kept, "loeschen/"), follow=True).text.count("ist gelöscht") == 1
    assert client.get(address(kept)).status_code == 404
    assert "Gelöscht (1)" in client.get(HOME).text
    assert client.post(address(kept, "zurueckholen/")).url == address(kept)
    assert "Vorwort" in client.get(address(kept)).text
    assert as_client(person("andere")).post(address(kept, "zurueckholen/")).status_code == 404


def test_profiles_and_maps_can_be_compiled_too(client):
    client.post(
        f"{HOME}neu/?vorlage=profile", {"title": "Zwei Profile", "o-areas": ["sozialraum/023", "sozialraum/021"]}
    )
    client.post(
        f"{HOME}neu/?vorlage=karten",
        {"title": "Karte", "o-indicators": ["transferleistungsquote"], "o-level": "sozialraum"},
    )
    parts = [Compilation.objects.get(title=title).data["parts"] for title in ("Zwei Profile", "Karte")]
    assert [[part["section"] for part in each] for each in parts] == [["profiles", "notes"], ["maps", "notes"]]
    assert parts[0][0]["options"]["areas"] == ["sozialraum/023", "sozialraum/021"]
    assert parts[1][0]["options"]["indicators"] == ["transferleistungsquote"]


def test_steps_by_address_alone_lead_to_the_page(client, kept):
    for step in ("ordnen", "fassung", "teilen", "kopieren", "loeschen", "erstellen"):
        assert client.get(address(kept, f"{step}/")).url == address(kept)
    assert Compilation.objects.kept().count() == 1


@pytest.mark.parametrize("slug", SECTIONS)
def test_every_kind_of_section_can_be_asked_for(client, kept, slug):
    page = client.get(address(kept, f"teil/neu/?art={slug}"))
    assert page.status_code == 200 and "Speichern" in page.text
    assert client.post(address(kept, f"teil/neu/?art={slug}"), {"title": "\x00"}).status_code == 422


@pytest.mark.parametrize("slug", BEGINNINGS)
def test_every_template_can_be_begun_with(client, slug):
    assert f"?vorlage={slug}" in client.get(HOME).text
    assert client.get(f"{HOME}neu/?vorlage={slug}").status_code == 200
    assert client.post(f"{HOME}neu/?vorlage={slug}", {"title": "\x00", "o-title": "\x00"}).status_code == 422


# ---- Order and versions ----


def test_parts_are_moved_by_buttons_which_keep_the_focus(client, kept):
    first, second = keys(kept)
    response = client.post(address(kept, "ordnen/"), {"schritt": f"runter:{first}"})
    assert keys(kept) == [second, first]
    page = client.get(response.url).text
    assert page.count("autofocus") == 1
    client.post(address(kept, "ordnen/"), {"schritt": f"hoch:{first}"})
    client.post(address(kept, "ordnen/"), {"schritt": f"hoch:{first}"})
    assert keys(kept) == [first, second]
    for nonsense in ("", "hoch", "hoch:t99", "drehen:t1", ":"):
        assert client.post(address(kept, "ordnen/"), {"schritt": nonsense}).status_code == 302
    assert keys(kept) == [first, second]


def test_a_removed_part_comes_back_with_its_key(client, kept):
    before = keys(kept)
    response = client.post(address(kept, "ordnen/"), {"schritt": f"weg:{before[1]}"})
    page = client.get(response.url).text
    assert "Der Abschnitt ist entfernt." in page and keys(kept) == before[:1]
    client.post(address(kept, "fassung/"), {"fassung": hidden(page, "fassung")})
    assert keys(kept) == before
    assert "Frühere Fassungen" in client.get(address(kept)).text
    client.post(address(kept, "ordnen/"), {"schritt": f"weg:{before[1]}"})
    client.post(address(kept, "teil/neu/?art=text"), {"title": "Neu", "text": "x", "seen": ""})
    assert keys(kept)[-1] not in before  # texts of the removed part must not fall to the new one


@pytest.mark.parametrize("version", ["", "0", "99", "-1", "x", "9" * 30])
def test_versions_that_do_not_exist(client, kept, version):
    page = client.post(address(kept, "fassung/"), {"fassung": version})
    assert page.status_code == 422 and "gibt es nicht" in page.text


def test_the_history_keeps_plans_and_no_names(client, clerk, kept):
    client.post(address(kept, "titel/"), {**head(client, kept), "title": "Neuer Titel"})
    earlier = CompilationHistory.objects.get(pgh_obj_id=kept.pk)
    assert earlier.title == TWO_AREAS.title and not hasattr(earlier, "owner_id")


# ---- Two clerks ----


def head(client, kept):
    page = client.get(address(kept, "titel/"))
    return {"seen": hidden(page.text, "seen"), "title": kept.title, "kind": "", "subtitle": "", "size": "A4"}


@pytest.fixture
def colleague():
    return as_client(person("kollegin", "Redaktion", first_name="Robin", last_name="Beispiel"))


def test_the_second_clerk_is_told_and_keeps_the_own_text(client, colleague, kept):
    client.post(address(kept, "teilen/"), {"teilen": "1"})
    key = keys(kept)[0]
    mine, theirs = part_page(client, kept, key), part_page(colleague, kept, key)
    colleague.post(address(kept, f"teil/{key}/"), sent(theirs, title="Vorwort", text="Von Robin"))
    page = client.post(address(kept, f"teil/{key}/"), sent(mine, title="Vorwort", text="Von Kim"))
    assert page.status_code == 409
    assert "Robin Beispiel" in page.text and "Von Kim" in page.text and "Von Robin" in page.text
    kept.refresh_from_db()
    assert kept.data["parts"][0]["text"] == "Von Robin"
    again = client.post(address(kept, f"teil/{key}/"), sent(page, title="Vorwort", text="Von Kim"))
    kept.refresh_from_db()
    assert again.status_code == 302 and kept.data["parts"][0]["text"] == "Von Kim" and kept.version == 3


def test_different_pieces_do_not_disturb_each_other(client, colleague, kept):
    client.post(address(kept, "teilen/"), {"teilen": "1"})
    first, second = keys(kept)
    mine, theirs, title = part_page(client, kept, first), part_page(colleague, kept, second), head(client, kept)
    data = sent(theirs, title="Lage", text="Neu", **{"o-areas": ["sozialraum/023"]})
    assert colleague.post(address(kept, f"teil/{second}/"), data).status_code == 302
    colleague.post(address(kept, "ordnen/"), {"schritt": f"hoch:{second}"})
    assert client.post(address(kept, f"teil/{first}/"), sent(mine, text="Auch neu")).status_code == 302
    assert client.post(address(kept, "titel/"), {**title, "title": "Zusammen"}).status_code == 302
    kept.refresh_from_db()
    assert [part["text"] for part in kept.data["parts"]] == ["Neu", "Auch neu"]
    assert (kept.title, kept.data["title"], kept.version) == ("Zusammen", "Zusammen", 5)


def test_a_title_in_conflict(client, colleague, kept):
    client.post(address(kept, "teilen/"), {"teilen": "1"})
    mine, theirs = head(client, kept), head(colleague, kept)
    colleague.post(address(kept, "titel/"), {**theirs, "title": "Robins Titel"})
    page = client.post(address(kept, "titel/"), {**mine, "title": "Kims Titel"})
    assert page.status_code == 409 and "Robins Titel" in page.text and 'value="Kims Titel"' in page.text


def test_a_part_that_somebody_removed_meanwhile(client, colleague, kept):
    client.post(address(kept, "teilen/"), {"teilen": "1"})
    key = keys(kept)[0]
    mine = part_page(client, kept, key)
    colleague.post(address(kept, "ordnen/"), {"schritt": f"weg:{key}"})
    data = sent(mine, title="Vorwort", text="Mein Text", art="text")
    page = client.post(address(kept, f"teil/{key}/"), data)
    assert page.status_code == 409 and "inzwischen entfernt" in page.text and "Mein Text" in page.text
    assert len(keys(kept)) == 1
    assert client.post(address(kept, f"teil/{key}/"), {**data, "wieder": "1"}).status_code == 302
    kept.refresh_from_db()
    assert kept.data["parts"][-1]["text"] == "Mein Text"


# ---- Sharing ----


def test_what_is_not_shared_is_not_there_for_others(kept):
    for role in ("Redaktion", "Freigabe", "Aktionsplan", "Rat"):
        other = as_client(person(f"o{role}", role))
        assert other.get(address(kept)).status_code == 404
        assert kept.title not in other.get(HOME).text


def test_shared_ones_are_seen_copied_and_run_but_edited_by_owners_and_editors(client, kept):
    client.post(address(kept, "teilen/"), {"teilen": "1"})
    other, editor = as_client(person("o")), as_client(person("r", "Redaktion"))
    page = other.get(address(kept)).text
    assert "Kim Muster" in page and "Nach oben" not in page and "Erstellen" in page and "Löschen" not in page
    for rest in ("titel/", "teil/t1/", "teil/neu/?art=text", "texte/"):
        assert other.get(address(kept, rest)).status_code == 403
        assert editor.get(address(kept, rest)).status_code == 200
    for step in ("ordnen/", "fassung/", "teilen/", "loeschen/"):
        assert other.post(address(kept, step)).status_code == 403
    assert other.get(address(kept, "vorschau/?teil=t1")).status_code == 200
    copied = other.post(address(kept, "kopieren/"))
    copy = Compilation.objects.get(owner__username="o")
    assert copied.url == address(copy) and copy.title == f"{kept.title} (Kopie)" and not copy.is_shared
    assert [part["key"] for part in copy.data["parts"]] == keys(kept)
    council = as_client(person("rat", "Rat"))
    assert council.get(address(kept)).status_code == 200
    assert council.post(address(kept, "kopieren/")).status_code == 403
    client.post(address(kept, "teilen/"), {"teilen": "0"})
    assert other.get(address(kept)).status_code == 404


def test_of_people_who_left_the_editors_take_over(kept):
    editor, other = as_client(person("r", "Redaktion")), as_client(person("o"))
    assert editor.get(address(kept)).status_code == 404
    User.objects.filter(username="klerk").update(is_active=False)
    assert editor.get(address(kept)).status_code == 200
    assert other.get(address(kept)).status_code == 404
    User.objects.filter(username="klerk").delete()
    assert editor.get(address(kept)).status_code == 200


# ---- The login ended while somebody wrote ----


def test_what_was_sent_without_a_login_stands_in_the_form_after_it(client, clerk, kept):
    key = keys(kept)[0]
    page = part_page(client, kept, key)
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = "abgelaufen"
    path = address(kept, f"teil/{key}/")
    response = browser.post(path, sent(page, title="Vorwort", text="Eine Stunde Arbeit"))
    assert response.status_code == 302 and "/konto/anmelden/" in response.url
    login = browser.post(response.url, {"login": "klerk", "password": PASSWORD})
    assert login.url == path
    page = browser.get(path)
    assert "Eine Stunde Arbeit" in page.text and "noch nicht gespeichert" in page.text
    assert kept.data["parts"][0]["text"] == "Guten Tag."
    assert browser.post(path, sent(page, title="Vorwort", text="Eine Stunde Arbeit")).status_code == 302
    kept.refresh_from_db()
    assert kept.data["parts"][0]["text"] == "Eine Stunde Arbeit"
    assert "Anmeldung war abgelaufen" not in browser.get(path).text


def test_only_so_many_forms_are_kept_without_a_login(kept, monkeypatch):
    caches["default"].clear()
    monkeypatch.setattr("dortmund_sozial.throttling.KeepingByVisitor.rate", "2/hour", raising=False)
    for number in range(3):
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = "abgelaufen"
        browser.post(address(kept, "titel/"), {"title": "x"})
        assert ("sent_without_login" in browser.session) == (number < 2)
    stranger = Client()
    stranger.post(address(kept, "titel/"), {"title": "x"})
    assert settings.SESSION_COOKIE_NAME not in stranger.cookies
    caches["default"].clear()


def test_the_page_asks_the_same_number_of_times_whatever_it_holds(client, clerk, django_assert_max_num_queries):
    many = Part("profiles", "Lage", options={"areas": ["sozialraum/023", "stadtbezirk/01"]})
    kept = compilation(clerk, Plan("Lang", parts=(many,) * 30))
    with django_assert_max_num_queries(20):
        client.get(address(kept))


def test_hostile_texts_are_shown_as_they_are(client, clerk):
    text = "<script>alert(1)</script> =1+1 {{ x }} \u202e"
    kept = compilation(clerk, Plan(text, kind=text, subtitle=text, parts=(Part("text", text, text),)))
    for rest in ("", "teil/t1/", "titel/", "texte/", "vorschau/"):
        page = client.get(address(kept, rest))
        assert page.status_code == 200
        assert "<script>alert" not in page.text and "&lt;script&gt;alert" in page.text
