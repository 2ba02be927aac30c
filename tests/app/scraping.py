"""Everything that somebody without an account can fetch, collected like a robot does: by following links."""

import re
from collections import Counter, deque
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation

from areas.models import PublishedFile

LINK = re.compile(r"""(?:href|src|data-[a-z-]+)=["']([^"'#]+)""")
ADDRESS = re.compile(r'"(/[^"\s]+|https?://[^"\s]+)"')
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
GROUPING = re.compile(r"(?<=\d)(?:[\u202f\u00a0]|\\u202f|\\u00a0)(?=\d)")
OF_ONE_KIND = 14  # addresses of one view that are fetched when only parameters differ
OUTSIDE = ("/verwaltung", "/redaktion", "/konto", "/static", "/vorschau")


@dataclass(frozen=True)
class Answer:
    """What one address answered."""

    path: str
    status: int
    kind: str
    body: bytes
    view: str

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def scrape(client, starts: list[str], *, of_one_kind: int = OF_ONE_KIND) -> list[Answer]:
    """Answers of all addresses that can be reached from `starts`, and of every published file."""
    files = [file.path for file in PublishedFile.objects.filter(is_public=True)]
    waiting, seen, answers = deque([*starts, *files]), set(), []
    views: Counter = Counter()
    while waiting:
        path = waiting.popleft()
        if path in seen:
            continue
        seen.add(path)
        view = _view(path)
        views[view] += 1
        if view is None or (views[view] > of_one_kind and path not in starts and path not in files):
            continue
        response = client.get(path, headers={"accept-encoding": "identity"})
        body = b"".join(response.streaming_content) if response.streaming else response.content
        answer = Answer(path, response.status_code, response.get("Content-Type", ""), body, view[0].rpartition(":")[2])
        answers.append(answer)
        waiting += _links(answer)
    return answers


def _view(path: str) -> tuple | None:
    """The view and what its path names; parameters do not count."""
    plain = urlsplit(path).path
    if plain.startswith(OUTSIDE):
        return None
    try:
        with translation.override(
            "de"
        ):  # which addresses there are depends on the language, and a request leaves its own
            found = resolve(plain.removeprefix("/en") or "/")
    except Resolver404:
        return None
    return found.view_name, plain.startswith("/en/")


def _links(answer: Answer) -> list[str]:
    if not any(kind in answer.kind for kind in ("html", "xml", "json")):
        return []
    found = []
    for link in [*LINK.findall(answer.text), *ADDRESS.findall(answer.text)]:
        parts = urlsplit(urljoin(f"http://testserver{answer.path}", unescape(link)))
        if parts.scheme in {"http", "https"} and parts.hostname in {"testserver", "localhost", "127.0.0.1"}:
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def numbers_in(text: str) -> set[str]:
    """Every number of a text as it is written, without the spaces that group digits."""
    plain = GROUPING.sub("", unescape(text))
    return set(NUMBER.findall(plain))


def spellings(number, decimals: int) -> set[str]:
    """How a number can be written, in German, in English and for programs."""
    plain = f"{number:.{decimals}f}"
    whole, _point, rest = plain.partition(".")
    grouped = f"{int(whole):,}"
    written = {plain, plain.replace(".", ",")}
    for mark, point in ((".", ","), (",", "."), ("\u202f", ","), ("\u00a0", ","), (" ", ",")):
        written.add(grouped.replace(",", mark) + (point + rest if rest else ""))
    return written
