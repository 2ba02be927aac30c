"""The worked examples of docs/methods.md, chapters Typologie and Unter dem städtischen Durchschnitt, hold."""

import re
from pathlib import Path
from statistics import mean, pstdev

import pytest
from django.conf import settings

from areas.models import Area
from indicators.analyses import analysis_at
from indicators.models import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def chapter(title):
    text = Path(settings.BASE_DIR, "docs", "methods.md").read_text(encoding="utf-8")
    body = text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    return " ".join(body.split("### Beispiel", 1)[1].split()), body


def number(text):
    return float(text.replace(",", ".").replace("−", "-"))


def rate(code, level="sozialraum", slug="transferleistungsquote"):
    figures = Figure.objects.current().at_level(level).for_period("2018").filter(edition__indicator__slug=slug)
    return float(figures.get(area__code=code).value)


def test_typology_row_by_row():
    example, body = chapter("Typologie")
    rows = re.findall(r"^\| (.+?) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| (−?[\d,]+) \| (−?1) \|$", body, re.MULTILINE)
    assert len(rows) == 5
    signed = []
    for name, value, average, spread, z, sign in rows:
        figures = Figure.objects.current().at_level("sozialraum").for_period("2018")
        values = dict(figures.filter(edition__indicator__name=name).values_list("area__code", "value"))
        numbers = [float(v) for v in values.values()]
        assert number(value) == float(values["022"])
        assert (number(average), number(spread)) == (round(mean(numbers), 2), round(pstdev(numbers), 2))
        exact = (float(values["022"]) - mean(numbers)) / pstdev(numbers)
        assert number(z) == round(exact, 2)
        signed.append(exact * number(sign))
    assert f"/ 5 = {mean(signed):.2f}".replace(".", ",") in example
    content = analysis_at("typologie", "soziale-lage/2018").content
    nordmarkt = next(a for a in content["areas"] if a["code"] == "022")
    assert nordmarkt["severity"] == pytest.approx(mean(signed), abs=1e-5) and nordmarkt["cluster"] == 5
    assert nordmarkt["severity"] == max(a["severity"] for a in content["areas"])
    assert f"Silhouette ist {nordmarkt['silhouette']:.2f}".replace(".", ",") in example


def test_typology_in_words():
    example, body = chapter("Typologie")
    content = analysis_at("typologie", "soziale-lage/2018").content
    assert [c["size"] for c in content["clusters"]] == [10, 8, 9, 8, 4] and "10, 8, 9, 8 und 4 Sozialräume" in example
    assert f"{content['agreement'] * 100:.0f} % gleich" in example
    limits = " ".join(body.split())
    assert f"(Silhouette {content['fits']['3']:.2f}) als fünf ({content['fits']['5']:.2f})".replace(".", ",") in limits
    moves = analysis_at("typologie", "soziale-lage/2024").content["earlier"]["moves"]
    names = dict(Area.objects.in_force().at_level("sozialraum").values_list("code", "name"))
    assert len(moves) == 2 and all(names[m["code"]] in example and (m["from"], m["to"]) == (3, 4) for m in moves)


def test_screening():
    example, _body = chapter("Unter dem städtischen Durchschnitt")
    content = analysis_at("unter-durchschnitt", "transferleistungen-13-hoechste/2018").content
    assert f"Grenze {content['limits'][0]['value']} %".replace(".", ",") in example
    figures = Figure.objects.current().at_level("sozialraum").for_period("2018")
    ordered = figures.filter(edition__indicator__slug="transferleistungsquote").order_by("-value")[12:14]
    assert [f.area.code for f in ordered.select_related("area")] == ["103", "064"]
    told = {
        "064": rate("064"), "014": rate("014"), "053": rate("053"),
        "262": rate("262", "unterbezirk"), "341": rate("341", "unterbezirk"), "343": rate("343", "unterbezirk"),
        "Stadt": float(Figure.objects.current().at_level("stadt").for_period("2018").get(edition__indicator__slug="transferleistungsquote").value),
    }  # fmt: skip
    for value in told.values():
        assert f"{value:.1f} %".replace(".", ",") in example
    assert told["343"] < told["Stadt"]
    row = next(
        r for r in analysis_at("unter-durchschnitt", "vier-von-fuenf/2018").content["below"] if r["code"] == "343"
    )
    assert row["met"] == 3 and "drei von fünf" in example
