"""Roles are groups with exactly the permissions that `accounts/roles.py` names."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from dortmund_sozial.accounts import applying, checks, roles
from dortmund_sozial.accounts.roles import ROLES, Role

NEVER_TOGETHER = {"indicators.edit_values", "indicators.approve_release"}


def rights_of(group):
    return {f"{app}.{code}" for app, code in group.permissions.values_list("content_type__app_label", "codename")}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_each_role_is_a_group_with_exactly_its_permissions(role):
    assert rights_of(Group.objects.get(name=role.name)) == role.permissions


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_nobody_edits_and_approves_by_one_role(role):
    assert not role.permissions >= NEVER_TOGETHER


def test_only_the_administration_touches_accounts_and_it_never_touches_releases():
    touching = {role.name for role in ROLES if any(".change_user" in right for right in role.permissions)}
    assert touching == {"Systemverwaltung"}
    steps = ("approve_", "publish_", "withdraw_", "schedule_", "submit_", "edit_values", "accept_upload")
    assert not [right for right in roles.ADMINISTRATION.permissions if right.split(".")[1].startswith(steps)]


def test_reading_roles_read():
    harmless = ("view_", "preview_release", "ask_report")  # a report repeats what is public
    assert all(right.split(".")[1].startswith(harmless) for right in roles.COUNCIL.permissions)


@pytest.mark.django_db
def test_migrate_gives_what_is_missing_and_takes_what_is_too_much():
    group = Group.objects.get(name="Rat")
    group.permissions.set(Permission.objects.filter(codename="approve_release"))
    call_command("migrate", "dortmund_sozial", verbosity=0)
    assert rights_of(group) == roles.COUNCIL.permissions


@pytest.mark.django_db
def test_groups_made_by_operators_stay_as_they_are():
    own = Group.objects.create(name="Praktikum")
    own.permissions.set(Permission.objects.filter(codename="view_release"))
    call_command("migrate", "dortmund_sozial", verbosity=0)
    assert rights_of(own) == {"indicators.view_release"}


@pytest.mark.django_db
def test_a_person_with_a_role_may_what_the_role_may():
    person = User.objects.create_user("beispiel")
    assert not person.has_perm("indicators.approve_release")
    person = User.objects.get(pk=person.pk)
    person.groups.add(Group.objects.get(name="Freigabe"))
    assert person.has_perm("indicators.approve_release")
    assert not person.has_perm("indicators.edit_values")


def test_check_finds_nothing_wrong():
    assert applying.check_roles() == []


def test_check_names_a_permission_that_does_not_exist(monkeypatch):
    monkeypatch.setattr(roles, "ROLES", (Role("Probe", frozenset({"indicators.aprove_release"})),))
    [problem] = applying.check_roles()
    assert problem.id == "sozialportal.E007"
    assert "indicators.aprove_release" in problem.msg


def test_going_public_needs_mail_and_second_factor(settings):
    settings.EMAIL_HOST, settings.SECOND_FACTOR_REQUIRED = "", False
    found = [*checks.check_mail(), *checks.check_second_factor()]
    assert [message.id for message in found] == ["sozialportal.W004", "sozialportal.W005"]
    settings.EMAIL_HOST, settings.SECOND_FACTOR_REQUIRED = "mail.example.org", True
    assert [*checks.check_mail(), *checks.check_second_factor()] == []
