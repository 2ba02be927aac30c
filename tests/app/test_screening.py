"""`/unter-dem-durchschnitt/`: rule, reasons, proposal for a day, small areas below."""

import csv
import datetime
import io
import re
from decimal import Decimal

import pytest

from actionplan.models import ActionArea
from actionplan.selectors.proposals import proposal, quarter_parts
from areas.models import Area
from indicators.actions import publish_release
from indicators.models import Indicator, Release, Value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
PATH = "/unter-dem-durchschnitt/"
BEFORE = "?zeit=2018&am=2021-04-12"


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def groups(page):
    """Names of areas by title of their group."""
    table = page.split('id="screening-caption"', 1)[1].split("</table>", 1)[0]
    parts = re.split(r'scope="rowgroup">(.*?) <span', table)
    named = zip(parts[1::2], parts[2::2], strict=True)
    return {title: set(re.findall(r"/gebiete/sozialraum/(\d+)/", part)) for title, part in named}


def test_takes_few_queries_and_the_second_time_one(client, django_assert_max_num_queries):
    client.get(PATH + BEFORE)
    with django_assert_max_num_queries(13):
        first = client.get(PATH)
    with django_assert_max_num_queries(1):
        assert client.get(PATH).content == first.content


def test_the_day_before_the_decision_it_proposes_what_was_decided(client):
    page = client.get(PATH + BEFORE).content.decode()
    found = groups(page)
    assert found["Würde dazukommen"] == {"014", "103"} and found["Würde ausscheiden"] == {"053", "064"}
    assert len(found["Bliebe Aktionsraum"]) == 11 and len(found["Unauffällig, kein Aktionsraum"]) == 24
    told = text(page)
    assert "Dazukommen würden: Dorstfeld und Bövinghausen/Westrich." in told
    assert "Ausscheiden würden: Alt-Scharnhorst und Wickede." in told
    assert "Eine Regel schlägt vor, der Rat entscheidet." in told
    assert "mit geschätzten Einwohnerzahlen gewichtet" in told
    assert "/methoden/#unter-dem-staedtischen-durchschnitt" in page


def test_the_day_of_the_decision_nothing_is_left_to_propose(client):
    page = client.get(f"{PATH}?zeit=2018&am=2021-04-13").content.decode()
    assert "würde sich nichts ändern: Es sind dieselben 13 Gebiete" in text(page)
    assert set(groups(page)) == {"Bliebe Aktionsraum", "Unauffällig, kein Aktionsraum"}


def test_quarters_of_the_plan_stand_beside_the_small_areas(client):
    below = client.get(f"{PATH}?zeit=2018&am=2021-04-13").content.decode().split('id="screening-below"', 1)[1]
    row = {code: re.search(rf"unterbezirk/{code}/.*?</tr>", below, re.DOTALL) for code in ("262", "341", "343", "735")}
    assert "Wambeler Heide" in row["262"].group() and "Meylantviertel (zu 85" in row["341"].group()
    assert row["343"] is None and "quartier" not in row["735"].group()
    assert "Wambeler" not in client.get(PATH + BEFORE).content.decode()


def test_reasons_stand_at_every_area(client):
    page = client.get(f"{PATH}?regel=vier-von-fuenf&zeit=2018").content.decode()
    assert "Mindestens 4 von 5 Bedingungen" in text(page)
    row = re.search(r">Wickede</a>.*?</tr>", page, re.DOTALL).group()
    assert row.count('class="num is-met"') == 4 and row.count("nicht erfüllt") == 1
    assert "Wohnfläche je Einwohner: niedriger als in der Stadt (Stadt 39,2" in text(page)


def test_csv_has_reasons_and_proposal(client):
    found = rows(client.get(f"{PATH}gebiete.csv{BEFORE}"))
    assert len(found) == 39 + 170
    wickede = next(row for row in found if (row["ebene"], row["gebiet"]) == ("sozialraum", "064"))
    assert (wickede["ergebnis"], wickede["wert"], wickede["grenze"]) == ("unauffällig", "19", "19,9")
    assert (wickede["ist_aktionsraum"], wickede["vorschlag"]) == ("ja", "scheidet aus")
    small = next(row for row in found if (row["ebene"], row["gebiet"]) == ("unterbezirk", "341"))
    assert (small["ergebnis"], small["liegt_in"], small["vorschlag"]) == ("unter dem Durchschnitt", "064", "")


