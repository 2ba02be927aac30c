"""What is withdrawn because it betrayed somebody is nowhere, also not at the immutable addresses of its files."""

import pytest

from areas.models import PublishedFile
from indicators.actions import publish_release
from indicators.actions.withdrawing import withdraw_release
from tests.app.secret_city import CASES, cases_in, draft, secret_city

pytestmark = pytest.mark.django_db


def test_files_of_a_withdrawn_release_answer_no_more(client):
    cases_in(release := draft(), secret_city())
    publish_release(release=release)
    files = list(PublishedFile.objects.filter(name__startswith="kennwerte/"))
    assert files and {client.get(file.path).status_code for file in files} == {200}
    withdraw_release(release=release, user=None, reason="Zu kleine Zahlen.")
    assert {client.get(file.path).status_code for file in files} == {404}


def test_files_that_another_release_has_too_stay(client):
    city = secret_city()
    cases_in(first := draft("Erste"), city)
    publish_release(release=first)
    cases_in(second := draft("Zweite"), city, {**CASES, "06": 45})
    publish_release(release=second)
    withdraw_release(release=second, user=None, reason="Falsch.")
    own = {file.path for edition in first.editions.all() for file in edition.files.all()}
    gone = {file.path for edition in second.editions.all() for file in edition.files.all()} - own
    assert {client.get(path).status_code for path in own} == {200}
    assert gone and {client.get(path).status_code for path in gone} == {404}
