"""Accounts: login (django-allauth), lock-out (django-axes), sessions, single sign-on, tokens (docs/roles.md)."""

from datetime import timedelta
from urllib.parse import urlsplit

from environs import Env

env = Env()

# Earlier keys: what they signed or encrypted is still read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/redaktion/"
LOGOUT_REDIRECT_URL = "/"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Five wrong passwords for an account from an address: an hour's rest, and a page that says so.
AXES_VERBOSE = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "dortmund_sozial.accounts.guessing.name_typed"
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_RESET_ON_SUCCESS = True

# Accounts are made in the administration; nobody signs up.
ACCOUNT_ADAPTER = "dortmund_sozial.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Sozialportal] "
ACCOUNT_SESSION_REMEMBER = False  # ends with the browser
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds
ACCOUNT_USER_DISPLAY = "dortmund_sozial.accounts.names.shown_name"
ACCOUNT_PREVENT_ENUMERATION = True

MFA_ADAPTER = "dortmund_sozial.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sozialportal Dortmund"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
# Whoever works on figures needs a second factor.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", True)

# Sessions end after a while without a request, after a day's work, and with a new password.
SESSION_ENGINE = "dortmund_sozial.accounts.sessions"
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 30)
SESSION_MAX_HOURS = env.int("SESSION_MAX_HOURS", 12)
SESSION_COOKIE_AGE = SESSION_MAX_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Single sign-on by OpenID Connect: on when all three are there.
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", "")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", "")
# Browsers follow the form to the service only when the content security policy names it.
OIDC_ORIGIN = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))] if OIDC_SERVER_URL else []
OIDC_NAME = env.str("OIDC_NAME", "Anmeldedienst")
# The provider asks for a second factor itself, so the portal does not.
OIDC_HAS_SECOND_FACTOR = env.bool("OIDC_HAS_SECOND_FACTOR", False)
SOCIALACCOUNT_ADAPTER = "dortmund_sozial.accounts.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # by an address that the provider has verified
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "dienst"


def single_sign_on(server_url: str, client_id: str, secret: str, name: str) -> dict:
    """`SOCIALACCOUNT_PROVIDERS` for one OpenID Connect service; without one when something is missing."""
    apps = []
    if server_url and client_id and secret:
        apps = [
            {
                "provider_id": "oidc",
                "name": name,
                "client_id": client_id,
                "secret": secret,
                "settings": {"server_url": server_url, "fetch_userinfo": True, "oauth_pkce_enabled": True},
            }
        ]
    return {"openid_connect": {"APPS": apps}}


SOCIALACCOUNT_PROVIDERS = single_sign_on(OIDC_SERVER_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME)

# Tokens of the interface: stored as digests, shown once, valid for a year at most.
KNOX_TOKEN_MODEL = "dortmund_sozial.ApiToken"  # noqa: S105 - a name
API_TOKEN_MAX_DAYS = env.int("API_TOKEN_MAX_DAYS", 365)
REST_KNOX = {"TOKEN_TTL": timedelta(days=API_TOKEN_MAX_DAYS), "TOKEN_PREFIX": "sozial_"}
