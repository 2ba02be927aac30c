"""The command `audit_release`: what it says of safe, betrayed and unknown releases, and that it never says a number."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from indicators.actions import prepare_release, publish_release
from indicators.actions.withdrawing import withdraw_release
from indicators.management.commands import audit_release
from indicators.management.commands.audit_release import Command
from indicators.models import SecrecyRule
from indicators.secret_hiding import SecrecyError
from indicators.secret_tables import MixedDivisions
from tests.app.scraping import numbers_in
from tests.app.secret_city import QUARTERS, cases_in, draft, secret_city

pytestmark = pytest.mark.django_db

MINIMUM = 30_000
COUNTS = {"01": 28_657, "02": 75_431, "03": 86_239, "04": 91_457, "05": 68_713, "06": 97_561}
PEOPLE = {"01": 398_771, "02": 512_383, "03": 633_791, "04": 744_377, "05": 355_519, "06": 966_377}
BETRAYED = "Hilfen, Viertel Viertel 01 (01), 2024"
SAFE = "nichts Geheimes lässt sich errechnen."


@pytest.fixture
def city():
    made = secret_city()
    SecrecyRule.objects.update(min_count=MINIMUM, complement_is_secret=False)
    return made


def release_of(city, title: str, counts: dict = COUNTS, *, keeps_secrets: bool = True):
    """A published release; without secrets as before there was a rule."""
    SecrecyRule.objects.update(min_count=MINIMUM if keeps_secrets else 0)
    cases_in(release := draft(title), city, counts, people=PEOPLE)
    publish_release(release=release)
    SecrecyRule.objects.update(min_count=MINIMUM)
    return release


def audit(*slugs: str) -> tuple[str, str, int]:
    """What the command says, what it says as an error, and how it ends."""
    out = io.StringIO()
    try:
        call_command("audit_release", *slugs, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error), error.returncode
    return out.getvalue(), "", 0


def test_a_safe_release_ends_with_nothing(city):
    release_of(city, "Erste")
    assert audit("erste") == (f"erste: {SAFE}\n", "", 0)


def test_a_betrayed_figure_is_named_without_its_number(city):
    release_of(city, "Erste", keeps_secrets=False)
    said, error, code = audit("erste")
    assert said == f"erste: {BETRAYED}\n"
    assert (error, code) == ("Eine geheime Zahl lässt sich errechnen.", 1)
    assert numbers_in(said + error) == {"01", "2024"}, "code and period"


def test_what_an_earlier_release_betrays_is_said_as_such(city):
    release_of(city, "Erste", keeps_secrets=False)
    cases_in(second := draft("Zweite"), city, COUNTS, people=PEOPLE)
    prepare_release(release=second)
    said, _error, code = audit("zweite")
    assert said == f"zweite: {BETRAYED} (verrät sich durch frühere Veröffentlichungen)\n"
    assert code == 1


def test_every_betrayed_figure_is_counted(city):
    release_of(city, "Erste", {**COUNTS, "02": 28_753, "05": 29_123}, keeps_secrets=False)
    said, error, code = audit("erste")
    assert [line.partition("Viertel Viertel ")[2][:2] for line in said.splitlines()] == ["01", "02", "05"]
    assert error == "3 geheime Zahlen lassen sich errechnen."
    assert code == 1
    assert numbers_in(said) <= {*QUARTERS, "2024"}


def test_without_a_slug_all_published_releases_are_attacked(city):
    release_of(city, "Erste", keeps_secrets=False)
    withdrawn = release_of(city, "Zweite", keeps_secrets=False)
    cases_in(draft("Dritte"), city, COUNTS, people=PEOPLE)
    said, error, code = audit()
    assert [line.partition(":")[0] for line in said.splitlines()] == ["erste", "zweite"]
    assert (error, code) == ("2 geheime Zahlen lassen sich errechnen.", 1)
    withdraw_release(release=withdrawn, user=None, reason="Falsche Datei.")
    assert [line.partition(":")[0] for line in audit()[0].splitlines()] == ["erste"]


def test_all_are_safe_where_nothing_is_published(city):
    assert audit() == ("", "", 0)


def test_an_unknown_release_is_refused_in_plain_words(city):
    said, error, code = audit("gibt-es-nicht")
    assert (said, error, code) == ("", "Die Veröffentlichung „gibt-es-nicht“ gibt es nicht.", 1)


def test_a_draft_is_attacked_only_when_its_figures_are_computed(city):
    cases_in(release := draft(), city, COUNTS, people=PEOPLE)
    assert audit("entwurf") == ("", "Die Kennwerte von „Entwurf“ sind nicht berechnet.", 1)
    prepare_release(release=release)
    assert audit("entwurf") == (f"entwurf: {SAFE}\n", "", 0)


def test_of_a_withdrawn_release_nothing_is_public(city):
    withdraw_release(release=release_of(city, "Erste"), user=None, reason="Falsche Datei.")
    assert audit("erste") == ("", "„Erste“ ist zurückgezogen; öffentlich ist davon nichts mehr.", 1)


@pytest.mark.parametrize("error", [SecrecyError, MixedDivisions])
def test_numbers_that_contradict_each_other_are_said_and_the_next_release_is_attacked(city, monkeypatch, error):
    release_of(city, "Erste")
    release_of(city, "Zweite")

    def refused(release):
        if release.slug == "erste":
            raise error("2024")
        return []

    monkeypatch.setattr(audit_release, "exposures", refused)
    said, why, code = audit()
    first = "erste: lässt sich nicht prüfen, die Zahlen von 2024 passen nicht zusammen."
    assert said.splitlines() == [first, f"zweite: {SAFE}"]
    assert (why, code) == ("Nicht alles ließ sich prüfen.", 1)


@pytest.mark.parametrize(("keeps_secrets", "code"), [(True, 0), (False, 1)])
def test_the_process_ends_with_the_code_that_scripts_read(city, capsys, monkeypatch, keeps_secrets, code):
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test's transaction goes on
    release_of(city, "Erste", keeps_secrets=keeps_secrets)
    ended = 0
    try:
        Command().run_from_argv(["manage.py", "audit_release", "erste"])
    except SystemExit as end:
        ended = end.code
    assert ended == code
    written = capsys.readouterr()
    assert (SAFE in written.out) == keeps_secrets
    assert ("geheime Zahl lässt sich errechnen" in written.err) != keeps_secrets
    assert "Traceback" not in written.err
