"""A developer's or citizen's own machine: `./start` uses these.

`manage.py` in another window finds the private database of a running `./start` by itself.
"""

import os
from pathlib import Path

_URL_FILE = Path(__file__).resolve().parent.parent.parent / ".local" / "run" / "database-url"
if "DATABASE_URL" not in os.environ and os.access(_URL_FILE, os.R_OK):
    os.environ["DATABASE_URL"] = _URL_FILE.read_text(encoding="utf-8").strip()

from .base import *  # noqa: E402

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = SECRET_KEY or "only-for-this-machine-" + "x" * 40
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", False)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on this machine, without TLS
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]

if not DEBUG:
    # Served as in production: hashed, compressed, immutable. ./start collects them when they change.
    STORAGES["staticfiles"] = {"BACKEND": "dortmund_sozial.staticfiles.HashedStaticFilesStorage"}