def test_interface(client):
    told = client.get("/api/v1/screenings/?rule=vier-von-fuenf&period=2018").json()
    assert [one["slug"] for one in told] == ["vier-von-fuenf"]
    assert client.get("/api/v1/screenings/?rule=keine").status_code == 400
    assert client.get("/api/v1/screenings/?release=nie").status_code == 400


def release_with(area, number, status="reported"):
    indicator = Indicator.objects.get(slug="transferleistungsquote")
    value = Value.objects.filter(indicator=indicator, period__code="2018").first()
    release = Release.objects.create(slug="neu", title="Neu")
    Value.objects.create(
        release=release, indicator=indicator, area=area, period=value.period, value=number, status=status,
        source=value.source,
    )  # fmt: skip
    return publish_release(release=release)


def test_who_shares_the_last_place_is_named(client):
    release_with(Area.objects.in_force().at_level("sozialraum").get(code="064"), Decimal("19.9"))
    told = text(client.get(f"{PATH}?zeit=2018").content.decode())
    assert "Den letzten Platz teilen sich Wickede und Bövinghausen/Westrich: Alle sind dabei." in told


def test_a_secret_value_cannot_be_judged_and_is_nowhere(client):
    release_with(Area.objects.in_force().at_level("sozialraum").get(code="013"), None, "suppressed")
    page = client.get(f"{PATH}?zeit=2018&am=2021-04-13").content.decode()
    assert groups(page)["Aktionsraum, nicht beurteilbar"] == {"013"}
    row = re.search(r"sozialraum/013/.*?</tr>", page, re.DOTALL).group()
    assert "24,0" not in row and "nicht beurteilbar" in row
    found = rows(client.get(f"{PATH}gebiete.csv?zeit=2018"))
    secret = next(row for row in found if (row["ebene"], row["gebiet"]) == ("sozialraum", "013"))
    assert (secret["wert"], secret["status"], secret["vorschlag"]) == ("", "suppressed", "nicht beurteilbar")


def test_an_earlier_state_says_so(client):
    first = Release.objects.published().first()
    release_with(Area.objects.in_force().at_level("sozialraum").get(code="064"), Decimal("25.0"))
    page = client.get(f"{PATH}?zeit=2018&am=2021-04-12&stand={first.slug}").content.decode()
    assert groups(page)["Würde ausscheiden"] == {"053", "064"} and "Inzwischen gibt es einen neueren" in page
    assert groups(client.get(PATH + BEFORE).content.decode())["Würde ausscheiden"] == {"053"}


@pytest.mark.parametrize("query", ["regel=keine", "zeit=1900", "am=2021-02-30", "am=1900-01-01", "am=2999-01-01"])
def test_what_there_is_not_is_said(client, query):
    answer = client.get(f"{PATH}?{query}")
    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()
    assert client.get(f"{PATH}gebiete.csv?{query}").status_code == 400


def test_english(client):
    told = text(client.get(f"/en{PATH}{BEFORE}").content.decode())
    assert "By this rule 13 of the 39 social areas lie below the city’s average." in told
    assert "A rule proposes, the council decides." in told


def test_members_that_no_result_knows_cannot_be_judged(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = proposal({"021": "stands_out", "999": "unknown"}, level="sozialraum", on=datetime.date(2021, 4, 13))
    assert found.stays == ("021",) and len(found.open_members) == 12 and found.open_others == ("999",)
    assert not found.changes_nothing


def test_shares_of_quarters(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = quarter_parts(datetime.date(2021, 4, 13))
    assert {code: [(p.name, round(p.share, 2)) for p in parts] for code, parts in found.items()} == {
        "262": [("Wambeler Heide", 0.99)],
        "341": [("Meylantviertel", 0.85)],
        "343": [("Meylantviertel", 0.15)],
    }
    assert quarter_parts(datetime.date(2021, 4, 12)) == {}
    assert ActionArea.objects.filter(kind="aktionsquartier").count() == 2
