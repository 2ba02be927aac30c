"""`/aktionsplan/`: which neighbourhoods the plan concentrates on, today and on any day since it began."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplan.selectors.money import money_so_far
from actionplan.selectors.offices import project_offices
from actionplan.selectors.overview import field_aims, newest_papers, project_counts
from actionplan.selectors.participation import dates
from atlas.asked import AskedWrongly, day, one_of
from atlas.links import plan_path
from atlas.pages import public_page
from atlas.selectors.actionplan import first_day, plan_on
from atlas.selectors.plan_days import stop_at, stops

PAPERS = 3
EVENTS = 3


@require_safe
@public_page(reads={"am", "schritt"})
def actionplan(request):
    """The plan on a day (`?am=2021-04-12`, default today; no day to come): map, money, projects, what comes.

    `?schritt=2` leads to the day of that stop of the slider, as browsers without JavaScript send it.
    """
    earliest, wrong, today = first_day(), None, timezone.localdate()
    found = stops(earliest=earliest, today=today)
    try:
        if "schritt" in request.GET and "am" not in request.GET:
            number = one_of(request.GET, "schritt", [str(number) for number in range(len(found))])
            return redirect(f"{plan_path()}?am={found[int(number)].day}")
        on = day(request.GET, "am", default=today, earliest=earliest, latest=today)
    except AskedWrongly as asked:
        wrong, on = asked, today
    at = stop_at(found, on)
    context = {
        "plan": plan_on(on, earliest=earliest),
        "stops": found,
        "at": at,
        "stop": found[at] if found else None,
        "wrong": wrong,
        "asked": request.GET.get("am", ""),
        **_around(on, today),
    }
    return render(request, "atlas/actionplan.html", context, status=400 if wrong else 200)


def _around(on, today) -> dict:
    """What stands around the map: the first half as on the chosen day, the second as of today."""
    everything = dates(on=today)
    return {
        "money": money_so_far(on=on),
        "projects": project_counts(on=on),
        "papers": newest_papers(PAPERS, on=on),
        "coming": everything.coming[:EVENTS],
        "past": everything.past[:EVENTS],
        "offices": project_offices(on=today),
        "aims": field_aims(on=on),
    }
