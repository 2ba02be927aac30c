"""Keeping rendered public pages: one decorator for every page that is the same for all readers."""

import gzip
import hashlib
from collections.abc import Callable, Collection
from functools import wraps

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils import timezone
from django.utils.translation import get_language

from areas.models import PublicState
from atlas.negotiation import is_known, takes_gzip

BROWSER_SECONDS = 60
MOST_VALUES = 60  # of a parameter that may stand several times
KEPT_PICTURE = 600_000  # bytes of a picture that is kept; larger ones would drive out too many pages
PACKED_ALREADY = ("image/png", "image/jpeg", "image/webp", "application/zip", "application/pdf")
KEPT_HEADERS = ("Content-Type", "Content-Disposition", "X-Frame-Options")


def public_page(view: Callable | None = None, *, reads: Collection[str] = (), lists: Collection[str] = ()) -> Callable:
    """Keep a page's bytes until anything public changes: `@public_page`, or `@public_page(reads={"ebene"})`.

    `lists` are parameters that may stand in the address several times, such as boxes to tick; of each the view sees
    every different value once, in order, at most MOST_VALUES.

    The page must depend on path, language, published data, the day and the query parameters in `reads` alone: no
    session, no messages, no CSRF token. The view sees no other parameters, so that nobody fills the memory with copies
    of a page or leaves something of their own on it. Only successful GET and HEAD answers are kept, and of those that
    cannot be packed (pictures) only such as are no larger than KEPT_PICTURE.
    """
    if view is None:
        return lambda decorated: public_page(decorated, reads=reads, lists=lists)

    @wraps(view)
    def kept(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        _narrow(request, reads, lists)
        if hasattr(request, "preview"):  # shown to a few, never kept
            return view(request, *args, **kwargs)
        key = _key(request)
        page = caches["pages"].get(key)
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming:
                return response
            page = _page(response)
            if page["gzip"] is not None or len(page["plain"]) <= KEPT_PICTURE:
                caches["pages"].set(key, page)
        return _answer(request, page)

    return kept


def _narrow(request: HttpRequest, reads: Collection[str], lists: Collection[str] = ()) -> None:
    """Leave the request only the parameters that the view reads, each once (the last one, as Django reads them)."""
    asked = QueryDict(mutable=True)
    for name in sorted(set(reads) & set(request.GET)):
        asked[name] = request.GET[name]
    for name in sorted(set(lists) & set(request.GET)):
        asked.setlist(name, sorted(set(request.GET.getlist(name)))[:MOST_VALUES])
    asked._mutable = False
    request.GET = asked
    request.META["QUERY_STRING"] = asked.urlencode()


def _key(request: HttpRequest) -> str:
    version = PublicState.objects.values_list("version", flat=True).get(pk=1)
    where = f"{request.scheme}://{request.get_host()}{request.path}?{request.GET.urlencode()}"
    whole = f"{version}|{timezone.localdate()}|{get_language()}|{where}"
    return hashlib.sha256(whole.encode()).hexdigest()


def _page(response: HttpResponse) -> dict:
    """What is kept of an answer: `gzip` packed, or `plain` where packing makes nothing smaller."""
    body = response.content
    packed = None
    if not response.headers.get("Content-Type", "").startswith(PACKED_ALREADY):
        packed = gzip.compress(body, compresslevel=6, mtime=0)
    return {
        "plain": body if packed is None else None,
        "gzip": packed,
        "etag": f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        "headers": {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
    }


def _answer(request: HttpRequest, page: dict) -> HttpResponse:
    caching = {"ETag": page["etag"], "Cache-Control": f"public, max-age={BROWSER_SECONDS}", "Vary": "Accept-Encoding"}
    if is_known(page["etag"], request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers=caching)
    headers = {**page["headers"], **caching}
    body = page["plain"]
    if body is None and takes_gzip(request.headers.get("Accept-Encoding", "")):
        headers["Content-Encoding"] = "gzip"
        body = page["gzip"]
    elif body is None:
        body = gzip.decompress(page["gzip"])  # rare, about a millisecond; keeping both forms would take six times more
    return HttpResponse(body, headers={**headers, "Content-Length": str(len(body))})
