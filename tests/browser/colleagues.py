"""Two people who bring, check and publish in the browser, in a city that is afterwards as it was."""

import pgtrigger
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.db import transaction

from areas.models import PublishedFile
from indicators.models import Edit, Indicator, Period, Release, Upload, UploadTemplate


@pytest.fixture
def colleagues(portal, server):
    """Two colleagues, and a portal that forgets everything they did."""
    users = get_user_model().objects
    made = [users.create_superuser(name, password="gemeinsam-sicher-2026") for name in ("planerin", "pruefer")]  # noqa: S106
    before = {i.pk: i.current_edition_id for i in Indicator.objects.all()}
    states = dict(Release.objects.values_list("pk", "status"))
    yield made
    with transaction.atomic(), pgtrigger.ignore():
        added = Release.objects.exclude(slug="2026-1")
        files = list(PublishedFile.objects.filter(editions__release__in=added).values_list("pk", flat=True))
        for pk, edition in before.items():
            Indicator.objects.filter(pk=pk).update(current_edition=edition)
        keep = set(
            PublishedFile.objects.filter(editions__in=[e for e in before.values() if e]).values_list("pk", flat=True)
        )
        for release in added:
            release.values.all().delete()
            Edit.objects.filter(release=release).delete()
            release.uploads.update(release=None, state="discarded", accepted_at=None)
        added.delete()
        for pk, status in states.items():
            Release.objects.filter(pk=pk).update(status=status)
        Upload.objects.all().delete()
        UploadTemplate.objects.all().delete()
        Period.objects.filter(code="2025").delete()
        PublishedFile.objects.filter(pk__in=set(files) - keep).delete()
        PublishedFile.objects.filter(pk__in=keep).update(is_current=True)
        get_user_model().objects.filter(pk__in=[user.pk for user in made]).delete()
    caches["pages"].clear()


@pytest.fixture
def as_person(browser, server, watch_page, client):
    """`as_person(user)`: a browser window in which this person is logged in; nobody for None."""
    contexts = []

    def open_window(user):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
        contexts.append(context)
        if user:
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])
        page = context.new_page()
        watch_page(page).allow("422|409")
        return page

    yield open_window
    for context in contexts:
        context.close()
