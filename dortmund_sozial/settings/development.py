"""A developer's or citizen's own machine: `./start` uses these."""

from .base import *

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = SECRET_KEY or "only-for-this-machine-" + "x" * 40
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
