"""Where django-allauth asks the portal: who may sign up (nobody), whose request it is, how secrets are kept."""

import base64
import hashlib
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.utils import filter_users_by_email
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from dortmund_sozial.client_address import visitor_address

from .actions import confirm_address


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made in the administration."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Name oder Kennwort stimmt nicht."),
        "username_password_mismatch": _("Name oder Kennwort stimmt nicht."),
        "incorrect_password": _("Das Kennwort stimmt nicht."),
        "incorrect_code": _("Dieser Code stimmt nicht oder ist abgelaufen."),
        "too_many_login_attempts": _("Zu viele Versuche. Bitte warten Sie fünf Minuten."),
        "enter_current_password": _("Bitte geben Sie Ihr bisheriges Kennwort ein."),
        "rate_limited": _("Bitte warten Sie einen Augenblick."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Whether to ask once more before something about the account changes; not right after logging in."""
        records = get_authentication_records(context.request, context.request.user)
        since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        fresh = any(record.get("at", 0) > since for record in records)
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Wrong passwords are counted by django-axes, in the database, for all workers together."""

    def send_notification_mail(
        self, template_prefix: str, user: AbstractUser, context: dict | None = None, email: str | None = None
    ) -> None:
        """Tell somebody about a change of the account, at the address that the administration entered."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address by the same rule as for the lock-out."""
        return visitor_address(request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps lie encrypted in the database: a stolen backup logs nobody in."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Dieser Code stimmt nicht oder ist abgelaufen."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypted with a key made from SECRET_KEY."""
        return secret_box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The plain secret; keys in SECRET_KEY_FALLBACKS are tried as well."""
        return secret_box().decrypt(encrypted_text.encode()).decode()


def secret_box() -> MultiFernet:
    """Encrypts with SECRET_KEY, decrypts with that and its fallbacks."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(b"accounts.second_factor:" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """A service confirms who somebody is; that there is an account, the portal decides."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """A login without an account makes none."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: object) -> None:
        """Refuse people without an active account in plain words, and addresses that two accounts share."""
        if sociallogin.is_existing and sociallogin.user.is_active and not self._is_shared(sociallogin):
            confirm_address(sociallogin.user)
            return
        raise ImmediateHttpResponse(render(request, "account/no_account.html", status=403))

    def _is_shared(self, sociallogin: object) -> bool:
        addresses = [entry.email for entry in sociallogin.email_addresses if entry.verified]
        return not sociallogin.account.pk and any(len(filter_users_by_email(email)) > 1 for email in addresses)
