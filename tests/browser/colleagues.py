"""Two people who bring, check and publish in the browser, in a city that is afterwards as it was."""

import pgtrigger
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from tests.browser.published import as_before


@pytest.fixture
def colleagues(portal, server):
    """Two colleagues, and a portal that forgets everything they did."""
    users = get_user_model().objects
    made = [users.create_superuser(name, password="gemeinsam-sicher-2026") for name in ("planerin", "pruefer")]  # noqa: S106
    with as_before():
        yield made
    with transaction.atomic(), pgtrigger.ignore():
        get_user_model().objects.filter(pk__in=[user.pk for user in made]).delete()


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
