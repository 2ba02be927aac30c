"""The maps of the administration draw the other areas behind the field, on every form that has a map."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture
def staff_cookie(server):
    """Session of an account that exists only during the test."""
    user = get_user_model().objects.create_superuser("karte", password=None)
    client = Client()
    client.force_login(user)
    yield client.cookies[settings.SESSION_COOKIE_NAME].value
    client.logout()
    user.delete()


@pytest.mark.parametrize("name", ["areas_area", "areas_facility", "actionplan_actionarea"])
def test_the_other_areas_are_drawn(page, server, watch_page, staff_cookie, name):
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": staff_cookie, "url": server.url}
    page.context.add_cookies([cookie])
    watch_page(page)
    page.goto(server.url + reverse(f"admin:{name}_add"))
    expect(page.locator("path.area-background")).to_have_count(39)
