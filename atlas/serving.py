"""Serving published files before Django starts working on a request (ADR 0003).

A published file never changes under its address, so it can be answered from memory with no middleware, no
session and no database. Anything else goes on to Django.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock

from django.db import close_old_connections

from areas.models import PublishedFile
from atlas.negotiation import is_known, takes_gzip

ADDRESS = re.compile(r"/daten/([0-9a-f]{24})/([A-Za-z0-9_./-]+)")
IMMUTABLE = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Answer:
    """A ready response: headers and body for clients with and without gzip."""

    etag: str
    plain: bytes
    gzip: bytes
    plain_headers: list[tuple[str, str]]
    gzip_headers: list[tuple[str, str]]


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

    Keeps the most recently used answers up to `max_bytes` per process.
    """

    def __init__(self, application: Callable, max_bytes: int = 32_000_000):
        self.application = application
        self.max_bytes = max_bytes
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith("/daten/") or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        answer = self._answers.get(path) or self._load(path)
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
                self._answers[path] = answer
                self._bytes += len(answer.plain) + len(answer.gzip)
            while self._bytes > self.max_bytes and len(self._answers) > 1:
                _path, oldest = self._answers.popitem(last=False)
                self._bytes -= len(oldest.plain) + len(oldest.gzip)
