"""`/aktionsplan/`: which neighbourhoods the plan concentrates on, today and on any day since it began."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from atlas.asked import AskedWrongly, day
from atlas.pages import public_page
from atlas.selectors.actionplan import first_day, plan_on


@require_safe
@public_page(reads={"am"})
def actionplan(request):
    """The plan's areas on a day (`?am=2021-04-12`, default today; no day to come), map, list and history."""
    earliest, wrong, today = first_day(), None, timezone.localdate()
    try:
        on = day(request.GET, "am", default=today, earliest=earliest, latest=today)
    except AskedWrongly as asked:
        wrong, on = asked, today
    context = {"plan": plan_on(on, earliest=earliest), "wrong": wrong, "asked": request.GET.get("am", "")}
    return render(request, "atlas/actionplan.html", context, status=400 if wrong else 200)
