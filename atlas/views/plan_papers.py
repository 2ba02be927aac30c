"""`/aktionsplan/beschluesse/`: council papers and press releases about the plan; and each paper."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.models import CouncilPaper
from actionplan.selectors.papers import paper_detail, paper_entries
from atlas.links import plan_path
from atlas.pages import public_page

from .plan_projects import plan_crumbs


@require_safe
@public_page
def papers(request):
    """Everything that was decided and told, newest first."""
    context = {"entries": paper_entries(), "crumbs": plan_crumbs(_("Beschlüsse und Berichte"))}
    return render(request, "atlas/plan_papers.html", context)


@require_safe
@public_page
def paper(request, slug: str):
    """One paper with its sequence of bodies and what follows from it."""
    try:
        detail = paper_detail(slug)
    except CouncilPaper.DoesNotExist as error:
        raise Http404(_("Diese Drucksache gibt es nicht.")) from error
    crumbs = plan_crumbs(_("Beschlüsse und Berichte"), plan_path("beschluesse"), detail.paper.title)
    return render(request, "atlas/plan_paper.html", {"detail": detail, "paper": detail.paper, "crumbs": crumbs})
