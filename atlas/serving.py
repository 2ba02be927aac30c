"""Serving published files before Django starts working on a request (ADR 0003).

A published file never changes under its address, so it can be answered from memory with no middleware, no
session and no database. Anything else goes on to Django.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock

from django.db import DatabaseError, close_old_connections

from areas.models import PublishedFile
from atlas.negotiation import is_known, takes_gzip

ADDRESS = re.compile(r"/daten/([0-9a-f]{24})/([A-Za-z0-9_./-]+)")
CHECK_AFTER = 60.0  # seconds after which a worker asks whether a file it remembers is still public
IMMUTABLE = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Answer:
    """A ready response: headers and body for clients with and without gzip."""

    etag: str
    plain: bytes
    gzip: bytes
    plain_headers: list[tuple[str, str]]
    gzip_headers: list[tuple[str, str]]


def is_public(digest: str, name: str) -> bool:
    """Whether an address still answers: files of withdrawn releases do not. 1 query."""
    return PublishedFile.objects.filter(digest=digest, name=name, is_public=True).exists()


def find_answer(digest: str, name: str) -> Answer | None:
    """The answer for an immutable address; None when there is no such file."""
    file = PublishedFile.objects.filter(digest=digest, name=name, is_public=True).first()
    if file is None:
        return None
    plain, packed, etag = bytes(file.plain), bytes(file.gzip), f'"{digest}"'
    return Answer(
        etag=etag,
        plain=plain,
        gzip=packed,
        plain_headers=_headers(file.content_type, etag, plain),
        gzip_headers=[*_headers(file.content_type, etag, packed), ("Content-Encoding", "gzip")],
    )


def _headers(content_type: str, etag: str, body: bytes) -> list[tuple[str, str]]:
    return [
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
        ("Cache-Control", IMMUTABLE),
        ("ETag", etag),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
        ("Access-Control-Allow-Origin", "*"),
    ]


class PublishedFiles:
    """WSGI application around another one that answers `/daten/<digest>/<name>` from memory.

    Keeps the most recently used answers up to `max_bytes` per process, and asks once a minute whether they still hold.
    """

    def __init__(self, application: Callable, max_bytes: int = 32_000_000):
        self.application = application
        self.max_bytes = max_bytes
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._checked: dict[str, float] = {}
        self._bytes = 0
        self._lock = Lock()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith("/daten/") or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        answer = self._remembered(path) or self._load(path)
        if answer is None:
            return self.application(environ, start_response)
        return self._respond(answer, environ, start_response)

    def _respond(self, answer: Answer, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if is_known(answer.etag, environ.get("HTTP_IF_NONE_MATCH", "")):
            start_response("304 Not Modified", [("ETag", answer.etag), ("Cache-Control", IMMUTABLE)])
            return [b""]
        packed = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        start_response("200 OK", answer.gzip_headers if packed else answer.plain_headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            return [b""]
        return [answer.gzip if packed else answer.plain]

    def _remembered(self, path: str) -> Answer | None:
        """What this process keeps, unless it was withdrawn. While the database is away, what it keeps still holds."""
        answer = self._answers.get(path)
        if answer is None or time.monotonic() - self._checked.get(path, 0) < CHECK_AFTER:
            return answer
        self._checked[path] = time.monotonic()
        close_old_connections()
        try:
            stays = is_public(*ADDRESS.fullmatch(path).groups())
        except DatabaseError:
            stays = True
        finally:
            close_old_connections()
        if not stays:
            self._forget(path)
        return answer if stays else None

    def _forget(self, path: str) -> None:
        with self._lock:
            gone = self._answers.pop(path, None)
            if gone is not None:
                self._bytes -= len(gone.plain) + len(gone.gzip)
            self._checked.pop(path, None)

    def _load(self, path: str) -> Answer | None:
        match = ADDRESS.fullmatch(path)
        if match is None:
            return None
        close_old_connections()
        try:
            answer = find_answer(*match.groups())
        finally:
            close_old_connections()
        if answer is not None:
            self._keep(path, answer)
        return answer

    def _keep(self, path: str, answer: Answer) -> None:
        with self._lock:
            if path not in self._answers:
                self._answers[path], self._checked[path] = answer, time.monotonic()
                self._bytes += len(answer.plain) + len(answer.gzip)
            while self._bytes > self.max_bytes and len(self._answers) > 1:
                gone, oldest = self._answers.popitem(last=False)
                self._checked.pop(gone, None)
                self._bytes -= len(oldest.plain) + len(oldest.gzip)
