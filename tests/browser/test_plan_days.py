"""The plan through the years: by slider, by keyboard, without JavaScript."""

import datetime

import pgtrigger
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from actionplan.actions.programmes import publish_version
from actionplan.models import ActionArea, Participation
from tests.app.plan_objects import a_participation, a_programme, a_version
from tests.browser.axe import sticks_out, violations_in_both_schemes


@pytest.fixture
def programme(portal, django_db_blocker):
    """A published programme of Marten and a date to come; both are gone afterwards, past the database's guard."""
    with django_db_blocker.unblock():
        member = ActionArea.objects.defer("geometry").get(name="Marten")
        made = a_programme(member, "marten-2022")
        publish_version(version=a_version(made, needs="Es fehlt ein Treffpunkt."), day=datetime.date(2022, 3, 1))
        day = timezone.localdate() + datetime.timedelta(days=9)
        a_participation(member.source, "forum-marten", begins=day, state="announced", place="Saal")
        yield made
        with pgtrigger.ignore():
            made.versions.all().delete()
            made.delete()
            Participation.objects.filter(slug="forum-marten").delete()


def test_the_slider_draws_another_day_without_loading_the_page_whole(visit, portal):
    page = visit("/aktionsplan/")
    page.evaluate("window.kept = true")
    slider = page.get_by_role("slider", name="Durch die Jahre")
    assert "Heute" in slider.get_attribute("aria-valuetext")
    slider.focus()
    page.keyboard.press("Home")
    page.get_by_role("heading", name="Am 01.01.2008: 13 Aktionsräume").wait_for()
    assert slider.get_attribute("aria-valuetext") == "2008, Der Aktionsplan beginnt"
    assert page.get_by_label("Stand am").input_value() == "2008-01-01"
    assert page.url.endswith("?am=2008-01-01") and page.evaluate("window.kept")
    assert page.evaluate("document.activeElement.id") == "plan-step"
    assert page.get_by_role("button", name="Diesen Schritt zeigen").is_hidden()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**?am=2008-12-18")
    page.go_back()
    page.get_by_role("heading", name="Am 01.01.2008: 13 Aktionsräume").wait_for()
    assert violations_in_both_schemes(page) == []


def test_without_javascript_the_form_and_the_days_do_the_same(browser, server, watch_page, portal):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    watch_page(page)
    page.goto(server.url + "/aktionsplan/")
    page.get_by_role("slider", name="Durch die Jahre").press("Home")
    page.get_by_role("button", name="Diesen Schritt zeigen").click()
    page.wait_for_url("**?am=2008-01-01")
    page.get_by_role("link", name="13.04.2021", exact=True).click()
    expect(page.get_by_role("heading", name="Am 13.04.2021: 13 Aktionsräume, 2 Aktionsquartiere")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/aktionsplan/programme/marten-2022/",
        "/aktionsplan/gebiete/102/",
        "/aktionsplan/beteiligung/",
        "/aktionsplan/programme/",
    ],
)
def test_a_programme_and_dates_to_come_are_accessible(visit, programme, path):
    page = visit(path)
    assert sticks_out(page, [320, 360, 768, 1280]) == []
    assert violations_in_both_schemes(page) == []


def test_a_citizen_finds_the_programme_of_the_own_area(visit, programme):
    page = visit("/aktionsplan/gebiete/102/", width=360)
    expect(page.get_by_role("heading", name="Nächste Termine")).to_be_visible()
    page.get_by_role("link", name="Marten-2022").click()
    expect(page.get_by_text("Es fehlt ein Treffpunkt.")).to_be_visible()
    expect(page.get_by_role("row", name="Laden ist offen")).to_be_visible()
