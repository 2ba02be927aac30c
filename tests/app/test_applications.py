"""Applications: the order of steps, money that fits, two clerks at once, what the database refuses."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from html import unescape
from threading import Barrier

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies

from actionplan.actions import applications as act
from actionplan.actions.booking import book, lock_year
from actionplan.budget import money_of
from actionplan.models import Application, ApplicationStep, CostLine, MoneyEntry, Project
from areas.models import PublicState
from tests.app.application_objects import VOTE, a_fund, an_action_area, an_application, approve, seen, with_letter
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


# ---- What a decision needs ----


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"day": datetime.date(2021, 5, 1)}, "liegt vor dem Eingang"),
        ({"vote": act.Vote(0, 9, 0)}, "nicht mit Mehrheit zugestimmt (0 Ja, 9 Nein)"),
        ({"vote": act.Vote(4, 4, 1), "against_vote": " "}, "nicht mit Mehrheit zugestimmt (4 Ja, 4 Nein)"),
    ],
)
def test_the_database_refuses_an_approval_that_does_not_fit_its_day_or_votes(city, fund, more, sentence):
    application = an_application(city)
    with pytest.raises(act.ApplicationError, match=re.escape(sentence)):
        approve(application, fund, **more)
    assert not MoneyEntry.objects.exists() and Application.objects.get().state == S.COMPLETE
    reason = "Beschluss des Amts."
    approve(application, fund, vote=act.Vote(0, 9, 0), against_vote=reason)
    assert application.steps.get(kind="approved").against_vote == reason


# ---- The whole way ----


def test_from_the_form_to_the_end_money_and_project_follow(city, fund):
    application = an_application(city)
    assert application.state == "received" and re.fullmatch(r"\d{4}-\d{4,}", application.number)
    act.say_incomplete(**seen(application), missing="Satzung", deadline=today(10))
    application.refresh_from_db()
    assert (application.state, application.deadline) == ("incomplete", today(10))
    act.say_complete(**seen(application))
    act.postpone_application(**seen(application), day=today(), vote=VOTE, reason="Rückfrage")
    approve_args = {
        "amount": Decimal("800.00"),
        "fund": fund,
        "day": today(),
        "vote": VOTE,
        "conditions": "Mit Schild.",
    }
    act.approve_application(**seen(application), **approve_args)
    application.refresh_from_db()
    assert application.deadline is None
    money = money_of(application.allocation.entries.all())
    assert (money.approved, money.spent) == (Decimal("800.00"), 0)
    project = application.project
    assert project.carrier == "Verein am Platz" and project.places.get().area == city["areas"][0]
    assert application.allocation.shares.get().place == project.places.get()
    act.send_letter(**seen(application), number="B-7", day=today(), report_due=today(90))
    act.report_use(
        **seen(application), day=today(), spent=Decimal("650.25"), receipts=Decimal("900"), results="30 Kinder kamen."
    )
    money = money_of(application.allocation.entries.all())
    assert (money.granted, money.spent) == (Decimal("650.25"), Decimal("650.25")), "the rest is free again"
    act.close_application(**seen(application))
    application.refresh_from_db()
    assert (application.state, application.deadline) == ("closed", None)
    assert [state.state for state in project.states.order_by("pk")] == ["approved", "finished"]


FOLLOWS = {
    S.RECEIVED: {"complete", "incomplete", "withdrawn"},
    S.INCOMPLETE: {"complete", "incomplete", "withdrawn"},
    S.COMPLETE: {"approved", "refused", "postponed", "withdrawn"},
    S.POSTPONED: {"approved", "refused", "postponed", "withdrawn"},
    S.APPROVED: {"letter", "withdrawn"},
    S.LETTER: {"reported", "withdrawn"},
    S.REPORTED: {"closed"},
    S.CLOSED: set(),
    S.REFUSED: set(),
    S.WITHDRAWN: set(),
}


def steps_of(fund, number="B-1"):
    """Every step as a call."""
    decision = {"day": today(), "vote": VOTE}
    return {
        "incomplete": lambda a: act.say_incomplete(**seen(a), missing="Satzung", deadline=today(5)),
        "complete": lambda a: act.say_complete(**seen(a)),
        "approved": lambda a: act.approve_application(**seen(a), amount=Decimal("10"), fund=fund, **decision),
        "refused": lambda a: act.refuse_application(**seen(a), reason="Nein.", **decision),
        "postponed": lambda a: act.postpone_application(**seen(a), **decision),
        "letter": lambda a: act.send_letter(**seen(a), number=number, day=today(), report_due=today(9)),
        "reported": lambda a: act.report_use(
            **seen(a), day=today(), spent=Decimal("7.50"), receipts=Decimal("7.50"), results="Gut."
        ),
        "closed": lambda a: act.close_application(**seen(a)),
        "withdrawn": lambda a: act.withdraw_application(**seen(a), reason="Anders gelöst."),
    }


WAY_TO = {
    S.RECEIVED: [],
    S.INCOMPLETE: ["incomplete"],
    S.COMPLETE: ["complete"],
    S.POSTPONED: ["complete", "postponed"],
    S.APPROVED: ["complete", "approved"],
    S.LETTER: ["complete", "approved", "letter"],
    S.REPORTED: ["complete", "approved", "letter", "reported"],
    S.CLOSED: ["complete", "approved", "letter", "reported", "closed"],
    S.REFUSED: ["complete", "refused"],
    S.WITHDRAWN: ["complete", "withdrawn"],
}


@pytest.mark.parametrize("state", list(WAY_TO))
def test_from_each_state_exactly_the_steps_that_follow(city, fund, state):
    taken = set()
    for number, kind in enumerate(steps_of(fund)):
        application = an_application(city, title=f"Werkstatt {number}")
        calls = steps_of(fund, number=f"B-{state}-{number}")
        for before in WAY_TO[state]:
            calls[before](application)
        before = (Application.objects.get(pk=application.pk).state, MoneyEntry.objects.count(), Project.objects.count())
        try:
            calls[kind](application)
            taken.add(kind)
        except act.ApplicationError:
            now = Application.objects.get(pk=application.pk).state
            assert (now, MoneyEntry.objects.count(), Project.objects.count()) == before, "nothing half done"
    assert taken == FOLLOWS[state]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kinds=strategies.lists(strategies.sampled_from(sorted({k for each in FOLLOWS.values() for k in each})), max_size=9)
)
def test_any_sequence_keeps_the_fund_and_the_order(city, fund, kinds):
    with transaction.atomic():
        application = an_application(city)
        calls = steps_of(fund)
        for kind in kinds:
            state = Application.objects.get(pk=application.pk).state
            try:
                calls[kind](application)
                assert kind in FOLLOWS[state]
            except act.ApplicationError:
                assert kind not in FOLLOWS[state]
        entries = MoneyEntry.objects.filter(allocation__fund=fund)
        money = money_of(entries)
        assert 0 <= money.spent <= money.granted <= Decimal("1500")
        if Application.objects.get(pk=application.pk).state == "withdrawn":
            assert money.granted == 0
        transaction.set_rollback(True)


# ---- Money ----


@pytest.mark.parametrize(
    ("amount", "said"), [("1000.51", "beantragt sind 1.000,50"), ("0", "bucht nichts"), ("-5", "nicht möglich|zurück")]
)
def test_an_amount_that_does_not_fit_is_refused(city, fund, amount, said):
    application = an_application(city)
    with pytest.raises(act.ApplicationError, match=said):
        approve(application, fund, amount)
    assert not MoneyEntry.objects.exists() and not Project.objects.exists()
    assert Application.objects.get().state == "complete"


def test_no_more_is_approved_than_the_fund_has_free(city, fund):
    approve(an_application(city), fund, "1000.50")
    second = an_application(city, title="Noch eine Werkstatt")
    with pytest.raises(act.ApplicationError, match=r"im Topf sind 1.500,00"):
        approve(second, fund, "499.51")
    approve(second, fund, "499.50")


def test_funds_of_unknown_amount_and_of_locked_years_are_refused(city, fund):
    unknown = a_fund(city["source"], None, slug="unbekannt")
    application = an_application(city)
    with pytest.raises(act.ApplicationError, match="kein Betrag bekannt"):
        approve(application, unknown)
    lock_year(year=fund.year, on=today())
    with pytest.raises(act.ApplicationError, match="abgeschlossen"):
        approve(application, fund)
    assert not MoneyEntry.objects.exists()


@pytest.mark.parametrize(
    ("spent", "receipts", "said"), [("1000.51", "2000", "mehr, als bewilligt"), ("10", "9.99", "Belege")]
)
def test_a_report_that_does_not_fit_is_refused(city, fund, spent, receipts, said):
    application = an_application(city)
    with_letter(application, fund)
    with pytest.raises(act.ApplicationError, match=said):
        act.report_use(
            **seen(application), day=today(), spent=Decimal(spent), receipts=Decimal(receipts), results="Gut."
        )
    assert MoneyEntry.objects.count() == 1


def test_what_was_paid_before_counts_and_too_much_comes_back(city, fund):
    application = an_application(city)
    with_letter(application, fund)
    application.refresh_from_db()
    for kind, amount in (("committed", "900"), ("spent", "500")):
        book(allocation=application.allocation, kind=kind, amount=Decimal(amount), day=today())
    act.report_use(**seen(application), day=today(), spent=Decimal("400"), receipts=Decimal("400"), results="Gut.")
    money = money_of(application.allocation.entries.all())
    assert (money.granted, money.spent, money.committed) == (Decimal("400"), Decimal("400"), Decimal("400"))


def test_withdrawn_the_money_goes_back_unless_some_is_paid(city, fund):
    application = an_application(city)
    with_letter(application, fund)
    application.refresh_from_db()
    paid = book(allocation=application.allocation, kind="spent", amount=Decimal("1"), day=today())
    with pytest.raises(act.ApplicationError, match="schon Geld ausgezahlt"):
        act.withdraw_application(**seen(application), reason="Anders.")
    book(allocation=application.allocation, kind="spent", amount=-paid.amount, day=today())
    act.withdraw_application(**seen(application), reason="Anders.")
    assert money_of(application.allocation.entries.all()).granted == 0
    assert application.project.states.order_by("-pk").first().state == "ended_early"


# ---- The database ----


def test_the_database_refuses_what_must_not_be(city, fund):
    application = an_application(city)
    approve(application, fund)
    step = {"application": application, "day": today()}
    votes = {"votes_yes": 1, "votes_no": 0, "votes_abstain": 0}
    entry = MoneyEntry.objects.get()
    other = an_application(city, title="Andere")
    act.say_complete(**seen(other))
    wrong = [
        lambda: Application.objects.filter(pk=application.pk).update(state="closed"),
        lambda: Application.objects.filter(pk=application.pk).update(deadline=today()),
        lambda: Application.objects.filter(pk=application.pk).update(amount=5),
        lambda: Application.objects.filter(pk=application.pk).update(project=None),
        lambda: ApplicationStep.objects.create(**step, kind="corrected", text="too late"),
        lambda: ApplicationStep.objects.create(application=other, day=today(), kind="corrected"),
        lambda: CostLine.objects.filter(application=application).update(amount=5),
        lambda: CostLine.objects.filter(application=application).delete(),
        lambda: CostLine.objects.create(application=application, order=9, label="x", amount=1),
        lambda: ApplicationStep.objects.filter(application=application).update(text="x"),
        lambda: ApplicationStep.objects.filter(application=application).delete(),
        application.delete,
        lambda: ApplicationStep.objects.create(**step, kind="closed"),
        lambda: ApplicationStep.objects.create(**step, kind="reported", text="x", spent=1, receipts=1),
        lambda: ApplicationStep.objects.create(**step, kind="letter"),
        lambda: ApplicationStep.objects.create(**step, kind="withdrawn", text="money is not taken back"),
        lambda: ApplicationStep.objects.create(
            application=other, day=today(), kind="approved", amount=entry.amount, fund=fund, entry=entry, **votes
        ),
        lambda: ApplicationStep.objects.create(application=other, day=today(), kind="refused", text="x"),
        lambda: ApplicationStep.objects.create(application=other, day=today(), kind="refused", **votes),
    ]
    for number, each in enumerate(wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            each()
            pytest.fail(f"taken: {number}")


def test_a_cost_plan_that_does_not_add_up_is_refused_and_can_be_corrected(city):
    with pytest.raises(act.ApplicationError, match=r"ergibt 1.200,50 Euro; .* 1.300,00"):
        an_application(city, amount=Decimal("1100"))
    assert not Application.objects.exists()
    application = an_application(city)
    more = {"amount": Decimal("50"), "own_amount": Decimal("0")}
    call = {"application": application, "seen": seen(application)["seen"], **more}
    with pytest.raises(act.ApplicationError, match="Kostenplan"):
        act.amend_application(costs=[("Papier", Decimal("49"))], **call)
    act.amend_application(costs=[("Papier", Decimal("50"))], **call)
    assert [str(line) for line in application.costs.all()] == ["Papier: 50.00"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_clerks_deciding_at_once_give_the_fund_away_once(attempt):
    PublicState.objects.get_or_create(pk=1)
    city = small_city()
    member, fund = an_action_area(city), a_fund(city["source"], "1500.00")
    one, two = (an_application(city, member=member, title=title) for title in ("Werkstatt", "Garten am Platz"))
    for application in (one, two):
        act.say_complete(**seen(application))
    calls = {app: seen(app) for app in (one, two)}
    decision = {"day": today(), "vote": VOTE, "fund": fund, "amount": Decimal("1000.50")}
    jobs = [
        lambda: act.approve_application(**calls[one], **decision),
        lambda: act.refuse_application(**calls[one], day=today(), vote=VOTE, reason="Nein."),
        lambda: act.approve_application(**calls[two], **decision),
    ]
    start = Barrier(len(jobs))

    def run(job):
        try:
            start.wait(timeout=30)
            job()
        except act.ApplicationError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        taken = list(pool.map(run, jobs))
    assert not (taken[0] and taken[1]) and not (taken[0] and taken[2]), "one decision each, one approval of the fund"
    assert money_of(MoneyEntry.objects.all()).granted == sum(taken[::2]) * Decimal("1000.50") <= 1500
    assert Project.objects.count() == sum(taken[::2])
