"""What every test can rely on: an empty database, or the whole city.

A test that asks for `dortmund` (or `portal`) sees all areas, figures and action areas of `fixtures/`, committed once
per run; every other test sees empty tables, because it runs before the city is loaded. Both may write: what a
test with `db` changes is rolled back. Tests that truncate tables (`transactional_db`) cannot use the city.
"""

import warnings

import hypothesis
import pgtrigger
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from tests import office

# A busy machine is no fault of the code: speed is measured in tests/bench.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")

_TRUNCATING = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}


def pytest_collection_modifyitems(items):
    """Tests on empty tables first, tests on the loaded city last; the order within both stays."""
    items.sort(key=_uses_city)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Refuse the combination that would empty the city's tables for all tests that follow; skip what is not asked for."""
    # A request below /en/ leaves its language in the thread; the next test, and fixtures of a whole file that it asks
    # for first, start in the portal's own.
    translation.deactivate()
    if item.get_closest_marker("office") and not office.is_wanted():
        pytest.skip(office.REASON)
    if _uses_city(item) and _truncates(item):
        pytest.fail("A test with `dortmund` must not truncate tables: use `db`, or `portal` in the browser.", False)


def _uses_city(item) -> bool:
    return "dortmund" in getattr(item, "fixturenames", ())


def _truncates(item) -> bool:
    mark = item.get_closest_marker("django_db")
    return bool(_TRUNCATING.intersection(item.fixturenames)) or bool(mark and mark.kwargs.get("transaction"))


@pytest.fixture(scope="session", autouse=True)
def _tests_may_empty_tables():
    """Tests in real transactions empty all tables at their end, which the database refuses for what is public."""
    original = TransactionTestCase._fixture_teardown

    def empty(case):
        with pgtrigger.ignore():
            original(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_blocker, django_db_keepdb, django_db_createdb, django_db_modify_db_settings
):
    """The test database, always. pytest-django makes one only when a collected test carries its mark; browser tests
    carry none, and run alone they would write into the database that DATABASE_URL names."""
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=keep)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            try:
                teardown_databases(made, verbosity=0)
            except DatabaseError as error:  # somebody is still connected; the next run replaces it
                warnings.warn(f"the test database stays: {error}", pytest.PytestWarning, stacklevel=1)


@pytest.fixture(scope="session")
def dortmund(django_db_setup, django_db_blocker):
    """The whole city in the test database, committed, about 20 s; loaded once, when the first test needs it."""
    from areas.models import PublicState

    with django_db_blocker.unblock():
        PublicState.objects.get_or_create(pk=1)  # a truncating test before us has taken the migration's row
        call_command("load_city", settings.BASE_DIR / "fixtures", commit=True, verbosity=0)


@pytest.fixture(scope="module")
def city_of_file(dortmund, django_db_blocker):
    """The city in a transaction around all tests of a file, rolled back after the last one.

    What fixtures of scope "module" that ask for it write, such as a published correction, is written once and seen
    by the whole file. What a test itself writes is rolled back after it as ever.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _no_kept_pages():
    """Rolled-back changes count the public version down again: pages kept by one test would answer another."""
    caches["pages"].clear()
    caches["parts"].clear()
