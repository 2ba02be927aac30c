"""Deadlines of applications: everybody is reminded once, before and after, and nobody twice."""

import datetime
import re
from html import unescape
from smtplib import SMTPException
from unittest import mock

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from actionplan.actions import applications as act
from actionplan.models import Application, Reminder
from areas.models import PublicState
from indicators.management.commands.run_schedule import Command
from tests.app.application_objects import a_fund, an_action_area, an_application, seen, with_letter
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db
LIST = "/redaktion/aktionsplan/antraege/"
S = Application.State


@pytest.fixture
def city():
    PublicState.objects.get_or_create(pk=1)
    found = small_city()
    found["member"] = an_action_area(found)
    return found


@pytest.fixture
def fund(city):
    return a_fund(city["source"], "1500.00")


@pytest.fixture
def clerk(client):
    person = User.objects.create_user("sachbearbeitung", email="amt@example.org")
    person.groups.add(Group.objects.get(name="Aktionsplan"))
    client.force_login(person)
    return person


def today(days=0):
    return timezone.localdate() + datetime.timedelta(days=days)


def text_of(answer):
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


@pytest.fixture
def reminding(settings):
    settings.PLAN_REMINDER_DAYS = [-14, -3, 1, 14]
    settings.PORTAL_URL = "https://sozial.example"


def on(days):
    return mock.patch("actionplan.actions.reminding.timezone.localdate", return_value=today(days))


def test_each_is_reminded_once_before_and_after(city, reminding, clerk, capsys):
    application = an_application(city)
    act.watch_application(application=application, user=clerk, on=True)
    act.say_incomplete(**seen(application), missing="Satzung des Vereins", deadline=today(30))
    call_command("remind_deadlines", commit=True)
    assert not mail.outbox
    with on(17):
        call_command("remind_deadlines")
        assert "Zu senden (mit --commit): 2" in capsys.readouterr().out and not mail.outbox
        for _run in range(3):
            call_command("remind_deadlines", commit=True)
    assert sorted(m.to[0] for m in mail.outbox) == ["amt@example.org", "buero@example.org"]
    office = next(m for m in mail.outbox if m.to == ["buero@example.org"])
    assert "Satzung des Vereins" in office.body and "/redaktion/" not in office.body
    assert f"https://sozial.example{LIST}{application.pk}/" in next(m for m in mail.outbox if m is not office).body
    with on(60):  # three days have passed meanwhile: one mail, not three
        call_command("remind_deadlines", commit=True)
        call_command("remind_deadlines", commit=True)
    assert len(mail.outbox) == 4 and "Die Frist war" in mail.outbox[-1].body
    assert Reminder.objects.count() == 4
    act.say_complete(**seen(application))
    with on(90):
        call_command("remind_deadlines", commit=True)
    assert len(mail.outbox) == 4, "what is settled reminds nobody"


def test_a_new_deadline_reminds_anew(city, fund, reminding):
    application = an_application(city)
    with_letter(application, fund, due=today(3))
    call_command("remind_deadlines", commit=True)
    assert len(mail.outbox) == 1 and "Nachweis" in mail.outbox[0].subject
    assert Reminder.objects.get().days == -3


def test_a_mail_that_fails_stops_no_other_and_is_tried_again(city, reminding, clerk):
    application = an_application(city)
    act.watch_application(application=application, user=clerk, on=True)
    act.say_incomplete(**seen(application), missing="Satzung", deadline=today(2))
    from django.core.mail import EmailMultiAlternatives

    original = EmailMultiAlternatives.send

    def failing(message, *args, **kwargs):
        if message.to == ["buero@example.org"]:
            raise SMTPException
        return original(message, *args, **kwargs)

    with (
        mock.patch.object(EmailMultiAlternatives, "send", failing),
        pytest.raises(CommandError, match="Nicht gesendet: 1"),
    ):
        call_command("remind_deadlines", commit=True)
    assert [m.to for m in mail.outbox] == [["amt@example.org"]]
    call_command("remind_deadlines", commit=True)
    assert [m.to[0] for m in mail.outbox] == ["amt@example.org", "buero@example.org"]


def test_the_schedule_reminds_once_a_day(city, reminding):
    application = an_application(city)
    act.say_incomplete(**seen(application), missing="Satzung", deadline=today(1))
    command, calls = Command(), []
    with mock.patch("actionplan.actions.reminding.remind_of_deadlines", side_effect=lambda: calls.append(1)):
        for hour in (3, 7, 8, 23):
            moment = timezone.localtime().replace(hour=hour)
            with mock.patch("indicators.management.commands.run_schedule.timezone.localtime", return_value=moment):
                command.daily()
        assert len(calls) == 1


def test_daily_work_that_fails_stops_no_publishing_and_a_database_that_is_away_is_awaited(db):
    command = Command()
    noon = mock.patch(
        "indicators.management.commands.run_schedule.timezone.localtime",
        return_value=timezone.localtime().replace(hour=12),
    )
    work = "actionplan.actions.reminding.remind_of_deadlines"
    with noon, mock.patch(work, side_effect=OperationalError), pytest.raises(OperationalError):
        command.daily()
    with noon, mock.patch(work, side_effect=ValueError) as asked:
        command.daily()
        command.daily()
    assert asked.call_count == 1
