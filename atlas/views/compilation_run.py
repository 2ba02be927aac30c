"""One run of a compilation: its files, and what changed since the run before."""

import re
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlas.actions.compilation_runs import compare_again, make_again
from atlas.actions.compilations import CompilationError
from atlas.kept_posts import login_keeps
from atlas.models import Compilation, CompilationRun
from atlas.reports.changes import Kind, changes_of
from atlas.reports.changes_told import LABELS, Line, change_document, change_sheet, counts, lines
from atlas.reports.formats import FORMATS, written
from atlas.reports.origin import origin_of, writers_words
from atlas.selectors.compilations import run_files
from atlas.views.compilations import VIEW, crumbs_of, kept_for
from atlas.views.csv_answer import csv_answer
from indicators.models import Release

ASK = "atlas.ask_report"
PER_PAGE = 100
LATE = timedelta(minutes=5)  # after which a comparison that is not there may be asked for again
CSV = "csv"
SHEETS = ("xlsx", "ods")
_STARTS_FORMULA = tuple("=+-@\t\r")
_SIGNED = re.compile(r"[+-][\d.,]+")


@never_cache
@login_keeps
@permission_required(VIEW, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def compilation_run(request, pk: int, run: int):
    """One run: its files, and what changed since the run before. POST has further files made of exactly this run."""
    kept = kept_for(request, pk)
    found = _run(kept, run)
    if request.method == "POST":
        return _made_again(request, kept, found)
    withdrawn = _withdrawn(found)
    told = lines(changes_of(found.changes)) if found.changes is not None and withdrawn is None else []
    files = run_files(found, request.user)
    there = {row.report.ending for row in files}
    context = {
        "kept": kept,
        "run": found,
        "files": files,
        "is_watching": any(row.report.is_open for row in files),
        "missing": [one for ending, one in FORMATS.items() if ending not in there],
        "may_ask": request.user.has_perm(ASK),
        "withdrawn": withdrawn,
        "is_late": timezone.now() - found.asked_at > LATE,
        "told": told,
        "sheets": [FORMATS[ending] for ending in SHEETS if ending in FORMATS],
        "crumbs": crumbs_of(kept, _("Durchlauf")),
        **_shown(request, told),
    }
    return render(request, "redaktion/compilations/run.html", context)


def _shown(request, told: list[Line]) -> dict:
    """The page of changes that was asked for: `?art=` one kind, `?suche=` with some words in it."""
    kind, asked = request.GET.get("art", ""), request.GET.get("suche", "").replace("\x00", "").strip()[:100]
    wanted = {name: value for name, value in (("art", kind), ("suche", asked)) if value}
    return {
        "counts": [(one, LABELS[one], count) for one, count in counts(told).items()],
        "kind": kind,
        "asked": asked,
        "page": Paginator(_filtered(told, kind, asked), PER_PAGE).get_page(request.GET.get("seite")),
        "query": urlencode(wanted),
    }


def _filtered(told: list[Line], kind: str, asked: str) -> list[Line]:
    found = [line for line in told if line.kind == kind] if kind in set(Kind) else told
    words = asked.casefold()
    return [line for line in found if words in _letters(line)] if words else found


def _letters(line: Line) -> str:
    return "\n".join((line.chapter, line.table, line.what, line.old, line.new)).casefold()


def _made_again(request, kept: Compilation, run: CompilationRun):
    if not request.user.has_perm(ASK):
        raise PermissionDenied
    if request.POST.get("schritt") == "vergleichen":
        compare_again(run=run)
        return redirect("staff:compilation_run", kept.pk, run.pk)
    endings = [ending for ending in request.POST.getlist("endings") if ending in FORMATS]
    try:
        make_again(run=run, endings=endings, user=request.user)
    except CompilationError as refused:
        messages.error(request, str(refused))
    if not endings:
        messages.error(request, _("Bitte mindestens eine Art von Datei wählen."))
    return redirect("staff:compilation_run", kept.pk, run.pk)


def _withdrawn(run: CompilationRun) -> Release | None:
    """The release of this run or of the one before that was withdrawn: nobody reads its figures any more."""
    releases = (run.release, run.before.release if run.before else run.release)
    return next((release for release in releases if release.withdrawn_at), None)


def _run(kept: Compilation, pk: int) -> CompilationRun:
    found = kept.runs.select_related("release", "user", "before__release").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Diesen Durchlauf gibt es nicht."))
    return found


@never_cache
@login_keeps
@permission_required(VIEW, raise_exception=True)
@require_http_methods(["GET", "HEAD"])
def compilation_changes(request, pk: int, run: int, ending: str):
    """What changed as a table to take away."""
    kept = kept_for(request, pk)
    found = _run(kept, run)
    if found.changes is None or ending not in (CSV, *SHEETS) or (ending != CSV and ending not in FORMATS):
        raise Http404(_("Diese Datei gibt es nicht."))
    if withdrawn := _withdrawn(found):
        said = _("Die Veröffentlichung „%(title)s“ wurde zurückgezogen; was daraus entstand, wird nicht mehr gezeigt.")
        text = said % {"title": withdrawn.label}
        return HttpResponse(text, status=410, content_type="text/plain; charset=utf-8")
    told = lines(changes_of(found.changes))
    words = {"title": found.before.data["title"], "release": found.before.release.label}
    since = _("„%(title)s“, %(release)s") % words
    origin = origin_of(found.release, request.path)
    document = change_document(told, kept.title, since, origin=origin, words=writers_words())
    if ending == CSV:
        table = change_sheet(told)
        rows = ([_harmless(cell.text) for cell in row.cells] for row in table.groups[0].rows)
        return csv_answer([column.label for column in table.columns], rows, document.name)
    response = HttpResponse(written(document, ending), content_type=FORMATS[ending].media_type)
    response["Content-Disposition"] = f'attachment; filename="{document.name}.{ending}"'
    return response


def _harmless(text: str) -> str:
    """Text that no spreadsheet program takes for a formula; numbers with a sign stay.

    >>> [_harmless(text) for text in ("=1+1", "-2+3", "+3,0", "Nord")]
    ["'=1+1", "'-2+3", '+3,0', 'Nord']
    """
    is_formula = text.startswith(_STARTS_FORMULA) and not _SIGNED.fullmatch(text)
    return f"'{text}" if is_formula else text
