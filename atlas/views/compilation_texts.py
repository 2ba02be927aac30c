"""Texts that belong to one release: written, taken over from an earlier one and confirmed."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlas.actions.compilations import PieceInConflict, keep_text, text_mark
from atlas.compilation_forms import TextForm
from atlas.compilation_page import PartRow, part_rows
from atlas.kept_posts import kept_post, login_keeps
from atlas.selectors.compilations import TextNow, releases_to_choose, texts_for
from atlas.views.compilation_edit import plan_of
from atlas.views.compilations import CHANGE, crumbs_of, kept_for, language_asked


@dataclass(frozen=True)
class TextRow:
    """A part with its text, and a form for it."""

    row: PartRow
    now: TextNow
    form: TextForm
    seen: str
    fault: str = ""


@never_cache
@login_keeps
@permission_required(CHANGE, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def compilation_texts(request, pk: int):
    """All parts with their text for `?stand=`, each saved by itself (POST with `teil`)."""
    kept, releases, language = kept_for(request, pk, edit=True), releases_to_choose(), language_asked(request)
    plan = plan_of(kept)
    if not releases:
        raise Http404(_("Es ist noch nichts veröffentlicht."))
    release = next((one for one in releases if one.slug == request.GET.get("stand")), releases[0])
    data = request.POST if request.method == "POST" else kept_post(request)
    key, fault, form = (data or {}).get("teil", ""), "", None
    if data:
        form = TextForm(data, prefix=key)
    if request.method == "POST" and form and form.is_valid() and key in {part.key for part in plan.parts}:
        said = form.cleaned_data
        text = said["text"].replace("\r\n", "\n")
        try:
            keep_text(
                kept=kept, part=key, release=release, language=language, text=text, seen=said["seen"], user=request.user
            )
        except PieceInConflict:
            fault = _(
                "Inzwischen hat jemand anderes diesen Text geändert. Ihrer steht noch hier und ist nicht gespeichert."
            )
        else:
            messages.success(request, _("Der Text gilt jetzt für diese Veröffentlichung."))
            query = urlencode({"stand": release.slug, "sprache": language})
            return redirect(f"{reverse('staff:compilation_texts', args=[kept.pk])}?{query}#teil-{key}")
    elif data:
        fault = _("Was hier steht, ist noch nicht gespeichert.")
    rows = [
        _row(row, now, form if row.part.key == key else None, fault if row.part.key == key else "")
        for row, now in zip(part_rows(plan), texts_for(kept, release, language), strict=True)
        if row.section is None or row.section.is_chapter
    ]
    context = {
        "kept": kept,
        "rows": rows,
        "release": release,
        "releases": releases,
        "language": language,
        "languages": settings.LANGUAGES,
        "open": sum(1 for row in rows if row.now.is_unreviewed),
        "crumbs": crumbs_of(kept, _("Texte zur Veröffentlichung")),
    }
    status = 409 if fault and request.method == "POST" else 200
    return render(request, "redaktion/compilations/texts.html", context, status=status)


def _row(row: PartRow, now: TextNow, sent: TextForm | None, fault: str) -> TextRow:
    form = sent or TextForm(prefix=row.part.key, initial={"text": now.text})
    return TextRow(row, now, form, text_mark(now.stored), fault)
