"""`/gebiete/<level>/<code>/`: the profile of one area, and its figures as CSV."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.models import Area
from atlas.links import full_address, provenance_path
from atlas.pages import public_page
from atlas.profile import AreaProfile, area_profile
from atlas.profile_page import profile_context
from atlas.records import number_text, sign_text, sure_text
from atlas.stand import PARAMETER, read_stand
from atlas.views.csv_answer import csv_answer

COLUMNS = (
    "ebene", "gebiet", "name", "indikator", "titel", "zeit", "wert", "status", "zeichen", "intervall_von",
    "intervall_bis", "einheit", "stadt", "abstand_sicher", "rang", "von", "gemeinsam_mit", "quelle", "herkunft",
)  # fmt: skip


@require_safe
@public_page(reads={PARAMETER})
def profile(request, level: str, code: str):
    """The profile page; 404 with search for a level or code that does not exist."""
    return render(request, "atlas/profile.html", profile_context(_profile(request, level, code)))


@require_safe
@public_page(reads={PARAMETER})
def profile_csv(request, level: str, code: str):
    """The latest figures of the profile: UTF-8 with byte order mark, semicolons, decimal commas."""
    found = _profile(request, level, code)
    if found.stand.wrong:
        return HttpResponse(str(found.stand.wrong), status=400, content_type="text/plain; charset=utf-8")
    rows = (_record(found, row) for row in found.figures.rows)
    return csv_answer(COLUMNS, rows, f"kennwerte-{found.area.level.slug}-{found.area.code}")


def _profile(request, level: str, code: str) -> AreaProfile:
    try:
        return area_profile(level, code, stand=read_stand(request.GET.get(PARAMETER, "")))
    except Area.DoesNotExist as error:
        raise Http404(_("Dieses Gebiet gibt es nicht.")) from error


def _record(found: AreaProfile, row) -> list[str]:
    figure, indicator = row.figure, row.indicator
    return [
        found.area.level.slug,
        found.area.code,
        found.area.name,
        indicator.slug,
        indicator.label,
        row.period.code,
        number_text(row.value, indicator.decimals),
        row.status.value,
        sign_text(row.status),
        number_text(figure.lower if figure else None, indicator.decimals),
        number_text(figure.upper if figure else None, indicator.decimals),
        indicator.unit_long_label,
        number_text(row.city.value if row.city else None, indicator.decimals),
        sure_text(figure.differs if figure else None),
        figure.rank if figure and figure.rank else "",
        figure.rank_of if figure and figure.rank_of else "",
        "+".join(row.joint_codes),
        (figure.source_or(indicator.source) if figure else indicator.source).label,
        _provenance(found, row) if figure else "",
    ]


def _provenance(found: AreaProfile, row) -> str:
    key = (row.indicator.slug, found.area.level.slug, found.area.code, row.period.code)
    return full_address(provenance_path(*key, stand=found.stand.asked))
