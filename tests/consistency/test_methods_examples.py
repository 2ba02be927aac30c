"""The worked examples of docs/methods.md: every calculation is right, and its numbers are Dortmund's."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from atlas.methods import document_text
from indicators.models import Figure, Value

CALCULATION = re.compile(r"([(\d][\d.,()\s+−·/]*[\d)]) = (−?\d[\d.]*(?:,\d+)?)")
TOKEN = re.compile(r"\d[\d.]*(?:,\d+)?|[()+−·/]")
CHAPTERS = ("Zusammenfassen", "Ableitungen", "Neu zugeschnittene Gebiete")


def chapter(title):
    """A chapter without hard line breaks inside paragraphs."""
    text = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", document_text(), re.DOTALL | re.MULTILINE).group(1)
    return re.sub(r"(?<!\n)\n(?![\n|#-])", " ", text)


def number(text):
    return Fraction(text.replace("−", "-").replace(".", "").replace(",", "."))


class Reckoner:
    """Sums, products and brackets as they are written, exact."""

    def __init__(self, text):
        self.rest = TOKEN.findall(text)

    def take(self, *signs):
        return self.rest.pop(0) if self.rest and self.rest[0] in signs else ""

    def total(self):
        value = self.product()
        while sign := self.take("+", "−"):
            other = self.product()
            value = value + other if sign == "+" else value - other
        return value

    def product(self):
        value = self.atom()
        while sign := self.take("·", "/"):
            other = self.atom()
            value = value * other if sign == "·" else value / other
        return value

    def atom(self):
        if self.take("("):
            value = self.total()
            self.rest.pop(0)
            return value
        return number(self.rest.pop(0))


@pytest.mark.parametrize(("title", "count"), zip(CHAPTERS, (2, 9, 1), strict=True))
def test_every_calculation_is_right(title, count):
    found = [(written, result) for written, result in CALCULATION.findall(chapter(title)) if set(written) & set("+−·/")]
    assert len(found) == count, found
    for written, result in found:
        places = len(result.partition(",")[2])
        exact = Reckoner(written).total()
        shown = Decimal(exact.numerator) / Decimal(exact.denominator)
        rounded = shown.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        assert Fraction(rounded) == number(result), (written, result, shown)


FIGURES = [
    ("Zusammenfassen", "transferleistungsquote", "unterbezirk", "061", "2024"),
    ("Zusammenfassen", "transferleistungsquote", "unterbezirk", "062", "2024"),
    ("Zusammenfassen", "einwohner", "unterbezirk", "061", "2024"),
    ("Zusammenfassen", "einwohner", "unterbezirk", "062", "2024"),
    ("Zusammenfassen", "transferleistungsquote", "sozialraum", "023", "2024"),
    ("Ableitungen", "einwohner", "sozialraum", "023", "2024"),
    ("Ableitungen", "einwohner_unter_18", "sozialraum", "023", "2024"),
    ("Ableitungen", "einwohner_ab_65", "sozialraum", "023", "2024"),
    ("Ableitungen", "einwohner_18_bis_64", "sozialraum", "023", "2024"),
    ("Ableitungen", "jugendquotient", "sozialraum", "023", "2024"),
    ("Ableitungen", "anteil_unter_6", "sozialraum", "023", "2024"),
    ("Ableitungen", "anteil_6_bis_17", "sozialraum", "023", "2024"),
    ("Ableitungen", "anteil_unter_18", "sozialraum", "023", "2024"),
    ("Ableitungen", "transferleistungsquote", "sozialraum", "023", "2018"),
    ("Ableitungen", "transferleistungsquote_seit_2018", "sozialraum", "023", "2024"),
    ("Ableitungen", "einwohner", "bezirk", "00", "2013"),
    ("Ableitungen", "einwohner", "bezirk", "00", "1987"),
    ("Ableitungen", "einwohner_seit_2013", "bezirk", "00", "2023"),
    ("Ableitungen", "einwohner_1987_gleich_100", "bezirk", "00", "2023"),
    ("Ableitungen", "einwohner_mittel_3_jahre", "bezirk", "00", "2021"),
    ("Ableitungen", "einwohner", "stadt", "05913000", "2023"),
    ("Ableitungen", "einwohner_je_km2", "stadt", "05913000", "2023"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("place", FIGURES, ids="-".join)
def test_its_numbers_are_the_published_ones(dortmund, place):
    title, slug, level, code, period = place
    figure = Figure.objects.current().get(
        edition__indicator__slug=slug, area__level__slug=level, area__code=code, period__code=period
    )
    written = f"{figure.value:,.{figure.edition.indicator.decimals}f}"
    written = written.replace(",", " ").replace(".", ",").replace(" ", ".").replace("-", "−")
    assert re.search(rf"(?<![\d.,−]){re.escape(written)}(?![\d,]|\.\d)", chapter(title)), written


@pytest.mark.django_db
def test_the_counts_of_2001_are_the_delivered_ones(dortmund):
    def counts(slug, level, *codes):
        rows = Value.objects.filter(indicator__slug=slug, area__level__slug=level, area__code__in=codes)
        return [
            f"{int(n):,}".replace(",", ".")
            for row in rows.order_by("area__code").values_list("numerator", "denominator")
            for n in row
        ]

    parts = counts("hilfen_in_der_familie", "sozialraum", "041", "042", "043")
    assert f"({' + '.join(parts[::2])}) / ({' + '.join(parts[1::2])})" in chapter("Zusammenfassen")
    inside, minors = counts("hilfen_in_der_familie", "stadtbezirk", "04")
    outside, _minors = counts("hilfen_ausserhalb_der_familie", "stadtbezirk", "04")
    assert f"({inside} + {outside}) / {minors}" in chapter("Ableitungen")


@pytest.mark.django_db
def test_as_many_sub_districts_have_no_change_as_it_says(dortmund):
    changes = Figure.objects.current().filter(
        edition__indicator__slug="transferleistungsquote_seit_2018", area__level__slug="unterbezirk"
    )
    assert (changes.count(), changes.filter(value__isnull=True).count()) == (170, 46)
