"""Steps that a release can take from its page: submit, approve, return, schedule, publish, withdraw, correct."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atlas.review_forms import DraftForm, PreviewForm, ScheduleForm
from atlas.views.review import show_release
from indicators.actions.errors import PublishingError
from indicators.actions.previewing import revoke_preview, share_preview
from indicators.actions.withdrawing import create_draft, withdraw_release
from indicators.actions.workflow import (
    approve_release,
    comment_release,
    local_moment,
    publish_approved,
    recall_release,
    return_release,
    schedule_release,
    submit_release,
    unschedule_release,
)
from indicators.models import PreviewLink, Release
from indicators.tasks_release import prepare


@login_required
@permission_required("indicators.add_release", raise_exception=True)
@require_POST
def begin(request):
    """A new draft."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte einen Titel von 3 bis 160 Zeichen angeben."))
        return redirect("staff:releases")
    return redirect("staff:release", create_draft(title=form.cleaned_data["title"], user=request.user).slug)


@login_required
@permission_required("indicators.submit_release", raise_exception=True)
@require_POST
def submit(request, slug: str):
    """To review; the figures are computed meanwhile."""
    answer = _step(request, slug, submit_release, _("Der Entwurf ist in Prüfung."), text=_text(request))
    prepare.enqueue(get_object_or_404(Release, slug=slug).pk)
    return answer


@login_required
@permission_required("indicators.submit_release", raise_exception=True)
@require_POST
def recall(request, slug: str):
    """Back to the editors, by themselves."""
    return _step(request, slug, recall_release, _("Die Veröffentlichung ist wieder ein Entwurf."), text=_text(request))


@login_required
@permission_required("indicators.approve_release", raise_exception=True)
@require_POST
def send_back(request, slug: str):
    """Back to the editors, with a reason."""
    return _step(request, slug, return_release, _("Zur Überarbeitung zurückgegeben."), text=_text(request))


@login_required
@permission_required("indicators.approve_release", raise_exception=True)
@require_POST
def approve(request, slug: str):
    """Exactly these figures may become public."""
    seen = request.POST.get("seen", "")
    return _step(request, slug, approve_release, _("Freigegeben."), seen_digest=seen, text=_text(request))


@login_required
@permission_required("indicators.comment_release", raise_exception=True)
@require_POST
def comment(request, slug: str):
    """Say something about it."""
    return _step(request, slug, comment_release, _("Der Kommentar ist gespeichert."), text=_text(request))


@login_required
@permission_required("indicators.schedule_release", raise_exception=True)
@require_POST
def schedule(request, slug: str):
    """Set the hour."""
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        fault = _("Bitte Tag und Uhrzeit angeben, zum Beispiel 1. März 2027, 10:00 Uhr.")
        return show_release(request, get_object_or_404(Release, slug=slug), fault=fault, status=422)
    try:
        at = local_moment(form.cleaned_data["day"], form.cleaned_data["time"])
    except PublishingError as error:
        return show_release(request, get_object_or_404(Release, slug=slug), fault=str(error), status=422)
    return _step(request, slug, schedule_release, _("Der Zeitpunkt steht fest."), at=at)


@login_required
@permission_required("indicators.schedule_release", raise_exception=True)
@require_POST
def unschedule(request, slug: str):
    """Take the hour back."""
    return _step(request, slug, unschedule_release, _("Der Zeitpunkt ist aufgehoben."), text=_text(request))


@login_required
@permission_required("indicators.publish_release", raise_exception=True)
@require_POST
def publish(request, slug: str):
    """Make it public now."""
    if get_object_or_404(Release, slug=slug).published_at:
        messages.info(request, _("Diese Veröffentlichung ist schon öffentlich; es ist nichts geschehen."))
        return redirect("staff:release", slug)
    return _step(request, slug, publish_approved, _("Veröffentlicht. Ab jetzt wird nichts daran mehr geändert."))


@login_required
@permission_required("indicators.withdraw_release", raise_exception=True)
@require_POST
def withdraw(request, slug: str):
    """Take it back from the public."""
    return _step(request, slug, withdraw_release, _("Zurückgezogen."), reason=_text(request))


@login_required
@permission_required("indicators.add_release", raise_exception=True)
@require_POST
def correct(request, slug: str):
    """Begin a correction of it."""
    wrong = get_object_or_404(Release, slug=slug)
    title = request.POST.get("title", "") or _("Berichtigung: %(title)s") % {"title": wrong.title}
    try:
        draft = create_draft(title=title[:160], user=request.user, corrects=wrong, notice=_text(request))
    except PublishingError as error:
        return show_release(request, wrong, fault=str(error), status=422)
    messages.success(request, _("Der Entwurf der Berichtigung ist angelegt. Jetzt die Werte im Raster ändern."))
    return redirect("staff:release", draft.slug)


@login_required
@permission_required("indicators.share_preview", raise_exception=True)
@require_POST
def share(request, slug: str):
    """Give somebody a look ahead; the address is shown this once."""
    shown = get_object_or_404(Release, slug=slug)
    form = PreviewForm(request.POST)
    if not form.is_valid():
        fault = " ".join(error for errors in form.errors.values() for error in errors)
        return show_release(request, shown, fault=fault, status=422)
    try:
        secret = share_preview(release=shown, user=request.user, **form.cleaned_data)
    except PublishingError as error:
        return show_release(request, shown, fault=str(error), status=422)
    return show_release(request, shown, secret=request.build_absolute_uri(f"/vorschau/{secret}/"))


@login_required
@permission_required("indicators.share_preview", raise_exception=True)
@require_POST
def revoke(request, slug: str, pk: int):
    """End a preview before its time."""
    revoke_preview(link=get_object_or_404(PreviewLink, pk=pk, release__slug=slug))
    messages.success(request, _("Die Vorschau ist beendet."))
    return redirect("staff:release", slug)


def _step(request, slug: str, action, done: str, **arguments):
    """Take a step; a refusal is told on the page, with what was written still there."""
    shown = get_object_or_404(Release, slug=slug)
    try:
        action(release=shown, user=request.user, **arguments)
    except PublishingError as error:
        return show_release(request, get_object_or_404(Release, slug=slug), fault=str(error), status=409)
    messages.success(request, done)
    return redirect("staff:release", slug)


def _text(request) -> str:
    return request.POST.get("text", "")[:5000]
