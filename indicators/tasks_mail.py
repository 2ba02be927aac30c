"""Mails that wait for `manage.py db_worker`, so that no page waits for a mail server."""

import datetime
import logging

from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from indicators.actions.notifying import notify_of_release
from indicators.mailing import confirmation_mail
from indicators.models import Release, Subscription
from indicators.news import title_of

logger = logging.getLogger(__name__)
ATTEMPTS = 5  # then what is left is only logged
FIRST_PAUSE = datetime.timedelta(minutes=10)  # before the second attempt, doubled each time


@task()
def send_confirmation(subscription_id: int, site: str) -> bool:
    """Ask an address whether it wants the news; False where the request is gone or confirmed already."""
    rows = Subscription.objects.select_related("indicator", "level").filter(confirmed_at__isnull=True)
    subscription = rows.filter(pk=subscription_id).first()
    if subscription is None:
        return False
    with override(subscription.language):
        title = title_of(subscription)
    confirmation_mail(subscription, title=title, site=site).send()
    return True


@task()
def notify_subscribers(release_id: int, attempt: int = 1) -> dict[str, int]:
    """Tell everybody concerned about a release, each once; comes back later for those who could not be reached."""
    release = Release.objects.filter(pk=release_id).first()
    if release is None:
        return {"mails": 0, "failed": 0}
    sent = notify_of_release(release=release)
    logger.info("release %s: %s mails, %s failed", release.slug, sent.mails, sent.failed)
    if sent.failed and attempt < ATTEMPTS and notify_subscribers.get_backend().supports_defer:
        later = timezone.now() + FIRST_PAUSE * 2 ** (attempt - 1)
        notify_subscribers.using(run_after=later).enqueue(release_id, attempt + 1)
    return {"mails": sent.mails, "failed": sent.failed}
