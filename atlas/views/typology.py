"""`/typologie/`: which areas resemble each other, and how severe conditions are there."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.asked import AskedWrongly
from atlas.links import full_address, typology_path
from atlas.pages import public_page
from atlas.selectors.results import NothingStored, area_names
from atlas.selectors.typology import TypologyPage, typology_page
from atlas.views.csv_answer import csv_answer

PARAMETERS = {"typologie", "zeit", "stand"}
COLUMNS = (
    *("typologie", "ebene", "gebiet", "name", "zeit", "cluster", "cluster_anderes_verfahren", "auspraegung_mittel_z"),
    *("silhouette", "cluster_vorher", "zeit_vorher", "fehlende_merkmale", "veroeffentlichung", "adresse"),
)


@require_safe
@public_page(reads=PARAMETERS)
def typology_view(request):
    """Table by cluster, map, profiles, changes, tree; what cannot be shown is said, with status 400."""
    try:
        page, wrong = as_asked(typology_page, request.GET.dict())
    except NothingStored:
        return render(request, "atlas/result_none.html", {"title": _("Typologie")}, status=404)
    asked = {"period": page.chosen.period, "stand": page.stand.asked}
    query = typology_path(page.chosen.slug, **asked).partition("?")[2]
    context = {"page": page, "wrong": wrong, "query": query}
    return render(request, "atlas/typology.html", context, status=400 if wrong else 200)


@require_safe
@public_page(reads=PARAMETERS)
def typology_csv(request):
    """Every area with its cluster, also those left out; UTF-8 with byte order mark, as German Excel opens it."""
    try:
        page = typology_page(request.GET)
        if page.stand.wrong:
            raise page.stand.wrong
    except NothingStored:
        return _said(_("Es ist noch nichts veröffentlicht."), status=404)
    except AskedWrongly as asked:
        return _said(str(asked), status=400)
    return csv_answer(COLUMNS, _rows(page), f"typologie-{page.chosen.slug}-{page.chosen.period}")


def as_asked(read, query: dict[str, str]):
    """What `read` answers; parameters that cannot be used are left out, the first of them is returned too."""
    wrong = None
    while True:
        try:
            return read(query), wrong
        except AskedWrongly as asked:
            wrong = wrong or asked
            query = {name: value for name, value in query.items() if name != asked.parameter}


def _said(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _rows(page: TypologyPage):
    content, level = page.content, page.level.slug
    names = area_names(level)
    earlier = content.get("earlier", {})
    before = {} if not earlier or earlier["broken"] else {m["code"]: m["from"] for m in earlier["moves"]}
    compared = bool(earlier) and not earlier["broken"]
    release = page.chosen.result.release.slug
    address = full_address(typology_path(page.chosen.slug, period=page.chosen.period, stand=release))
    for area in content["areas"]:
        code, skipped = area["code"], area["code"] in earlier.get("not_compared", [])
        was = before.get(code, area["cluster"]) if compared and not skipped else ""
        yield (
            *(page.chosen.slug, level, code, names.get((level, code), ""), page.chosen.period, area["cluster"]),
            *(area["other"], _comma(area["severity"]), _comma(area["silhouette"]), was),
            *(earlier["period"] if was != "" else "", "", release, address),
        )
    for row in content["left_out"]:
        lacks = ", ".join(f"{slug} ({status})" for slug, status in row["missing"].items())
        yield (
            *(page.chosen.slug, level, row["code"], names.get((level, row["code"]), ""), page.chosen.period),
            *("", "", "", "", "", "", lacks, release, address),
        )


def _comma(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".").replace(".", ",")
