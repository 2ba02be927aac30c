"""/redaktion/veroeffentlichungen/: releases on their way to the public, checked by two people."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.review import PER_PAGE, releases_for_list, review_page
from atlas.review_forms import DraftForm, PreviewForm, ScheduleForm
from atlas.views.csv_answer import csv_answer
from indicators.models import Release
from indicators.selectors_review import KINDS, Change, Filter, listed_changes
from indicators.tasks_release import prepare

LISTED = 30
VIEW = "indicators.view_release"


@login_required
@permission_required(VIEW, raise_exception=True)
@require_safe
def releases(request):
    """All releases with their state."""
    page = Paginator(releases_for_list(), LISTED).get_page(request.GET.get("seite"))
    form = DraftForm() if request.user.has_perm("indicators.add_release") else None
    return render(request, "redaktion/releases/list.html", {"page": page, "form": form})


@login_required
@permission_required(VIEW, raise_exception=True)
@require_safe
def release(request, slug: str):
    """What a release changes, what happened to it, what can be done now."""
    return show_release(request, _release(slug))


def show_release(request, shown: Release, *, fault: str = "", secret: str = "", status: int = 200):
    """The page of a release; `fault` says why a step was refused, `secret` is a preview address shown once."""
    which, number = _asked(request)
    page = review_page(shown, user=request.user, which=which, page=number)
    if shown.published_at is None and not page.is_ready and shown.values.exists():
        prepare.enqueue(shown.pk)
    context = {
        "release": shown,
        "page": page,
        "fault": fault,
        "secret": secret,
        "schedule_form": ScheduleForm(),
        "preview_form": PreviewForm(),
        "kinds": [(kind, _kinds()[kind]) for kind in KINDS],
        "number": number,
        "pages": -(-page.row_count // PER_PAGE),
        "query": urlencode({k: v for k, v in _words(which).items() if v}),
        "crumbs": [
            {"label": _("Veröffentlichungen"), "url": reverse("staff:releases")},
            {"label": shown.title, "url": ""},
        ],
    }
    return render(request, "redaktion/releases/detail.html", context, status=status)


@login_required
@permission_required(VIEW, raise_exception=True)
@require_safe
def release_changes(request, slug: str):
    """The whole difference as a table."""
    shown = _release(slug)
    which, _number = _asked(request)
    rows, _count = listed_changes(shown, which)
    head = ("indikator", "ebene", "gebiet", "name", "zeit", "art", "wert_vorher", "status_vorher", "wert_nachher")
    head += ("status_nachher", "rang_vorher", "rang_nachher", "klasse_vorher", "klasse_nachher")
    response = csv_answer(head, (_record(row) for row in rows), f"{shown.slug}-aenderungen")
    response["Cache-Control"] = "private, no-store"
    return response


def _record(row: Change) -> list:
    values = (_decimal(row.old_value), row.old_status, _decimal(row.new_value), row.new_status)
    classes = ("" if c is None else c + 1 for c in (row.old_class, row.new_class))
    place = (row.indicator, row.level, row.area_code, row.area_name, row.period, row.kind)
    return [*place, *values, row.old_rank, row.new_rank, *classes]


def _release(slug: str) -> Release:
    return get_object_or_404(Release.objects.select_related("corrects", "created_by"), slug=slug)


def _asked(request) -> tuple[Filter, int]:
    asked = request.GET
    kind = asked.get("art", "")
    number = asked.get("seite", "1")
    which = Filter(
        indicator=asked.get("indikator", "")[:80],
        level=asked.get("ebene", "")[:40],
        period=asked.get("zeit", "")[:20],
        kind=kind if kind in KINDS else "",
    )
    return which, int(number) if number.isascii() and number.isdecimal() and 0 < int(number) < 100_000 else 1


def _words(which: Filter) -> dict[str, str]:
    return {"indikator": which.indicator, "ebene": which.level, "zeit": which.period, "art": which.kind}


def _kinds() -> dict[str, str]:
    return {
        "value": _("Werte geändert"),
        "new": _("Werte neu"),
        "gone": _("Werte entfallen"),
        "rank": _("Rang geändert"),
        "class": _("Klasse geändert"),
    }


def _decimal(value) -> str:
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")
