"""Names of editors are forgotten after a time, also of what is public; in which role they acted stays."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import timezone
from pghistory.models import Context

from areas.acting import acting
from indicators.models import Edit, Indicator, Release, ReleaseEvent, Upload, UploadFinding
from tests.app.small_city import small_city, value_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(django_user_model):
    user = django_user_model.objects.create_user("ada")
    user.groups.add(Group.objects.get_or_create(name="Redaktion")[0])
    return user


@pytest.fixture
def work(ada):
    """One of everything that knows a person, 800 days old, the release published."""
    city, old = small_city(), timezone.now() - timedelta(days=800)
    release = Release.objects.create(slug="r", title="R", created_by=ada)
    upload = Upload.objects.create(
        file_name="a.csv", digest="a" * 64, size=1, state="accepted", release=release, accepted_at=old, created_by=ada,
        accepted_by=ada,
    )  # fmt: skip
    edit = Edit.objects.create(release=release, indicator=city["indicator"], user=ada, role="Redaktion")
    UploadFinding.objects.create(upload=upload, kind="warning", code="x", found="x", reasoned_by=ada, reasoned_at=old)
    ReleaseEvent.objects.create(release=release, kind="submitted", user=ada, role="Redaktion")
    value_in(release, city, 0, 5, edit=edit, origin="")
    with acting(way="/redaktion/", user=ada):
        Indicator.objects.update(note="Neu.")
    Context.objects.update(created_at=old)
    Upload.objects.update(created_at=old)
    Edit.objects.update(at=old)
    Release.objects.update(created_at=old)
    _age_events(old)
    Release.objects.update(status="published", published_at=timezone.now() - timedelta(days=790))
    return upload


def _age_events(old):
    """Steps of a release cannot be rewritten, so the test makes them old as a superuser of the database would."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE indicators_releaseevent SET at = %s", [old])
        cursor.execute("SET LOCAL session_replication_role = origin")


def purge(*options):
    out = StringIO()
    call_command("purge_editor_names", *options, stdout=out)
    return out.getvalue()


def known(work):
    return {
        "context": Context.objects.filter(metadata__has_key="user").exists(),
        "uploaded": Upload.objects.filter(created_by__isnull=False).exists(),
        "accepted": Upload.objects.filter(accepted_by__isnull=False).exists(),
        "edit": Edit.objects.filter(user__isnull=False).exists(),
        "step": ReleaseEvent.objects.filter(user__isnull=False).exists(),
        "reason": UploadFinding.objects.filter(reasoned_by__isnull=False).exists(),
        "release": Release.objects.filter(created_by__isnull=False).exists(),
    }


def test_without_commit_names_are_only_counted(work):
    told = purge()
    assert "Nur gezählt" in told
    assert "Änderungen im Verlauf: 1" in told
    assert all(known(work).values())


def test_names_older_than_the_setting_are_forgotten_and_roles_stay(work):
    assert "Vergessen: 7 Namen" in purge("--commit")
    assert not any(known(work).values())
    assert Context.objects.get().metadata == {"way": "/redaktion/", "role": "Redaktion"}
    assert Upload.objects.get().role == "Redaktion"
    assert Edit.objects.get().role == "Redaktion"
    assert ReleaseEvent.objects.get().role == "Redaktion"
    assert "Kein Name" in purge("--commit")


def test_younger_names_stay(work):
    assert "Kein Name" in purge("--commit", "--days", "1000")
    assert all(known(work).values())


def test_the_time_is_a_setting(work, settings):
    settings.EDITOR_NAMES_DAYS = 900
    assert "Kein Name ist älter als 900 Tage" in purge("--commit")
    settings.EDITOR_NAMES_DAYS = 0
    purge("--commit")
    assert not any(known(work).values())


def test_a_negative_time_is_refused(work):
    with pytest.raises(CommandError, match="negativ"):
        purge("--days", "-1")
