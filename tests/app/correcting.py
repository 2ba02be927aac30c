"""Publishing a second release, a correction of one value, and withdrawing it: for tests on the loaded city."""

import datetime

from django.utils import timezone

from indicators.actions import publish_release
from indicators.models import Indicator, Release, Value

SLUG = "transferleistungsquote"
A_DAY = datetime.timedelta(days=1)


def corrected(value="50", *, slug="2026-2", kind="correction", code="061", period="2024", **fields) -> Release:
    """A published release that puts `value` in place of the Unterbezirk's value of a period."""
    fields = {"title": "Berichtigung Westliche Innenstadt", "notice": "Ein Komma war verrutscht.", **fields}
    first = Release.objects.order_by("published_at").first()
    release = Release.objects.create(slug=slug, kind=kind, corrects=first, **fields)
    row = Value.objects.get(
        indicator__slug=SLUG,
        area__code=code,
        area__level__slug="unterbezirk",
        period__code=period,
        release=first,
    )
    row.pk, row.release, row.value, row.status = None, release, value, "reported"
    row.save(force_insert=True)
    return publish_release(release=release)


def withdrawn(release: Release, reason="Die Datei war die falsche.") -> Release:
    """The same release taken back: the edition before it is shown again."""
    before = Indicator.objects.get(slug=SLUG).editions.exclude(release=release).order_by("-release__published_at")
    Indicator.objects.filter(slug=SLUG).update(current_edition=before.first())
    now = timezone.now()
    Release.objects.filter(pk=release.pk).update(status="withdrawn", withdrawn_at=now, withdrawal_reason=reason)
    release.refresh_from_db()
    return release
