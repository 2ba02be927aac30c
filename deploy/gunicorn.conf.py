"""gunicorn for ./start, the container and bare metal; every value can be set from the environment.

Described in docs/configuration.md.
"""

import os
import re
from pathlib import Path

from gunicorn.glogging import Logger

_SECRET = re.compile(r"/vorschau/[^/]+/")


class WithoutSecrets(Logger):
    """The address of a preview is its secret: it does not belong into a log."""

    def atoms(self, *args):
        """What a line of the access log is made of, with the secret left out."""
        atoms = super().atoms(*args)
        return {k: _SECRET.sub("/vorschau/…/", v) if isinstance(v, str) else v for k, v in atoms.items()}


logger_class = WithoutSecrets

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
timeout = int(os.environ.get("WEB_TIMEOUT", "60"))  # seconds
graceful_timeout = 10  # seconds
max_requests = int(os.environ.get("WEB_MAX_REQUESTS", "0"))
max_requests_jitter = max_requests // 10
accesslog = os.environ.get("WEB_ACCESS_LOG") or None
# No query strings: they hold what somebody searched for and where somebody stands.
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
errorlog = "-"
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")

# The application is loaded once, before the workers are forked: they start at once and share its memory.
preload_app = True
# gunicorn's control socket would be one more way in.
control_socket_disable = True
# The workers' heartbeat belongs into memory, not onto a disk that may be slow.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
