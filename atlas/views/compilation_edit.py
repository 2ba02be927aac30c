"""One compilation: its page, its head, its parts, their order, earlier versions."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlas import compilation_pieces as pieces
from atlas.actions.compilations import (
    CompilationError,
    PieceInConflict,
    add_part,
    move_part,
    remove_part,
    restore_version,
    save_head,
    save_part,
)
from atlas.compilation_forms import HeadForm, PartForm, StartForm
from atlas.compilation_page import part_rows
from atlas.kept_posts import kept_post, login_keeps
from atlas.models import Compilation, CompilationHistory
from atlas.report_forms import OptionForm
from atlas.reports.compilation import Compilation as Plan
from atlas.reports.compilation import Part, WrongCompilation, compilation_of
from atlas.reports.sections import SECTIONS, Section
from atlas.selectors.compilations import may_delete, may_edit, releases_to_choose, runs_of, texts_for
from atlas.views.compilations import CHANGE, VIEW, a_step, crumbs_of, kept_for

MOST_VERSIONS = 20
_MOVES = {"hoch": -1, "runter": 1}


def plan_of(kept: Compilation) -> Plan:
    """The stored plan. Raises `Http404` with a sentence for one that this version of the portal cannot read."""
    try:
        return compilation_of(kept.data)
    except WrongCompilation as error:
        raise Http404(str(error)) from error


@never_cache
@login_keeps
@permission_required(VIEW, raise_exception=True)
@require_http_methods(["GET", "HEAD"])
def compilation(request, pk: int):
    """The page of one compilation."""
    return shown(request, kept_for(request, pk))


def shown(request, kept: Compilation, *, start: StartForm | None = None, fault: str = ""):
    """The page, with a form to start that could not be used."""
    plan, releases = plan_of(kept), releases_to_choose()
    newest = releases[0] if releases else None
    context = {
        "kept": kept,
        "plan": plan,
        "rows": part_rows(plan),
        "sections": SECTIONS.values(),
        "may_edit": may_edit(request.user, kept),
        "may_delete": may_delete(request.user, kept),
        "newest": newest,
        "unreviewed": [now for now in texts_for(kept, newest, get_language()) if now.is_unreviewed] if newest else [],
        "start": start or StartForm(releases=releases, initial={"language": get_language()}),
        "runs": runs_of(kept),
        "versions": _versions(kept),
        "removed": _removed(request, kept),
        "turn": request.GET.get("dran", ""),
        "fault": fault,
        "crumbs": crumbs_of(kept),
    }
    return render(request, "redaktion/compilations/detail.html", context, status=422 if start or fault else 200)


def _versions(kept: Compilation) -> list[CompilationHistory]:
    """Earlier versions, the newest first, each once. 1 query."""
    rows = CompilationHistory.objects.filter(pgh_obj_id=kept.pk, version__lt=kept.version)
    return list({row.version: row for row in rows.defer("data")[: 3 * MOST_VERSIONS]}.values())[:MOST_VERSIONS]


def _removed(request, kept: Compilation) -> int | None:
    """The version before a part was removed, when that was the last change."""
    asked = request.GET.get("entfernt", "")
    return kept.version - 1 if asked == str(kept.version) and kept.version > 1 else None


@never_cache
@login_keeps
@permission_required(CHANGE, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def compilation_head(request, pk: int):
    """Title and what stands around it."""
    kept = kept_for(request, pk, edit=True)
    plan, back = plan_of(kept), None if request.method == "POST" else kept_post(request)
    form = HeadForm(request.POST if request.method == "POST" else back, initial={**HeadForm.told(plan)})
    stored = None
    if request.method == "POST" and form.is_valid():
        try:
            save_head(kept=kept, head=form.plan(), seen=form.cleaned_data["seen"], user=request.user)
        except PieceInConflict as conflict:
            kept, stored = conflict.kept, plan_of(conflict.kept)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("staff:compilation", kept.pk)
    context = {
        "kept": kept,
        "form": form,
        "seen": pieces.head_mark(stored or plan) if stored or not form.is_bound else form.data.get("seen", ""),
        "stored": stored,
        "is_back": bool(back),
        "crumbs": crumbs_of(kept, _("Titel und Papier")),
    }
    return render(request, "redaktion/compilations/head.html", context, status=_status(request, conflict=bool(stored)))


def _status(request, *, conflict: bool) -> int:
    return 409 if conflict else 422 if request.method == "POST" else 200


@never_cache
@login_keeps
@permission_required(CHANGE, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def compilation_part_new(request, pk: int):
    """A new part of the kind `?art=`, after the part `?nach=` or at the end; kept only when it is complete."""
    kept = kept_for(request, pk, edit=True)
    section = SECTIONS.get(request.GET.get("art", ""))
    if section is None:
        raise Http404(_("Diese Art von Abschnitt gibt es nicht."))
    return _part_page(request, kept, section, Part(section.slug))


@never_cache
@login_keeps
@permission_required(CHANGE, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def compilation_part(request, pk: int, key: str):
    """One part."""
    kept = kept_for(request, pk, edit=True)
    part = pieces.part_of(plan_of(kept), key)
    section = SECTIONS.get(part.section if part else request.POST.get("art", ""))
    if section is None:
        said = _("Diesen Abschnitt gibt es nicht mehr. Unter „Frühere Fassungen“ lässt er sich zurückholen.")
        raise Http404(said)
    return _part_page(request, kept, section, part or Part(section.slug), is_gone=part is None)


def _part_page(request, kept: Compilation, section: Section, part: Part, *, is_gone: bool = False):
    back = None if request.method == "POST" else kept_post(request)
    data, stored = request.POST if request.method == "POST" else back, None
    heading = section.label if section.is_chapter else ""
    form = PartForm(data, initial={"title": part.title, "text": part.text}, heading=heading)
    options = OptionForm(section.options, data, initial=part.options, prefix="o")
    if request.method == "POST" and all([form.is_valid(), options.is_valid()]) and _may_save(request, is_gone):
        sent = form.part(section.slug, options.options(), part.key)
        try:
            return _saved(request, kept, sent, form.cleaned_data["seen"])
        except PieceInConflict as conflict:
            kept, stored = conflict.kept, pieces.part_of(plan_of(conflict.kept), part.key)
            is_gone = stored is None
        except CompilationError as refused:
            form.add_error(None, str(refused))
    seen = pieces.part_mark(stored or part) if stored or not form.is_bound else form.data.get("seen", "")
    context = {
        "kept": kept,
        "section": section,
        "part": part,
        "form": form,
        "options": options,
        "seen": seen if part.key else "",
        "stored": stored,
        "stored_told": part_rows(Plan("", parts=(stored,)))[0].told if stored else [],
        "is_gone": is_gone,
        "is_back": bool(back),
        "crumbs": crumbs_of(kept, part.title or str(section.label)),
    }
    status = _status(request, conflict=bool(stored or is_gone))
    return render(request, "redaktion/compilations/part.html", context, status=status)


def _may_save(request, is_gone: bool) -> bool:
    """What somebody else removed is added again only when that is meant."""
    return not is_gone or request.POST.get("wieder") == "1"


def _saved(request, kept: Compilation, part: Part, seen: str):
    if part.key:
        key = part.key
        save_part(kept=kept, part=part, seen=seen, user=request.user)
    else:
        _kept, key = add_part(kept=kept, part=part, user=request.user, after=request.GET.get("nach", "")[:40])
    messages.success(request, _("Gespeichert."))
    if request.POST.get("schritt") == "ansehen":
        return redirect(reverse("staff:compilation_preview", args=[kept.pk]) + f"?teil={key}")
    return redirect(reverse("staff:compilation", args=[kept.pk]) + f"#teil-{key}")


@never_cache
@login_keeps
@permission_required(CHANGE, raise_exception=True)
@a_step
def compilation_order(request, pk: int):
    """Move a part (`schritt=hoch:t1`, `runter:t1`) or remove it (`weg:t1`)."""
    kept = kept_for(request, pk, edit=True)
    address = reverse("staff:compilation", args=[kept.pk])
    step, _colon, key = request.POST.get("schritt", "").partition(":")
    if pieces.part_of(plan_of(kept), key) is None:
        return redirect(address)
    if step == "weg":
        changed = remove_part(kept=kept, key=key, user=request.user)
        return redirect(f"{address}?entfernt={changed.version}#abschnitte")
    if step in _MOVES:
        move_part(kept=kept, key=key, by=_MOVES[step], user=request.user)
        return redirect(f"{address}?dran={step}-{key}")  # no fragment: with one, browsers do not focus the button
    return redirect(address)


@never_cache
@login_keeps
@permission_required(CHANGE, raise_exception=True)
@a_step
def compilation_version(request, pk: int):
    """Bring an earlier version back (`fassung=3`)."""
    kept, asked = kept_for(request, pk, edit=True), request.POST.get("fassung", "")
    try:
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 9):
            raise CompilationError(_("Die Fassung %s gibt es nicht.") % asked[:20])
        restore_version(kept=kept, version=int(asked), user=request.user)
    except CompilationError as refused:
        return shown(request, kept, fault=str(refused))
    messages.success(request, _("Die Fassung %s ist zurückgeholt.") % asked)
    return redirect("staff:compilation", kept.pk)
