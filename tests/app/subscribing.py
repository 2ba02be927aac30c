"""Subscriptions as they stand in the database, and what the mails to them say."""

import datetime
import re
from urllib.parse import urlsplit

from django.core import mail
from django.utils import timezone

from areas.models import AreaLevel
from indicators.models import Indicator, Subscription


def subscribed(email="leserin@example.org", *, indicator="", level="", code="", language="de", confirmed=True):
    yesterday = timezone.now() - datetime.timedelta(days=1)
    subscription = Subscription.objects.create(
        email=email,
        indicator=Indicator.objects.get(slug=indicator) if indicator else None,
        level=AreaLevel.objects.get(slug=level) if level else None,
        area_code=code,
        language=language,
        confirmed_at=yesterday if confirmed else None,
    )
    Subscription.objects.filter(pk=subscription.pk).update(created_at=yesterday)
    return subscription


def path_in(text):
    url = re.search(r"https?://\S+/abonnement/\S+", text).group()
    return urlsplit(url).path


def told():
    return sorted(message.to[0] for message in mail.outbox)
