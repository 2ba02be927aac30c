"""Who wants a mail when figures of an indicator or an area change."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import AreaLevel

from .indicator import Indicator
from .release import Release


class Subscription(models.Model):
    """A mail address that asked for news and, once confirmed, gets them.

    About one indicator, about one area (level and code: it outlives its boundaries), or about every release.
    """

    email = models.EmailField(_("E-Mail"))
    indicator = models.ForeignKey(
        Indicator, models.CASCADE, null=True, blank=True, related_name="subscriptions", verbose_name=_("Indikator")
    )
    level = models.ForeignKey(
        AreaLevel, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("Ebene")
    )
    area_code = models.CharField(_("Gebiet"), max_length=20, blank=True)
    language = models.CharField(_("Sprache"), max_length=5, default="de")
    created_at = models.DateTimeField(_("Angefragt"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("Bestätigt"), null=True, blank=True)
    last_mailed_at = models.DateTimeField(_("Zuletzt benachrichtigt"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("Abonnement")
        verbose_name_plural = _("Abonnements")
        constraints = [
            models.UniqueConstraint(
                fields=["email", "indicator", "level", "area_code"],
                name="an_address_asks_for_a_thing_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True, area_code="") | (Q(level__isnull=False) & ~Q(area_code="")),
                name="an_area_is_named_by_level_and_code",
            ),
        ]

    def __str__(self):
        return self.email


class SentNotice(models.Model):
    """That a subscription was told about a release: the reason why nobody is told twice."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="notices", verbose_name=_("Abonnement"))
    release = models.ForeignKey(Release, models.CASCADE, related_name="+", verbose_name=_("Veröffentlichung"))
    at = models.DateTimeField(_("Gesendet"), auto_now_add=True)

    class Meta:
        verbose_name = _("gesendete Nachricht")
        verbose_name_plural = _("gesendete Nachrichten")
        constraints = [
            models.UniqueConstraint(fields=["subscription", "release"], name="a_subscription_hears_of_a_release_once")
        ]

    def __str__(self):
        return f"{self.subscription_id}: {self.release_id}"
