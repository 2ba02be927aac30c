"""`/daten/<digest>/<name>`: published files, where the WSGI shortcut does not answer (runserver, tests)."""

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.negotiation import is_known, takes_gzip
from atlas.serving import IMMUTABLE, find_answer


@require_safe
def published_file(request, digest: str, name: str):
    """The bytes of one published file; gzip where the client takes it."""
    answer = find_answer(digest, name)
    if answer is None:
        raise Http404(_("Diese Datei gibt es nicht."))
    if is_known(answer.etag, request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": answer.etag, "Cache-Control": IMMUTABLE})
    packed = takes_gzip(request.headers.get("Accept-Encoding", ""))
    headers = dict(answer.gzip_headers if packed else answer.plain_headers)
    return HttpResponse(answer.gzip if packed else answer.plain, headers=headers)
