"""Logging in: password, second factor, lock-out, sessions that end, single sign-on that makes no accounts."""

import time
from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount, SocialLogin
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from dortmund_sozial.accounts.actions import confirm_address
from dortmund_sozial.accounts.adapters import SecondFactorAdapter, SingleSignOnAdapter
from dortmund_sozial.accounts.guessing import name_typed
from dortmund_sozial.accounts.sessions import BEGUN, SEEN, is_over
from dortmund_sozial.settings.accounts import single_sign_on

PASSWORD = "ein-langes-kennwort-von-hier"  # noqa: S105
WRONG = "ganz-falsch"
LOGIN = "/konto/anmelden/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_counted():
    """Attempts counted by one test must not lock out the next."""
    cache.clear()


@pytest.fixture
def person():
    user = User.objects.create_user("beispiel", "beispiel@example.org", PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Redaktion"))
    return user


def log_in(client, name="beispiel", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": name, "password": password, **more})


@pytest.fixture
def secret(person):
    """The person has an authenticator app; its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("name", ["beispiel", "beispiel@example.org", "Beispiel@Example.org"])
def test_login_by_name_or_address_leads_to_the_overview(client, person, name):
    response = log_in(client, name)
    assert (response.status_code, response.url) == (302, "/redaktion/")
    assert "Was auf mich wartet" in client.get("/redaktion/").text


def test_login_leads_back_to_the_page_asked_for(client, person):
    refused = client.get("/redaktion/lieferungen/")
    assert refused.url == f"{LOGIN}?next=/redaktion/lieferungen/"
    assert log_in(client, next="/redaktion/lieferungen/").url == "/redaktion/lieferungen/"


def test_login_never_leads_to_another_host(client, person):
    assert log_in(client, next="https://example.org/").url == "/redaktion/"


def test_wrong_password_says_so_in_german_and_keeps_nothing(client, person):
    response = log_in(client, password=WRONG)
    assert response.status_code == 200
    assert 'role="alert"' in response.text
    assert "Name oder Kennwort stimmt nicht." in response.text
    assert WRONG not in response.text
    assert "_auth_user_id" not in client.session


def test_the_administration_uses_the_same_login(client, person):
    first = client.get("/verwaltung/")
    assert client.get(first.url).url.startswith(f"{LOGIN}?next=")


def test_nobody_signs_up(client):
    response = client.post("/konto/neu/", {"username": "neu", "email": "neu@example.org", "password1": PASSWORD})
    assert "Konten legt die Systemverwaltung an" in response.text
    assert not User.objects.filter(username="neu").exists()


def test_locked_account_is_told(client, person):
    User.objects.update(is_active=False)
    log_in(client)
    assert "_auth_user_id" not in client.session


def test_second_factor_is_asked_for_and_lets_in(client, person, secret):
    first = log_in(client)
    assert first.url == "/konto/anmelden/zweiter-faktor/"
    assert "_auth_user_id" not in client.session
    assert client.get("/redaktion/").status_code == 302
    assert "Zweiter Faktor" in client.get(first.url).text
    wrong = client.post(first.url, {"code": "000000"})
    assert 'class="fault"' in wrong.text
    assert client.post(first.url, {"code": code_of(secret)}).url == "/redaktion/"
    assert client.get("/redaktion/").status_code == 200


def test_a_code_of_the_app_counts_once(client, person, secret):
    code = code_of(secret)
    assert client.post(log_in(client).url, {"code": code}).url == "/redaktion/"
    second = Client()
    assert second.post(log_in(second).url, {"code": code}).status_code == 200


def test_secret_of_the_app_lies_encrypted(person, secret):
    stored = Authenticator.objects.get(user=person).data["secret"]
    assert secret not in stored
    assert SecondFactorAdapter().decrypt(stored) == secret


def test_secret_is_still_read_after_a_change_of_the_key(person, secret, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-" + "a" * 50
    assert SecondFactorAdapter().decrypt(Authenticator.objects.get(user=person).data["secret"]) == secret


@pytest.mark.parametrize("path", ["/redaktion/", "/redaktion/lieferungen/", "/verwaltung/"])
def test_without_second_factor_staff_pages_lead_to_its_set_up(client, person, settings, path):
    settings.SECOND_FACTOR_REQUIRED = True
    log_in(client)
    assert client.get(path).url == "/konto/sicherheit/"
    assert "zweiter Faktor nötig" in client.get("/konto/sicherheit/").text
    assert client.get("/impressum/").status_code == 200


def test_with_second_factor_staff_pages_open(client, person, secret, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.post(log_in(client).url, {"code": code_of(secret)})
    assert client.get("/redaktion/").status_code == 200


def test_setting_up_the_app_gives_codes_for_emergencies(client, person, settings, django_capture_on_commit_callbacks):
    settings.SECOND_FACTOR_REQUIRED = True
    log_in(client)
    page = client.get("/konto/sicherheit/app/")
    assert "QR-Code" in page.text
    with request_context(page.wsgi_request), django_capture_on_commit_callbacks(execute=True):
        done = client.post("/konto/sicherheit/app/", {"code": code_of(page.context["form"].secret)})
    assert done.url == "/konto/sicherheit/notfallcodes/"
    assert client.get(done.url).text.count("<code>") == 10
    assert client.get("/redaktion/").status_code == 200
    assert {message.to[0] for message in mail.outbox} == {"beispiel@example.org"}
    assert mail.outbox[0].subject == "[Sozialportal] App eingerichtet"
    assert "An Ihrem Konto hat sich etwas geändert" in mail.outbox[0].body


@pytest.mark.parametrize("name", ["beispiel", "beispiel@example.org"])
def test_five_wrong_passwords_close_the_account_from_here(client, person, settings, name):
    settings.AXES_ENABLED = True
    answers = [log_in(client, name, WRONG) for _ in range(5)]
    assert [answer.status_code for answer in answers[:4]] == [200] * 4
    assert answers[4].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Zu viele Versuche" in answers[4].text
    assert log_in(client, name).status_code == HTTPStatus.TOO_MANY_REQUESTS  # the right one, too late
    assert "_auth_user_id" not in client.session
    assert AccessAttempt.objects.get().username == name


def test_a_success_forgets_earlier_failures(client, person, settings):
    settings.AXES_ENABLED = True
    for _ in range(4):
        log_in(client, password=WRONG)
    assert log_in(client).status_code == 302
    assert not AccessAttempt.objects.exists()


@pytest.mark.parametrize(
    ("credentials", "name"),
    [({"username": " Beispiel "}, "beispiel"), ({"email": "A@example.org"}, "a@example.org"), ({}, None), (None, None)],
)
def test_guesses_are_counted_by_the_name_typed(rf, credentials, name):
    assert name_typed(rf.get("/"), credentials) == name


def test_idle_sessions_end(client, person, settings):
    log_in(client)
    session = client.session
    session[SEEN] -= settings.SESSION_IDLE_MINUTES * 60 + 5
    session.save()
    assert client.get("/redaktion/").url.startswith(LOGIN)


def test_sessions_end_after_a_days_work(client, person, settings):
    log_in(client)
    session = client.session
    session[BEGUN] -= settings.SESSION_MAX_HOURS * 3600 + 5
    session.save()
    assert client.get("/redaktion/").url.startswith(LOGIN)


def test_work_keeps_a_session_alive(client, person):
    log_in(client)
    session = client.session
    session[SEEN] -= 20 * 60
    session.save()
    client.get("/redaktion/")
    assert time.time() - client.session[SEEN] < 5


@pytest.mark.parametrize(("idle", "age", "over"), [(29, 11, False), (31, 1, True), (1, 13, True), (30, 12, False)])
def test_when_a_session_is_over(idle, age, over, settings):
    settings.SESSION_IDLE_MINUTES, settings.SESSION_MAX_HOURS = 30, 12
    assert is_over({SEEN: 10**9 - idle * 60, BEGUN: 10**9 - age * 3600}, 10**9) is over


def test_public_pages_read_no_session(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Cookie" not in client.get("/impressum/").headers.get("Vary", "")


def test_a_new_password_ends_all_other_sessions(client, person):
    elsewhere = Client()
    log_in(elsewhere)
    log_in(client)
    new = "ein-anderes-langes-kennwort"
    done = client.post("/konto/kennwort/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert done.status_code == 302
    assert client.get("/redaktion/").status_code == 200
    assert elsewhere.get("/redaktion/").status_code == 302


def test_logging_out_needs_a_form(client, person):
    log_in(client)
    assert "Abmelden?" in client.get("/konto/abmelden/").text
    assert "_auth_user_id" in client.session
    assert client.post("/konto/abmelden/").url == "/"
    assert "_auth_user_id" not in client.session


def test_forgotten_password_by_mail(client, person):
    assert client.post("/konto/kennwort/vergessen/", {"email": "beispiel@example.org"}).status_code == 302
    [message] = mail.outbox
    path = next(word for word in message.body.split() if "/konto/kennwort/neu/" in word)
    form = client.get("/" + path.split("/", 3)[3], follow=True)
    new = "ein-anderes-langes-kennwort"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert log_in(client, password=new).url == "/redaktion/"


def test_forgotten_password_does_not_tell_who_has_an_account(client, person):
    known = client.post("/konto/kennwort/vergessen/", {"email": "beispiel@example.org"}, follow=True)
    unknown = client.post("/konto/kennwort/vergessen/", {"email": "niemand@example.org"}, follow=True)
    assert known.text == unknown.text


def test_a_spent_address_for_a_password_is_explained(client):
    assert "gilt nicht mehr" in client.get("/konto/kennwort/neu/1-falsch/").text


@pytest.mark.parametrize("path", [LOGIN, "/konto/kennwort/vergessen/", "/konto/neu/"])
def test_pages_keep_the_content_policy_and_stay_out_of_search(client, path):
    response = client.get(path)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert 'name="robots" content="noindex"' in response.text
    assert " onclick=" not in response.text


def test_single_sign_on_is_off_without_its_settings():
    assert single_sign_on("", "a", "b", "c")["openid_connect"]["APPS"] == []
    [app] = single_sign_on("https://sso.example.org", "a", "b", "Stadt")["openid_connect"]["APPS"]
    assert (app["name"], app["settings"]["server_url"]) == ("Stadt", "https://sso.example.org")


@pytest.fixture
def service(settings):
    """Single sign-on is set up."""
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on("https://sso.example.org", "portal", "geheim", "Stadt-Anmeldung")


def test_login_offers_the_service_when_it_is_set_up(client, service):
    assert "Stadt-Anmeldung" in client.get(LOGIN).text


def test_login_offers_no_service_otherwise(client):
    assert "Stadt-Anmeldung" not in client.get(LOGIN).text


def signing_on(rf, service, email, verified):
    request = rf.get("/")
    provider = SingleSignOnAdapter().get_provider(request, "oidc")
    account = SocialAccount(provider="oidc", uid="4711")
    address = EmailAddress(email=email, verified=verified, primary=True)
    return request, SocialLogin(User(email=email), account, provider=provider, email_addresses=[address])


@pytest.mark.parametrize(
    ("email", "verified", "found"),
    [("beispiel@example.org", True, True), ("beispiel@example.org", False, False), ("fremd@example.org", True, False)],
)
def test_service_finds_accounts_by_confirmed_address_only(rf, person, service, email, verified, found):  # noqa: PLR0917
    _request, login = signing_on(rf, service, email, verified)
    login.lookup()
    assert login.is_existing is found


def test_login_by_the_service_keeps_the_password(rf, person, service):
    request, login = signing_on(rf, service, "beispiel@example.org", True)
    login.lookup()
    SingleSignOnAdapter().pre_social_login(request, login)
    assert EmailAddress.objects.get(user=person).verified
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("case", ["unknown", "locked", "shared"])
def test_service_is_refused_in_plain_words(rf, person, service, case):
    if case == "locked":
        User.objects.update(is_active=False)
    if case == "shared":
        User.objects.create_user("zweites", "beispiel@example.org", PASSWORD)
    email = "fremd@example.org" if case == "unknown" else "beispiel@example.org"
    request, login = signing_on(rf, service, email, True)
    login.lookup()
    with pytest.raises(ImmediateHttpResponse) as refused:
        SingleSignOnAdapter().pre_social_login(request, login)
    assert refused.value.response.status_code == 403
    assert "Kein Konto im Portal" in refused.value.response.text


def test_an_address_that_was_replaced_leads_nowhere(rf, person, service):
    confirm_address(person)
    person.email = "neu@example.org"
    confirm_address(person)
    person.save()
    assert [entry.email for entry in EmailAddress.objects.all()] == ["neu@example.org"]
    _request, login = signing_on(rf, service, "beispiel@example.org", True)
    login.lookup()
    assert not login.is_existing


def test_service_makes_no_accounts(rf, service):
    request, login = signing_on(rf, service, "fremd@example.org", True)
    assert SingleSignOnAdapter().is_open_for_signup(request, login) is False


def test_every_address_below_konto_answers(client, person, secret):
    client.post(log_in(client).url, {"code": code_of(secret)})
    names = ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_deactivate_totp", "account_change_password"]
    for name in [*names, "mfa_generate_recovery_codes", "account_logout", "account_reauthenticate"]:
        assert client.get(reverse(name)).status_code == 200, name
