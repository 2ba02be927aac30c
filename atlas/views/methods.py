"""How the figures are computed: the document of methods, with an anchor for each rule."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlas.methods import document_text, read_document
from atlas.pages import public_page


@require_safe
@public_page
def methods(request):
    """docs/methods.md as a page; it exists in German only and says so to English readers."""
    return render(request, "atlas/methods.html", {"document": read_document(document_text())})
