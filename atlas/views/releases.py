"""`/veroeffentlichungen/`: what comes, what was published and what was corrected; and each release."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.appointments import Appointment, calendar_text
from atlas.links import release_path, releases_path, subscribe_path
from atlas.navigation import Frame
from atlas.pages import public_page
from atlas.records import number_text
from atlas.selectors.releases import MOST, coming_releases, corrected_figures, release_detail, releases_page
from atlas.views.csv_answer import csv_answer
from indicators.models import Release

PAST_DAYS = 365  # of the calendar
COLUMNS = (
    *("indikator", "titel", "ebene", "gebiet", "name", "zeit", "wert_vorher", "status_vorher"),
    *("wert_nachher", "status_nachher", "einheit", "veroeffentlichung"),
)


@require_safe
@public_page(reads={"seite"})
def releases(request):
    """Calendar, history (by pages, `?seite=2`) and corrections."""
    page = releases_page(request.GET.get("seite", "1"))
    return render(request, "atlas/releases.html", {"page": page, "subscribe_url": subscribe_path()})


@require_safe
@public_page
def release(request, slug: str):
    """What one release brought; 404 for anything that is not public yet, whether there is such a thing or not."""
    try:
        detail = release_detail(slug)
    except Release.DoesNotExist as error:
        raise Http404(_("Diese Veröffentlichung gibt es nicht.")) from error
    context = {
        "detail": detail,
        "entry": detail.entry,
        "release": detail.entry.release,
        "most": MOST,
        "subscribe_url": subscribe_path(),
        "crumbs": [
            {"label": _("Veröffentlichungen"), "url": releases_path()},
            {"label": detail.entry.release.label, "url": ""},
        ],
    }
    return render(request, "atlas/releases_one.html", context)


@require_safe
@public_page
def corrections_csv(request, slug: str):
    """Every corrected figure of a release: semicolons, decimal comma, UTF-8 with byte order mark."""
    found = get_object_or_404(Release.objects.published(), slug=slug)
    rows = (_record(found, row) for row in corrected_figures(found))
    return csv_answer(COLUMNS, rows, f"berichtigungen-{found.slug}")


def _record(found: Release, row) -> list[str]:
    indicator = row.indicator
    return [
        indicator.slug,
        indicator.label,
        row.area.level.slug,
        row.area.code,
        row.area.name,
        row.period.code,
        number_text(row.old_value, indicator.decimals),
        row.old_status,
        number_text(row.new_value, indicator.decimals),
        row.new_status,
        indicator.unit_long_label,
        found.slug,
    ]


@require_safe
@public_page
def releases_calendar(request):
    """Scheduled releases and those of the last year for a calendar; of what comes title and hour alone."""
    site = Frame(request).site
    host = urlsplit(site).hostname or "sozialportal"
    since = timezone.now() - timedelta(days=PAST_DAYS)
    past = Release.objects.published().filter(published_at__gte=since).order_by("published_at")
    appointments = [
        Appointment(f"release-{r.pk}@{host}", r.published_at, r.published_at, r.label, site + release_path(r.slug))
        for r in past
    ]
    appointments += [
        Appointment(f"release-{c.pk}@{host}", c.at, c.at, c.title, site + releases_path()) for c in coming_releases()
    ]
    text = calendar_text(_("Veröffentlichungen im Sozialportal Dortmund"), appointments)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="veroeffentlichungen.ics"'
    return response
