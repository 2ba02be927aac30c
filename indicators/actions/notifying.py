"""Telling subscribers about a release: each of them once, whatever happens on the way."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from indicators.mailing import news_mail, portal_site
from indicators.models import Release, SentNotice, Subscription
from indicators.news import ReleaseNews

logger = logging.getLogger(__name__)
BATCH = 50  # mails through one connection to the mail server


@dataclass
class Sent:
    """How many mails went out and how many could not."""

    mails: int = 0
    failed: int = 0


def notify_of_release(*, release: Release) -> Sent:
    """Mail everybody whose subscription a public release concerns and who was not told yet.

    One mail for each address, over all its subscriptions. That somebody was told is stored in the same transaction
    in which the mail is handed over: if that fails, nothing is stored and the next run tries again; two runs at
    once do not both send. Only the moment between the mail server's yes and the end of the transaction can bring a
    mail twice, then with the same Message-ID. Who subscribed after the publication is not told about it.
    """
    sent = Sent()
    if not Release.objects.published().filter(pk=release.pk).exists():
        return sent
    news, post = ReleaseNews(release), _Post()
    try:
        for keys in _by_address(release):
            try:
                sent.mails += _tell(news, keys, post)
            except (SMTPException, OSError) as error:
                sent.failed += 1
                logger.warning("no mail for subscriptions %s: %s", keys, type(error).__name__)
                post.close()
    finally:
        post.close()
    return sent


class _Post:
    """A connection to the mail server that is opened anew after each batch."""

    def __init__(self):
        self._connection, self._count = None, 0

    def send(self, message: EmailMessage) -> None:
        """Hand one mail over. Raises `OSError` where the server takes none."""
        if self._connection is None:
            self._connection, self._count = get_connection(), 0
            self._connection.open()
        if not self._connection.send_messages([message]):
            raise OSError("the mail server took no mail")
        self._count += 1
        if self._count >= BATCH:
            self.close()

    def close(self) -> None:
        """End the connection; the next mail opens one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (SMTPException, OSError) as error:
                logger.info("connection to the mail server was lost: %s", type(error).__name__)


def _waiting(release: Release):
    confirmed = Subscription.objects.filter(confirmed_at__lte=release.published_at)
    return confirmed.exclude(notices__release=release)


def _by_address(release: Release) -> Iterator[list[int]]:
    """Primary keys of subscriptions that wait for the release, those of one address and language together."""
    rows = _waiting(release).order_by("email", "language", "pk").values_list("email", "language", "pk")
    for _address, group in groupby(list(rows), key=lambda row: row[:2]):
        yield [pk for _email, _language, pk in group]


def _tell(news: ReleaseNews, keys: list[int], post: _Post) -> int:
    """Send one mail over these subscriptions, if any of them has news and nobody else is at it."""
    try:
        with transaction.atomic():
            rows = _waiting(news.release).filter(pk__in=keys).select_for_update(skip_locked=True, of=("self",))
            waiting = list(rows.select_related("indicator", "level").order_by("pk"))
            if not waiting:
                return 0
            with override(waiting[0].language):
                sections = [section for row in waiting if (section := news.section(row))]
            if not sections:
                return 0
            told = [section.subscription for section in sections]
            SentNotice.objects.bulk_create(SentNotice(subscription=row, release=news.release) for row in told)
            Subscription.objects.filter(pk__in=[row.pk for row in told]).update(last_mailed_at=timezone.now())
            post.send(news_mail(told, {"release": news.release, "sections": sections}, site=portal_site()))
            return 1
    except IntegrityError:  # another run was faster
        return 0
