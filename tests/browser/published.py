"""A correction that is really public while a browser looks, and as if it had never been afterwards."""

from contextlib import contextmanager

import pgtrigger
from django.core.cache import caches
from django.db import transaction

from areas.actions import make_current
from areas.models import PublishedFile
from indicators.models import Indicator, Release, Value
from tests.app.correcting import SLUG, corrected


@contextmanager
def correction(value="50", **fields):
    """The published release; what it froze is removed at the end with the database's triggers switched off."""
    before = Indicator.objects.get(slug=SLUG).current_edition
    state = before.release.status
    release = corrected(value, **fields)
    try:
        yield release
    finally:
        _undo(release, before, state)


def _undo(release, before, state):
    files = list(PublishedFile.objects.filter(editions__release=release).values_list("pk", flat=True))
    Indicator.objects.filter(current_edition__release=release).update(current_edition=before)
    with transaction.atomic(), pgtrigger.ignore():
        Value.objects.filter(release=release).delete()
        release.delete()
        Release.objects.filter(pk=before.release_id).update(status=state)
        PublishedFile.objects.filter(pk__in=files).delete()
    for file in before.files.all():
        make_current(file=file)
    caches["pages"].clear()
