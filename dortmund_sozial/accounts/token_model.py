"""Tokens by which a program delivers in the name of an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken


class ApiToken(AbstractAuthToken):
    """A token of the interface. Only its digest is stored; the token itself is shown once, when it is made."""

    name = models.CharField(_("Wofür"), max_length=80, help_text=_("Zum Beispiel »Nachtlauf der Statistikstelle«."))

    class Meta:
        ordering = ["-created"]
        verbose_name = _("Zugangsschlüssel")
        verbose_name_plural = _("Zugangsschlüssel")
        constraints = [
            models.CheckConstraint(condition=models.Q(expiry__isnull=False), name="a_token_expires"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_token_says_what_it_is_for"),
        ]

    def __str__(self) -> str:
        return self.name
