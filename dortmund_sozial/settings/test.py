"""The test suite: as close to production as is fast."""

from .base import *

SECRET_KEY = "test-" + "t" * 50
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
SECOND_FACTOR_REQUIRED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Work that waits for a worker runs at once.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Nothing is collected for tests; WhiteNoise would complain about the missing folder at every start.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
# A connection kept by a live server's thread would hold the test database open.
DATABASES["default"]["CONN_MAX_AGE"] = 0
