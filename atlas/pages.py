"""Keeping rendered public pages: one decorator for every page that is the same for all readers."""

import gzip
import hashlib
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language

from areas.models import PublicState

BROWSER_SECONDS = 60


def public_page(view: Callable) -> Callable:
    """Keep a page's bytes until anything public changes.

    The page must depend on path, query, language and published data alone: no session, no messages, no CSRF
    token. Only successful GET and HEAD answers are kept; other answers pass through.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        key = _key(request)
        page = caches["pages"].get(key)
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming:
                return response
            page = _page(response)
            caches["pages"].set(key, page)
        return _answer(request, page)

    return kept


def _key(request: HttpRequest) -> str:
    version = PublicState.objects.values_list("version", flat=True).get(pk=1)
    query = urlencode(sorted(request.GET.lists()), doseq=True)
    whole = f"{version}|{get_language()}|{request.get_host()}|{request.path}?{query}"
    return hashlib.sha256(whole.encode()).hexdigest()


def _page(response: HttpResponse) -> dict:
    body = response.content
    kept = ("Content-Type", "Content-Disposition", "X-Frame-Options")
    return {
        "plain": body,
        "gzip": gzip.compress(body, compresslevel=6, mtime=0),
        "etag": f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        "headers": {name: response.headers[name] for name in kept if name in response.headers},
    }


def _answer(request: HttpRequest, page: dict) -> HttpResponse:
    caching = {"ETag": page["etag"], "Cache-Control": f"public, max-age={BROWSER_SECONDS}", "Vary": "Accept-Encoding"}
    if request.headers.get("If-None-Match") == page["etag"]:
        return HttpResponseNotModified(headers=caching)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    headers = {**page["headers"], **caching}
    if packed:
        headers["Content-Encoding"] = "gzip"
    body = page["gzip"] if packed else page["plain"]
    return HttpResponse(body, headers={**headers, "Content-Length": str(len(body))})
