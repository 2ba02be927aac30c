"""From which funds an application can be paid, what is free in them, and which projects it can be for."""

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from actionplan.models import Application, BudgetYear, Fund, Project, ProjectPlace, ProjectState

from .funds import with_free


def funds_for(application: Application) -> QuerySet[Fund]:
    """Funds of open years with a known amount, of the action area first; `free` is what is not approved yet (euros)."""
    locked = BudgetYear.objects.filter(locked_on__isnull=False).values("year")
    here = Q(action_area__isnull=True) | Q(action_area=application.action_area_id)
    found = with_free(Fund.objects.filter(here, volume_is_known=True).exclude(year__in=locked))
    return found.filter(free__gt=0).order_by("-year", F("action_area").asc(nulls_last=True), "name")


def projects_for(application: Application) -> QuerySet[Project]:
    """Projects in the application's area and those for the whole city, by title, with `state_now`; its own too."""
    area = application.action_area.area_id
    here = ProjectPlace.objects.filter(Q(area=area) | Q(action_area__area=area)).values("project")
    newest = ProjectState.objects.filter(project=OuterRef("pk")).order_by("-day", "-pk").values("state")[:1]
    found = Project.objects.filter(Q(pk__in=here) | Q(reach=Project.Reach.CITY) | Q(pk=application.project_id))
    return found.defer("words").annotate(state_now=Subquery(newest)).order_by("title", "pk")
