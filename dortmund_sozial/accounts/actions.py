"""What changes accounts, beyond their own forms."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractUser
from django.db import transaction


@transaction.atomic
def confirm_address(user: AbstractUser) -> None:
    """Keep the address that the administration entered as the only one of this account, and as confirmed.

    Nobody changes an address but the administration; an address that was replaced must lead to no account any more.
    """
    address = user.email.strip().lower()
    kept = EmailAddress.objects.filter(user=user, email=address)
    EmailAddress.objects.filter(user=user).exclude(pk__in=kept.values("pk")).delete()
    if address and not kept.update(verified=True, primary=True):
        taken = EmailAddress.objects.filter(email=address, verified=True).exists()
        EmailAddress.objects.create(user=user, email=address, verified=not taken, primary=True)


@transaction.atomic
def forget_second_factor(user: AbstractUser) -> None:
    """Remove app, keys and codes of an account, for somebody who lost them."""
    Authenticator.objects.filter(user=user).delete()
