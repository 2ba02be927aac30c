"""Browser tests: Debian's Chromium against a live server, each page watched for foreign requests and errors.

The server here is not pytest-django's `live_server`: that one empties every table after each test and would
delete the city's data that `tests/conftest.py` loads once. Browser tests read pages; one that writes must clean up.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.colleagues import as_person, colleagues  # noqa: F401 - fixtures for all tests of this folder

# Playwright's sync API runs an event loop in this thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

_HERE = Path(__file__).parent

# One engine in two of Debian's packages; the one without windows needs half the processor's time
# (scripts/lib/throwaway.sh looks for the same).
BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")

# What a page shows is waited for (`expect`), never read once right after a click: the answer may be on its way.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items):
    """Everything in this folder carries the mark `browser`.

    What fails because something did not appear in time is run once more, and pytest's summary names it (RERUN): a loaded
    machine may be slow, but a name seen there again and again is a fault to repair. Every other failure counts at once.
    """
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["[Tt]imeout"]))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, the first that is there; CHROMIUM names another one."""
    installed = next((place for place in BROWSERS if Path(place).exists()), BROWSERS[-1])
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", installed),
        "args": ["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A desktop window, German."""
    return {**browser_context_args, "viewport": {"width": 1280, "height": 900}, "locale": "de-DE"}


@pytest.fixture(scope="session")
def _server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def portal(dortmund, _server):
    """Address of the running portal with the whole city loaded; asking for it is enough to `visit` real pages."""
    return _server.url


@pytest.fixture
def server(_server, django_db_blocker):
    """The running portal (`server.url`); the database may be used in tests that ask for it."""
    with django_db_blocker.unblock():
        yield _server


class Watch:
    """Collects what a page must not do: ask another host, fail, write errors to the console."""

    def __init__(self, page, url):
        self.host = urlsplit(url).netloc
        self.requests = []
        self.problems = []
        self._allowed = []
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))

    def allow(self, pattern):
        """Accept problems whose text matches the regular expression `pattern`, such as an expected 404."""
        self._allowed.append(re.compile(pattern))

    def unexpected(self):
        """Problems that nobody allowed."""
        return [text for text in self.problems if not any(rule.search(text) for rule in self._allowed)]

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in {"data", "blob"}:
            return
        self.requests.append(request.url)
        if parts.netloc != self.host:
            self.problems.append(f"request to another host: {request.url}")

    def _console(self, message):
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")


@pytest.fixture
def watch_page(server):
    """Give it a page of your own making (other context, no JavaScript); the test fails if that page misbehaves."""
    watches = []

    def start(page):
        watches.append(Watch(page, server.url))
        return watches[-1]

    yield start
    unexpected = [problem for watch in watches for problem in watch.unexpected()]
    if unexpected:
        pytest.fail("The page misbehaved:\n" + "\n".join(unexpected))


@pytest.fixture
def watch(page, watch_page):
    """The watch over `page`: `watch.requests`, `watch.allow(pattern)`."""
    return watch_page(page)


@pytest.fixture
def visit(page, watch, server):
    """`visit("/karte/", width=360, scheme="dark")` opens a path in the watched page and returns the page."""

    def open_path(path, *, width=1280, height=900, scheme="light"):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.goto(server.url + path)
        return page

    return open_path
