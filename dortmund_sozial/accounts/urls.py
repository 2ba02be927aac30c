"""Addresses below /konto/: the views are django-allauth's, under German names and only those that are needed.

The names are allauth's own, because it looks its pages up by them.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as service
from django.urls import include, path, re_path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="mfa_index"), name="account_home"),
    path("anmelden/", account.login, name="account_login"),
    path("anmelden/zweiter-faktor/", second_factor.authenticate, name="mfa_authenticate"),
    path("anmelden/passkey/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("abmelden/", account.logout, name="account_logout"),
    path("gesperrt/", account.account_inactive, name="account_inactive"),
    path("neu/", account.signup, name="account_signup"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("bestaetigen/zweiter-faktor/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("bestaetigen/passkey/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("kennwort/", account.password_change, name="account_change_password"),
    path("kennwort/setzen/", account.password_set, name="account_set_password"),
    path("kennwort/vergessen/", account.password_reset, name="account_reset_password"),
    path("kennwort/vergessen/gesendet/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^kennwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("kennwort/gespeichert/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("sicherheit/", second_factor.index, name="mfa_index"),
    path("sicherheit/app/", app.activate_totp, name="mfa_activate_totp"),
    path("sicherheit/app/entfernen/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("sicherheit/notfallcodes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("sicherheit/notfallcodes/neu/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sicherheit/notfallcodes/datei/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("sicherheit/schluessel/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("sicherheit/schluessel/neu/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("sicherheit/schluessel/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("sicherheit/schluessel/<int:pk>/entfernen/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("dienst/abgebrochen/", service.login_cancelled, name="socialaccount_login_cancelled"),
    path("dienst/fehler/", service.login_error, name="socialaccount_login_error"),
    path("dienst/neu/", service.signup, name="socialaccount_signup"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
