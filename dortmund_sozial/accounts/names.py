"""What people are called on their own pages."""

from django.contrib.auth.models import AbstractUser


def shown_name(user: AbstractUser) -> str:
    """First and last name, else the name of the account."""
    return user.get_full_name() or user.get_username()
