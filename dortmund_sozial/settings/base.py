"""Settings that hold in every environment. Everything that differs is read from environment variables.

Every variable is described in docs/configuration.md (a test compares both).
"""

from pathlib import Path

import dj_database_url
import pghistory
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from .accounts import *
from .mail import *
from .native import native_library

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = env.str("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

GDAL_LIBRARY_PATH = native_library(env.str("GDAL_LIBRARY_PATH", ""), "pyogrio", "libgdal*")
GEOS_LIBRARY_PATH = native_library(env.str("GEOS_LIBRARY_PATH", ""), "shapely", "libgeos_c*")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "knox",
    "axes",
    "csp",
    "leaflet",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "rest_framework_gis",
    "drf_spectacular",
    "django_tasks",
    "dortmund_sozial",
    "areas",
    "indicators",
    "actionplan",
    "atlas",
    "django_tasks_db",  # behind our own apps: the first one that has a command of a name wins (db_worker)
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "atlas.preview.preview",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
    # Innermost, so that their answers carry the language and the security headers of all others.
    "dortmund_sozial.middleware.refuse_unreadable",
    "dortmund_sozial.middleware.explain_refusal",
    "dortmund_sozial.middleware.keep_to_oneself",
    "dortmund_sozial.accounts.second_factor.ask_for_second_factor",
    "dortmund_sozial.recording.record_who",
]

ROOT_URLCONF = "dortmund_sozial.urls"
WSGI_APPLICATION = "dortmund_sozial.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "atlas.context_processors.portal",
            ],
        },
    },
]

# One engine everywhere (ADR 0002): PostgreSQL with PostGIS.
DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", "postgis:///dortmund_sozial"),
        engine="django.contrib.gis.db.backends.postgis",
        conn_max_age=env.int("DATABASE_CONN_MAX_AGE", 60),
        conn_health_checks=True,
    )
}
# Compiling a query takes longer than running it here: 1.1 s of the 1.2 s of a list of funds with their sums.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Rendered public pages, keyed by the state of the published data; each worker has its own.
    "pages": {
        "BACKEND": "dortmund_sozial.caching.BoundedMemoryCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_BYTES": env.int("PAGE_CACHE_MEGABYTES", 48) * 1_000_000},
    },
    # What public pages are made of (areas/kept.py), keyed by the state of the published data.
    "parts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "parts",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
    # Drawings of boundaries, keyed by the digest of the published file.
    "drawings": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "drawings",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 40},
    },
}

# Files that planners bring in: small ones in memory, larger ones on disk, none above the limit.
UPLOAD_MAX_MEGABYTES = env.int("UPLOAD_MAX_MEGABYTES", 50)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "dortmund_sozial.upload_handlers.CarefulUploadHandler",
]
# A check whose worker has given no sign of life for so long counts as lost.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # the mapping of a workbook asks three things of each column of each sheet
UPLOAD_STUCK_SECONDS = env.int("UPLOAD_STUCK_SECONDS", 120)

# History by database triggers (docs/provenance.md); its tables are found by row and time, so nothing else is indexed.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
# After so many days names of editors are forgotten by `purge_editor_names`; roles stay. 0: no name is kept any longer.
EDITOR_NAMES_DAYS = env.int("EDITOR_NAMES_DAYS", 730)

# Long work (reading uploads, publishing, reports) waits in the database for `manage.py db_worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Documents (docs/reports.md): a worker that has given no sign of life for so long is lost, and its report begins again.
REPORT_STUCK_SECONDS = env.int("REPORT_STUCK_SECONDS", 30)
REPORT_DAYS = env.int("REPORT_DAYS", 14)  # that a finished file is kept
# How many documents all processes of the web server compute at once for visitors (fewer than there are processes, or
# nobody gets a page meanwhile), and how long a request waits for that.
REPORTS_AT_ONCE = env.int("REPORTS_AT_ONCE", 1)
REPORT_PATIENCE_SECONDS = env.int("REPORT_PATIENCE_SECONDS", 1)

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["dortmund_sozial.formats"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CSRF_FAILURE_VIEW = "atlas.views.errors.csrf_failure"

# Nothing loads from another host, nothing runs inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "object-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGIN],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
    # Only answers that have to be computed count; kept ones are free (atlas/answers.py).
    "DEFAULT_THROTTLE_CLASSES": ["dortmund_sozial.throttling.ByVisitor"],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("API_RATE", "600/minute"),
        "subscribe": env.str("SUBSCRIBE_RATE", "10/hour"),
        "plan_forms": env.str("PLAN_FORM_RATE", "10/hour"),
        "uploads": env.str("API_UPLOAD_RATE", "60/minute"),
        "reports": env.str("REPORT_RATE", "60/hour"),
        "pictures": env.str("PICTURE_RATE", "240/hour"),
        "kept_forms": env.str("KEPT_FORM_RATE", "60/hour"),
    },
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Sozialportal Dortmund",
    "DESCRIPTION": "Gebiete, Indikatoren und veröffentlichte Kennwerte. Nur lesen, ohne Anmeldung.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
}

LEAFLET_CONFIG = {"TILES": [], "ATTRIBUTION_PREFIX": None, "RESET_VIEW": False, "NO_GLOBALS": False}

# Facts about the operator, shown on imprint, privacy and accessibility pages. Empty means: the page says
# plainly that the operator still has to fill this in.
OPERATOR = {
    "name": env.str("OPERATOR_NAME", ""),
    "address": env.str("OPERATOR_ADDRESS", ""),
    "email": env.str("OPERATOR_EMAIL", ""),
    "phone": env.str("OPERATOR_PHONE", ""),
    "responsible": env.str("OPERATOR_RESPONSIBLE", ""),
    "privacy_contact": env.str("OPERATOR_PRIVACY_CONTACT", ""),
}
OPERATOR_LICENCES_CONFIRMED = env.bool("OPERATOR_LICENCES_CONFIRMED", False)
PORTAL_URL = env.str("PORTAL_URL", "")

# The city that this installation is about (docs/another-city.md); loaded by prepare_portal.
CITY_FOLDER = Path(env.str("CITY_FOLDER", "") or BASE_DIR / "fixtures")

# Somebody other than the last editor has to approve a release.
RELEASE_FOUR_EYES = env.bool("RELEASE_FOUR_EYES", True)
RELEASE_FOUR_EYES_STRICT = env.bool("RELEASE_FOUR_EYES_STRICT", False)

# What citizens and organisations can send in (docs/ideas-and-applications.md); both are off unless wanted.
IDEA_BOX = env.bool("IDEA_BOX", False)
APPLICATION_FORM = env.bool("APPLICATION_FORM", False)
# Days from a deadline on which organisation and watching staff are reminded; negative: before it.
PLAN_REMINDER_DAYS = env.list("PLAN_REMINDER_DAYS", [-14, -3, 1, 14], subcast=int)
# Done once a day, after six in the morning, by `run_schedule`; each must be safe to be done twice.
DAILY_WORK = [
    "actionplan.actions.reminding.remind_of_deadlines",
    "atlas.actions.report_keeping.forget_old_reports",
    "atlas.actions.compilations.forget_clerks",
]
# Done every minute by `run_schedule`, in the same way.
MINUTE_WORK = ["atlas.actions.report_keeping.take_up_stuck_reports"]
IDEA_KEEP_DAYS = env.int("IDEA_KEEP_DAYS", 90)  # after the decision: then addresses and refused ideas are forgotten

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
