"""What was computed from the figures of a release and is published with it: typologies, spatial patterns."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import AreaLevel
from areas.triggers import counts_as_public
from indicators.querysets import AnalysisQuerySet
from indicators.triggers import frozen_with_release
from indicators.triggers_release import is_not_emptied

from .indicator import Indicator
from .period import Period
from .release import Release


class Analysis(models.Model):
    """One stored result. `kind` says what it is, `key` which one, `content` is the result as JSON.

    `inputs` are the slugs of all indicators whose figures it was computed from: it is public only as long as
    no later release shows other figures of one of them (`indicators/analyses.py`).
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="analyses", verbose_name=_("Veröffentlichung"))
    kind = models.SlugField(_("Art"), max_length=40)
    key = models.CharField(_("Kennung"), max_length=200, help_text=_("z. B. transferleistungsquote/sozialraum/2018"))
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="analyses", verbose_name=_("Indikator")
    )
    level = models.ForeignKey(
        AreaLevel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Gliederungsebene")
    )
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Zeitraum")
    )
    inputs = ArrayField(models.SlugField(max_length=80), verbose_name=_("Berechnet aus"))
    content = models.JSONField(_("Ergebnis"))

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        verbose_name = _("Auswertung")
        verbose_name_plural = _("Auswertungen")
        triggers = [*frozen_with_release(), is_not_emptied(), counts_as_public()]
        constraints = [
            models.UniqueConstraint(fields=["release", "kind", "key"], name="one_analysis_per_release_kind_and_key"),
            models.CheckConstraint(condition=Q(inputs__len__gt=0), name="an_analysis_says_what_it_was_computed_from"),
        ]
        indexes = [models.Index(fields=["kind", "key"], name="analyses_by_kind_and_key")]

    def __str__(self):
        return f"{self.kind}: {self.key} ({self.release})"
