"""Sessions of people who are logged in: they end after a while without a request and after a day's work.

An engine instead of middleware: a session that is over is over wherever it is read, and public pages, which never
read one, cost nothing.
"""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

BEGUN, SEEN = "_begun", "_seen"
NOTED_EVERY = 60  # seconds; not every request writes


class SessionStore(DatabaseStore):
    """Database sessions with an end."""

    def load(self) -> dict:
        """The session's data; nothing when it is over."""
        data = super().load()
        if SESSION_KEY not in data:
            return data
        now = int(time.time())
        if is_over(data, now):
            self.delete(self.session_key)
            self._session_key = None
            return {}
        if now - data.get(SEEN, 0) >= NOTED_EVERY:
            data[SEEN] = now
            data.setdefault(BEGUN, now)
            self.modified = True
        return data

    @classmethod
    def get_model_class(cls) -> type:
        """Django's own table: nothing else is stored."""
        return DatabaseStore.get_model_class()


def is_over(data: dict, now: int) -> bool:
    """Whether a session with these marks is over at `now` (seconds)."""
    idle = now - data.get(SEEN, now)
    age = now - data.get(BEGUN, now)
    return idle > settings.SESSION_IDLE_MINUTES * 60 or age > settings.SESSION_MAX_HOURS * 3600


def begin(sender: object, request: object, **kwargs: object) -> None:
    """Receiver of `user_logged_in`: the day's work begins now."""
    now = int(time.time())
    request.session[BEGUN], request.session[SEEN] = now, now
