"""Subscriptions to news by mail: asking, confirming, ending, forgetting."""

import datetime

from django.db import transaction
from django.utils import timezone

from areas.models import AreaLevel
from indicators.models import Indicator, Subscription

FORGOTTEN_AFTER = datetime.timedelta(days=7)  # unconfirmed addresses
ASK_AGAIN_AFTER = datetime.timedelta(minutes=10)  # earlier another mail would only be a nuisance
PER_ADDRESS = 5  # things that an address may be asked about in a day before it has confirmed any of them
A_DAY = datetime.timedelta(days=1)


@transaction.atomic
def request_subscription(
    *,
    email: str,
    indicator: Indicator | None = None,
    level: AreaLevel | None = None,
    area_code: str = "",
    language: str = "de",
) -> Subscription | None:
    """Note that an address asked for news; returns the subscription if a mail has to ask for confirmation.

    None for what is confirmed already, was asked a moment ago, or would pester somebody: the caller answers
    the same in every case, so that nobody learns which addresses are known.
    """
    email, now = email.strip().lower(), timezone.now()
    of_address = Subscription.objects.filter(email=email)
    pending = of_address.filter(confirmed_at__isnull=True, created_at__gt=now - A_DAY).count()
    known = of_address.filter(indicator=indicator, level=level, area_code=area_code).first()
    if known is None:
        if pending >= PER_ADDRESS:
            return None
        what = {"email": email, "indicator": indicator, "level": level, "area_code": area_code}
        return Subscription.objects.get_or_create(**what, defaults={"language": language})[0]
    if known.confirmed_at is not None or known.created_at > now - ASK_AGAIN_AFTER:
        return None
    Subscription.objects.filter(pk=known.pk).update(created_at=now, language=language)
    return Subscription.objects.get(pk=known.pk)


def confirm_subscription(*, pk: int) -> Subscription | None:
    """The owner of the address has confirmed; None where the subscription is gone. Asked twice, nothing changes."""
    Subscription.objects.filter(pk=pk, confirmed_at__isnull=True).update(confirmed_at=timezone.now())
    return Subscription.objects.select_related("indicator", "level").filter(pk=pk).first()


def end_subscriptions(*, pks: list[int]) -> int:
    """Forget subscriptions with everything about them; those that are gone already do not matter."""
    return Subscription.objects.filter(pk__in=pks).delete()[1].get("indicators.Subscription", 0)


def forget_unconfirmed(*, commit: bool) -> int:
    """Delete addresses that nobody confirmed in time; without `commit` only count them."""
    old = Subscription.objects.filter(confirmed_at__isnull=True, created_at__lt=timezone.now() - FORGOTTEN_AFTER)
    return old.delete()[1].get("indicators.Subscription", 0) if commit else old.count()
