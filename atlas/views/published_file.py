"""`/daten/<digest>/<name>`: published files, where the WSGI shortcut does not answer (runserver, tests)."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from atlas.serving import find_answer


def published_file(request, digest: str, name: str):
    """The bytes of one published file; gzip where the client takes it."""
    answer = find_answer(digest, name)
    if answer is None:
        raise Http404(_("Diese Datei gibt es nicht."))
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    headers = dict(answer.gzip_headers if packed else answer.plain_headers)
    return HttpResponse(answer.gzip if packed else answer.plain, headers=headers)
