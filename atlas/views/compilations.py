"""/redaktion/berichte/zusammenstellungen/: the list, a new one, copying, sharing, deleting and bringing back."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlas.actions.compilations import (
    bring_back,
    copy_compilation,
    create_compilation,
    delete_compilation,
    share_compilation,
)
from atlas.compilation_forms import TitleForm
from atlas.kept_posts import kept_post, login_keeps
from atlas.models import Compilation
from atlas.report_forms import OptionForm
from atlas.reports.compilation import Compilation as Plan
from atlas.reports.sections import WrongOption
from atlas.reports.templates import BEGINNINGS, Template
from atlas.selectors.compilations import compilations_for, deleted_of, may_delete, may_edit

VIEW, ADD = "atlas.view_compilation", "atlas.add_compilation"
CHANGE, DELETE = "atlas.change_compilation", "atlas.delete_compilation"


def a_step(view: Callable) -> Callable:
    """A view that only does something: who comes by an address, as after a login, is led to the compilation."""

    @wraps(view)
    def stepping(request, pk: int):
        return view(request, pk) if request.method == "POST" else redirect("staff:compilation", pk)

    return stepping


def kept_for(request, pk: int, *, edit: bool = False) -> Compilation:
    """The compilation that somebody may see. Raises `Http404`, or `PermissionDenied`."""
    rows = Compilation.objects.kept().visible_to(request.user).select_related("owner", "changed_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Diese Zusammenstellung gibt es nicht, oder sie ist nicht für Sie freigegeben."))
    if edit and not may_edit(request.user, found):
        raise PermissionDenied
    return found


def language_asked(request) -> str:
    """The language of a document, `?sprache=`, else that of the page."""
    asked = request.GET.get("sprache", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language()


def crumbs_of(kept: Compilation | None = None, *further: str) -> list[dict]:
    """The way to a page: reports, the list, the compilation, what follows; the last one is the page itself."""
    way = [(_("Berichte"), reverse("staff:reports")), (_("Zusammenstellungen"), reverse("staff:compilations"))]
    if kept:
        way.append((kept.title, reverse("staff:compilation", args=[kept.pk])))
    way += [(label, "") for label in further]
    return [{"label": label, "url": url if at < len(way) else ""} for at, (label, url) in enumerate(way, 1)]


@never_cache
@login_keeps
@permission_required(VIEW, raise_exception=True)
@require_http_methods(["GET", "HEAD"])
def compilations(request):
    """Own compilations, those of colleagues, deleted ones, and what one can begin with."""
    rows = list(compilations_for(request.user))
    context = {
        "own": [row for row in rows if row.owner_id == request.user.pk],
        "shared": [row for row in rows if row.owner_id != request.user.pk],
        "deleted": deleted_of(request.user),
        "templates": BEGINNINGS.values(),
        "may_add": request.user.has_perm(ADD),
        "crumbs": crumbs_of(),
    }
    return render(request, "redaktion/compilations/list.html", context)


@never_cache
@login_keeps
@permission_required(ADD, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def compilation_new(request):
    """A new one: empty, or `?vorlage=` filled by a template after its questions."""
    template = BEGINNINGS.get(request.GET.get("vorlage", ""))
    data, fault = request.POST if request.method == "POST" else kept_post(request), ""
    form = _title_form(template, data)
    options = OptionForm(template.options if template else (), data, prefix="o")
    if request.method == "POST" and all([form is None or form.is_valid(), options.is_valid()]):
        try:
            made = _made(template, options.options(), form, request.user)
        except WrongOption as error:
            fault = str(error)
        else:
            messages.success(request, _("Angelegt. Jetzt können Sie Abschnitte hinzufügen, ändern und ordnen."))
            return redirect("staff:compilation", made.pk)
    context = {
        "template": template,
        "form": form,
        "options": options,
        "fault": fault,
        "is_back": request.method != "POST" and bool(data),
        "crumbs": crumbs_of(None, str(template.label) if template else _("Neue Zusammenstellung")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "redaktion/compilations/new.html", context, status=status)


def _title_form(template: Template | None, data) -> TitleForm | None:
    """The question for a title; None for templates that ask for one themselves."""
    if template and any(option.name == "title" for option in template.options):
        return None
    return TitleForm(data) if data or not template else TitleForm(initial={"title": template.label})


def _made(template: Template | None, options: dict, form: TitleForm | None, user) -> Compilation:
    """Raises `WrongOption`."""
    plan = template.fill(options) if template else Plan("")
    if form is not None:
        plan = replace(plan, title=form.cleaned_data["title"])
    return create_compilation(plan=plan, user=user, template=template.slug if template else "")


@never_cache
@login_keeps
@permission_required(ADD, raise_exception=True)
@a_step
def compilation_copy(request, pk: int):
    """One's own copy of what one may see."""
    copy = copy_compilation(kept=kept_for(request, pk), user=request.user)
    messages.success(request, _("Das ist jetzt Ihre eigene Kopie. Am Original ändert sich nichts."))
    return redirect("staff:compilation", copy.pk)


@never_cache
@login_keeps
@permission_required(CHANGE, raise_exception=True)
@a_step
def compilation_share(request, pk: int):
    """Show it to colleagues (`teilen=1`), or no longer."""
    kept, is_shared = kept_for(request, pk, edit=True), request.POST.get("teilen") == "1"
    share_compilation(kept=kept, is_shared=is_shared)
    said = _("Kolleginnen und Kollegen sehen sie jetzt, können sie kopieren und Dokumente daraus erstellen.")
    messages.success(request, said if is_shared else _("Jetzt sehen nur noch Sie diese Zusammenstellung."))
    return redirect("staff:compilation", kept.pk)


@never_cache
@login_keeps
@permission_required(DELETE, raise_exception=True)
@a_step
def compilation_delete(request, pk: int):
    """Take it off the lists; it can be brought back."""
    kept = kept_for(request, pk)
    if not may_delete(request.user, kept):
        raise PermissionDenied
    delete_compilation(kept=kept)
    messages.success(request, _("„%s“ ist gelöscht. Unter „Gelöscht“ können Sie sie zurückholen.") % kept.title)
    return redirect("staff:compilations")


@never_cache
@login_keeps
@permission_required(DELETE, raise_exception=True)
@a_step
def compilation_bring_back(request, pk: int):
    """Undo the deletion of one's own."""
    kept = deleted_of(request.user).filter(pk=pk).first()
    if kept is None:
        raise Http404(_("Diese Zusammenstellung gibt es nicht."))
    bring_back(kept=kept)
    messages.success(request, _("„%s“ ist wieder da.") % kept.title)
    return redirect("staff:compilation", kept.pk)
