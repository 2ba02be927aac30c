"""Production's way of working, without TLS in front."""

from dortmund_sozial.settings.base import *  # noqa: F403

SECRET_KEY = "bench-" + "b" * 50
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.bench.baseline"
WSGI_APPLICATION = "dortmund_sozial.wsgi.application"
AXES_ENABLED = False
WHITENOISE_USE_FINDERS = True  # no collectstatic needed before measuring
