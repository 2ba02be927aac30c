"""Every list and a form of every table of the administration: axe finds nothing, and nothing stands in the browser's console."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.browser.axe import violations

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label_lower)
# What Django's own templates leave no way to name: headings of columns for actions in tables within forms, the field
# of the search, which has a picture for its label where a help text stands below it, the picture beside a choice.
DJANGOS = [".inline-group thead", "#searchbar", ".help-tooltip"]


@pytest.fixture
def page(colleagues, as_person):
    """A window of somebody who may everything."""
    return as_person(colleagues[0])


def address(model, action, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def test_index(page, server):
    page.goto(server.url + reverse("admin:index"))
    assert violations(page, exclude=DJANGOS) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_list_and_form(page, server, rf, colleagues, model):
    page.goto(server.url + address(model, "changelist"))
    assert violations(page, exclude=DJANGOS) == []
    request = rf.get("/")
    request.user = colleagues[0]
    one = model._default_manager.first()
    if one:
        page.goto(server.url + address(model, "change", one.pk))
        assert violations(page, exclude=DJANGOS) == []
    elif admin.site._registry[model].has_add_permission(request):
        page.goto(server.url + address(model, "add"))
        assert violations(page, exclude=DJANGOS) == []
