"""From a compilation to documents: looking at it before, and having it made."""

import base64

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlas.actions.compilation_runs import data_to_run, start_run
from atlas.actions.compilations import CompilationError
from atlas.compilation_forms import StartForm
from atlas.compilation_page import MOST_STEPS, beginning_of
from atlas.kept_posts import login_keeps
from atlas.reports.compilation import compilation_of
from atlas.reports.compiling import compiled
from atlas.reports.content import cleaned
from atlas.reports.document import Document
from atlas.reports.html import ABOUT_OPENS, html_of
from atlas.reports.origin import NothingToReport
from atlas.reports.sections import WrongOption
from atlas.selectors.compilations import releases_to_choose
from atlas.views.compilation_edit import plan_of, shown
from atlas.views.compilations import VIEW, a_step, crumbs_of, kept_for, language_asked

ASK = "atlas.ask_report"
_NAME = 'font-family="Sozialportal Sans"'
_SHOWN = 'font-family="Sozialportal Sans, Source Sans 3, Arial, sans-serif"'


@never_cache
@login_keeps
@permission_required(VIEW, raise_exception=True)
@require_http_methods(["GET", "HEAD"])
@csp_update({"style-src-attr": [UNSAFE_INLINE]})  # widths of columns and pictures
def compilation_preview(request, pk: int):
    """The document as it would look, `?stand=` in a release, `?teil=` one part alone, long ones their beginning."""
    kept, releases = kept_for(request, pk), releases_to_choose()
    plan_of(kept)
    language = language_asked(request)
    release = next((one for one in releases if one.slug == request.GET.get("stand")), None) or next(
        iter(releases), None
    )
    part, fault, markup, is_whole = request.GET.get("teil", ""), "", "", True
    try:
        if release is None:
            raise NothingToReport(_("Es ist noch nichts veröffentlicht."))
        data = data_to_run(kept, release, language)
        keys = [one.get("key") for one in kept.data["parts"]]
        chosen = [one for one, key in zip(data["parts"], keys, strict=True) if part in ("", key)]
        plan, is_whole = beginning_of(compilation_of({**data, "parts": chosen}), most=MOST_STEPS)
        if chosen and not plan.parts:
            raise NothingToReport(_("Das ist zu lang für eine Vorschau. Sie sehen es, wenn das Dokument erstellt ist."))
        with override(language):
            markup = preview_markup(compiled(plan, release=release.slug))
    except (NothingToReport, WrongOption, CompilationError) as error:
        fault = str(error)
    context = {
        "kept": kept,
        "release": release,
        "releases": releases,
        "part": part,
        "language": language,
        "languages": settings.LANGUAGES,
        "markup": markup,
        "fault": fault,
        "is_whole": is_whole,
        "crumbs": crumbs_of(kept, _("Vorschau")),
    }
    return render(request, "redaktion/compilations/preview.html", context, status=422 if fault else 200)


def preview_markup(document: Document) -> SafeString:
    """The body of the page that is printed to PDF, with its pictures inside. All texts in it are escaped.

    Without permanent address and checksum, which only a document has that was made.
    """
    page, drawings = html_of(cleaned(document))
    body = page.partition("<body>")[2].partition(ABOUT_OPENS)[0]
    for address, svg in drawings.items():
        coded = base64.b64encode(svg.replace(_NAME, _SHOWN).encode()).decode()
        body = body.replace(f'src="{address}"', f'src="data:image/svg+xml;base64,{coded}"', 1)
    return mark_safe(body)  # noqa: S308 - the writer escapes every text


@never_cache
@login_keeps
@permission_required((VIEW, ASK), raise_exception=True)
@a_step
def compilation_start(request, pk: int):
    """Have documents made."""
    kept = kept_for(request, pk)
    form = StartForm(request.POST, releases=releases_to_choose())
    if not form.is_valid():
        return shown(request, kept, start=form)
    asked = form.cleaned_data
    try:
        run = start_run(
            kept=kept,
            release=form.chosen,
            language=asked["language"],
            endings=asked["endings"],
            user=request.user,
            wants_mail=asked["wants_mail"],
        )
    except CompilationError as refused:
        return shown(request, kept, start=form, fault=str(refused))
    return redirect("staff:compilation_run", kept.pk, run.pk)
