"""The worked examples of the social index in docs/methods.md say what the portal publishes."""

import re
import statistics
from decimal import Decimal
from pathlib import Path

import pytest

from indicators.models import Figure, IndexEdition, IndexResult

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
TEXT = (Path(__file__).parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([^|]+) \| (−?[\d,]+) \| (−?[\d,]+) \| (−?[\d,]+) \| (−?[\d,]+) \|$", re.MULTILINE)
LABELS = ["Arbeitslosenquote", "Transferleistungsquote", "Kinder unter 15 Jahren im SGB-II-Bezug"]


def chapter(title):
    return TEXT.split(f"\n## {title}\n")[1].split("\n## ")[0]


def number(text):
    return float(text.replace("−", "-").replace(",", "."))


def near(text, value):
    """Whether a number is the value, rounded to the decimals it is written with."""
    decimals = len(text.split(",")[1]) if "," in text else 0
    return abs(number(text) - float(value)) <= 0.5 * 10**-decimals + 1e-9


def published(slug):
    edition = IndexEdition.objects.get(edition__indicator__slug=slug, edition__current_for__isnull=False)
    rows = IndexResult.objects.filter(edition=edition.edition, area__level__slug="sozialraum", period__code="2024")
    return edition.statistics["sozialraum"]["2024"], {r.area.code: r for r in rows.select_related("area")}


@pytest.mark.parametrize(("title", "slug"), [("Sozialindex", "mss_status"), ("Dynamik und Matrix", "mss_dynamik")])
def test_the_example_of_nordmarkt(title, slug):
    text = chapter(title)
    spread, rows = published(slug)
    nordmarkt, found = rows["022"], ROW.findall(text)
    assert [row[0] for row in found] == LABELS
    keys = ["arbeitslosenquote", "transferleistungsquote", "kinder_unter_15_sgb2"]
    for (_label, value, mean, deviation, z), one, kept, key in zip(
        found, spread["spread"], nordmarkt.contributions, keys, strict=True
    ):
        assert near(mean, one["mean"]) and near(deviation, one["deviation"]) and near(z, kept["z"])
        if slug == "mss_status":
            figure = Figure.objects.current().get(
                edition__indicator__slug=key, area=nordmarkt.area, period__code="2024"
            )
            assert number(value) == float(figure.value)
        else:
            assert near(value, float(one["mean"]) + float(kept["z"]) * float(one["deviation"]))
    sums = {code: sum(Decimal(c["z"]) for c in row.contributions) for code, row in rows.items()}
    told = re.search(r"Die Summe ist (\d+,\d+)", text).group(1)
    deviation = re.search(r"Standardabweichung(?: aller Summen)? (1,98|2,98)", text).group(1)
    score = re.search(r"der Index (0,90)|= (2,53)", text)
    assert near(told, sums["022"]) and near(deviation, statistics.pstdev(map(float, sums.values())))
    assert near(next(filter(None, score.groups())), nordmarkt.score)
    assert nordmarkt.number_class == (3 if slug == "mss_status" else 1)


def test_the_example_of_stability():
    text = " ".join(chapter("Empfindlichkeit").split())
    _spread, rows = published("mss_status")
    stable = sum(not row.changes for row in rows.values())
    assert f"{stable} von {len(rows)} Sozialräumen bleiben in allen {rows['022'].variants} Varianten" in text
    _spread, rows = published("mss_dynamik")
    assert f"wechselt in {len(rows['022'].changes)} von {rows['022'].variants} Varianten von stabil zu negativ" in text
    assert ["without", "transferleistungsquote", 2] in rows["022"].changes
