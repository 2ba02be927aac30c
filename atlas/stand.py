"""`stand` in an address: the figures of a release or of a day, so that what was cited keeps saying what it said.

What cannot be shown is answered with the newest figures and a remark; downloads and the interface refuse it.
"""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from atlas.asked import AskedWrongly
from indicators.models import Indicator, IndicatorEdition, Release
from indicators.standing import edition_at

PARAMETER = "stand"
SHOWN = 60  # letters of what was found that are repeated
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class NoSuchStand(AskedWrongly):
    """A state that cannot be shown; `reason` says why in one sentence."""

    reason: str = ""

    def __str__(self):
        return f"{self.reason} {super().__str__()}"


def is_withdrawn(wrong: AskedWrongly) -> bool:
    """Whether what cannot be shown was public once. At most 1 query."""
    if not isinstance(wrong, NoSuchStand):
        return False
    return Release.objects.filter(slug=wrong.found, withdrawn_at__isnull=False).exists()


@dataclass(frozen=True)
class Stand:
    """The state that an address asks for; without a moment the newest.

    `asked` is what goes on into other addresses; `wrong` says why the newest is shown instead of what was asked for.
    """

    asked: str = ""
    moment: datetime.datetime | None = None
    release: Release | None = None
    wrong: NoSuchStand | None = None

    def edition_of(self, indicator: Indicator) -> IndicatorEdition | None:
        """The indicator's edition that was public then. 1 query."""
        return edition_at(indicator, self.moment)

    @property
    def when(self) -> str:
        """In words: with which release, or on which day."""
        if self.release is not None:
            words = {"title": self.release.label, "day": day_text(self.release.published_at)}
            return _("mit der Veröffentlichung „%(title)s“ vom %(day)s") % words
        return _("am %s") % day_text(self.moment) if self.moment else ""


def day_text(moment: datetime.datetime) -> str:
    """The day of a moment in Berlin, as it stands in sentences."""
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def read_stand(text: str) -> Stand:
    """The state that `text` names: nothing, a release, or a day in the form JJJJ-MM-TT. At most 2 queries."""
    text = text.strip()
    if not text:
        return Stand()
    release = Release.objects.filter(slug=text, published_at__isnull=False).first()
    if release is not None and release.withdrawn_at is None:
        return Stand(text, release.published_at, release)
    if release is not None:
        return _instead(text, _withdrawn(release))
    if _DAY.fullmatch(text):
        return _of_day(text)
    reason = _("Einen Stand „%s“ gibt es nicht: Gemeint sein kann eine Veröffentlichung oder ein Tag (JJJJ-MM-TT).")
    return _instead(text, reason % text[:SHOWN])


def stand_for(indicator: Indicator, text: str) -> tuple[Stand, IndicatorEdition | None]:
    """The state asked for with the indicator's edition; the newest where there were no figures of it then."""
    stand = read_stand(text)
    edition = stand.edition_of(indicator)
    if edition is None and stand.moment is not None:
        reason = _("Zahlen zu „%(name)s“ gab es %(when)s noch nicht.")
        stand = _instead(stand.asked, reason % {"name": indicator.label, "when": stand.when})
        edition = stand.edition_of(indicator)
    return stand, edition


def _of_day(text: str) -> Stand:
    try:
        asked = datetime.date.fromisoformat(text)
    except ValueError:
        return _instead(text, _("Den Tag „%s“ gibt es im Kalender nicht.") % text)
    if asked > timezone.localdate():
        return _instead(text, _("Der %s liegt in der Zukunft.") % date_format(asked, "DATE_FORMAT"))
    end = datetime.datetime.combine(asked, datetime.time.max, tzinfo=timezone.get_default_timezone())
    first = Release.objects.published().order_by("published_at").values_list("published_at", flat=True).first()
    if first is None or first > end:
        reason = _("Am %(asked)s war noch nichts veröffentlicht; die ersten Zahlen sind vom %(first)s.")
        words = {"asked": date_format(asked, "DATE_FORMAT"), "first": day_text(first) if first else "–"}
        return _instead(text, reason % words)
    return Stand(text, end)


def _withdrawn(release: Release) -> str:
    words = {"title": release.label, "day": day_text(release.withdrawn_at), "reason": release.withdrawal_reason}
    if not release.withdrawal_reason:
        return _("Die Veröffentlichung „%(title)s“ wurde am %(day)s zurückgezogen.") % words
    words["reason"] = release.withdrawal_reason.rstrip(" .")
    return _("Die Veröffentlichung „%(title)s“ wurde am %(day)s zurückgezogen: %(reason)s.") % words


def _instead(text: str, reason: str) -> Stand:
    """The newest state, because what was asked for cannot be shown."""
    known = list(Release.objects.published().values_list("slug", flat=True)[:20])
    return Stand(wrong=NoSuchStand(PARAMETER, text, [*known, _("ein Tag in der Form JJJJ-MM-TT")], reason))


def remark_of(stand: Stand) -> str:
    """For readers: why they see the newest figures; "" where they see what they asked for."""
    return _("%s Gezeigt wird der neueste Stand.") % stand.wrong.reason if stand.wrong else ""
