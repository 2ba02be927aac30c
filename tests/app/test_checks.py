"""The system checks find what is wrong, name it by id and keep silent otherwise."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.utils import get_random_secret_key
from django.db import OperationalError

from dortmund_sozial import checks

FACTS = {"name": "Stadt", "address": "Markt 1", "email": "a@example.de", "responsible": "Amt"}


def ids(messages):
    return [message.id for message in messages]


def assert_german_hints(messages):
    for message in messages:
        assert message.hint, message.id
        assert str(message), message.id


@pytest.mark.parametrize(
    ("text", "pair"),
    [("3.3 USE_GEOS=1", (3, 3)), ("3.11.4-CAPI-1.17.4", (3, 11)), ("3.3.2", (3, 3)), ("", (0, 0)), ("dev", (0, 0))],
)
def test_version_pair(text, pair):
    assert checks.version_pair(text) == pair


def test_bundled_libraries_are_new_enough():
    assert checks.check_native_libraries() == []


def test_old_libraries_are_named(monkeypatch):
    monkeypatch.setattr(checks.gdal, "gdal_version", lambda: b"2.4.0")
    monkeypatch.setattr(checks.geos, "geos_version", lambda: b"3.7.1-CAPI-1.11.1")
    messages = checks.check_native_libraries()
    assert ids(messages) == ["sozialportal.E001", "sozialportal.E001"]
    assert "GDAL 2.4.0" in str(messages[0])
    assert "GEOS 3.7.1" in str(messages[1])


@pytest.mark.django_db
def test_this_database_is_fit():
    assert checks.check_database(databases=["default"]) == []


def test_without_databases_none_is_asked():
    assert checks.check_database(databases=None) == []


def test_unreachable_database(monkeypatch):
    def refuse(alias):
        raise OperationalError('could not connect: "nowhere"\n\tIs the server running?')

    monkeypatch.setattr(checks, "extensions_of", refuse)
    messages = checks.check_database(databases=["default"])
    assert ids(messages) == ["sozialportal.E002"]
    assert "nowhere" in str(messages[0])
    assert "Is the server running" not in str(messages[0].msg)
    assert_german_hints(messages)


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        ({"postgis": "3.3.2", "btree_gist": "1.7"}, []),
        ({"postgis": "3.0.1", "btree_gist": "1.7"}, ["sozialportal.E004"]),
        ({"btree_gist": "1.7"}, ["sozialportal.E003"]),
        ({"postgis": "3.3.2"}, ["sozialportal.E003"]),
        ({}, ["sozialportal.E003", "sozialportal.E003"]),
    ],
)
def test_extensions(offered, expected):
    messages = checks.check_extensions(offered)
    assert ids(messages) == expected
    assert_german_hints(messages)


@pytest.mark.parametrize(
    ("debug", "hosts", "expected"),
    [
        (False, ["sozialportal.example.de"], []),
        (True, ["127.0.0.1", "localhost"], []),
        (True, ["127.0.0.1", "sozialportal.example.de"], ["sozialportal.E005"]),
        (True, ["*"], ["sozialportal.E005"]),
    ],
)
def test_debug_only_on_this_machine(settings, debug, hosts, expected):
    settings.DEBUG = debug
    settings.ALLOWED_HOSTS = hosts
    assert ids(checks.check_debug_is_local()) == expected


@pytest.mark.parametrize("key", ["only-for-this-machine-xxx", "test-ttt", "bitte-aendern", "django-insecure-1"])
def test_placeholder_key(settings, key):
    settings.SECRET_KEY = key
    assert ids(checks.check_secret_key()) == ["sozialportal.E006"]


def test_own_key(settings):
    settings.SECRET_KEY = get_random_secret_key()
    assert checks.check_secret_key() == []


def test_operator_facts(settings):
    settings.OPERATOR = FACTS
    settings.OPERATOR_LICENCES_CONFIRMED = True
    settings.PORTAL_URL = "https://sozialportal.example.de"
    assert checks.check_operator() == []


def test_missing_operator_facts_are_named(settings):
    settings.OPERATOR = FACTS | {"email": "", "responsible": "  "}
    settings.OPERATOR_LICENCES_CONFIRMED = False
    settings.PORTAL_URL = ""
    messages = checks.check_operator()
    assert ids(messages) == ["sozialportal.W001", "sozialportal.W002", "sozialportal.W003"]
    assert "OPERATOR_EMAIL, OPERATOR_RESPONSIBLE" in str(messages[0])
    assert "OPERATOR_NAME" not in str(messages[0])
    assert_german_hints(messages)


def test_checks_are_registered(settings):
    settings.OPERATOR_LICENCES_CONFIRMED = False
    assert "sozialportal.W002" not in ids(run_checks())
    assert "sozialportal.W002" in ids(run_checks(include_deployment_checks=True))


@pytest.mark.django_db
def test_check_command_passes_with_database():
    call_command("check", databases=["default"])
