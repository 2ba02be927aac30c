"""Releases that are really public while a browser looks, in a city that is afterwards as if they had never been."""

from contextlib import contextmanager

import pgtrigger
from django.core.cache import caches
from django.db import transaction

from areas.models import PublishedFile
from indicators.models import Edit, Indicator, Period, Release, Upload, UploadTemplate
from tests.app.correcting import corrected


@contextmanager
def correction(value="50", **fields):
    """The published release of a correction; see `as_before`."""
    with as_before():
        yield corrected(value, **fields)


@contextmanager
def as_before():
    """Whatever is delivered, released and published inside is forgotten at the end, the database's triggers off.

    The database of browser tests is committed: what one leaves behind, all later tests of its process see.
    """
    editions = dict(Indicator.objects.values_list("pk", "current_edition"))
    releases = dict(Release.objects.values_list("pk", "status"))
    files = dict(PublishedFile.objects.values_list("pk", "is_current"))
    periods = set(Period.objects.values_list("pk", flat=True))
    try:
        yield
    finally:
        with transaction.atomic(), pgtrigger.ignore():
            _show(editions, files)
            _forget_releases(releases)
            PublishedFile.objects.exclude(pk__in=files).delete()
            Period.objects.exclude(pk__in=periods).delete()
        caches["pages"].clear()


def _show(editions: dict, files: dict) -> None:
    Indicator.objects.update(current_edition=None)
    for pk, edition in editions.items():
        Indicator.objects.filter(pk=pk).update(current_edition=edition)
    PublishedFile.objects.update(is_current=False)
    PublishedFile.objects.filter(pk__in=[pk for pk, current in files.items() if current]).update(is_current=True)


def _forget_releases(releases: dict) -> None:
    added = Release.objects.exclude(pk__in=releases)
    for release in added:
        release.values.all().delete()
        Edit.objects.filter(release=release).delete()
        release.uploads.update(release=None, state="discarded", accepted_at=None)
    added.delete()
    for pk, status in releases.items():
        Release.objects.filter(pk=pk).update(status=status)
    Upload.objects.all().delete()
    UploadTemplate.objects.all().delete()
