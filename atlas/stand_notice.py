"""What a page with figures of an earlier state says about itself: that newer ones exist, and what was corrected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.links import release_path
from atlas.stand import Stand, day_text, remark_of
from indicators.models import Correction, Indicator, IndicatorEdition
from indicators.periods import period_label
from indicators.standing import Corrected, corrected_since, current_editions, editions_at, withdrawn_at

MOST_LISTED = 6  # corrected figures named one by one; the page of the correction has them all


@dataclass(frozen=True)
class CorrectedLine:
    """One figure that was corrected after the state shown."""

    name: str
    period: str
    then: str
    today: str
    day: str
    url: str


@dataclass(frozen=True)
class StandNotice:
    """`sentence` and `newest` are "" where this is the newest state; `remark` says why it is not what was asked for."""

    remark: str = ""
    sentence: str = ""
    newest: str = ""
    withdrawn: str = ""
    lines: Sequence[CorrectedLine] = ()
    more: int = 0

    @property
    def count(self) -> int:
        """How many figures were corrected since."""
        return len(self.lines) + self.more


def figure_text(indicator: Indicator, value, status: str) -> str:
    """A figure with its sign and unit as it stands in a sentence."""
    cell = numbers.cell(value, status, indicator.decimals, get_language())
    return numbers.with_unit(cell, indicator.unit_label)


def notice_of_edition(
    stand: Stand, edition: IndicatorEdition | None, *, newest: str, first: Callable | None = None, **which
) -> StandNotice:
    """For a page about one indicator. At most 3 queries, none for the newest state.

    `newest` is the address of the same page in the newest state, `first` a key by which corrected figures are
    sorted, `which` filters them (`area__level__slug="bezirk"`).
    """
    if edition is None or edition.pk == edition.indicator.current_edition_id:
        return StandNotice(remark=remark_of(stand))
    corrected = corrected_since(edition.release.published_at, indicator=edition.indicator, **which)
    return StandNotice(
        sentence=_sentence(stand, edition.release),
        newest=newest,
        withdrawn=_withdrawn_then(stand, edition.indicator),
        **_lines(corrected, name=_area_name if "area__level__slug" in which else _area_and_level, first=first),
    )


def notice_of_area(stand: Stand, *, newest: str, area_id: int) -> StandNotice:
    """For the profile of an area. At most 5 queries, none for the newest state."""
    if stand.moment is None or editions_at(stand.moment) == current_editions():
        return StandNotice(remark=remark_of(stand))
    corrected = corrected_since(stand.moment, area=area_id)
    return StandNotice(
        sentence=_sentence(stand, stand.release),
        newest=newest,
        withdrawn=_withdrawn_then(stand, None),
        **_lines(corrected, name=_indicator_name, first=None),
    )


def notice_of_result(stand: Stand, release, *, current, newest: str) -> StandNotice:
    """For a page about a stored result: `release` it was computed with, `current` that of the newest one. No query.

    Figures it was computed from may have been corrected since; then there is a newer result.
    """
    if stand.moment is None or release is None or release == current:
        return StandNotice(remark=remark_of(stand))
    return StandNotice(sentence=_sentence(stand, release), newest=newest)


def _sentence(stand: Stand, release) -> str:
    if stand.release is not None or release is None:
        return _stand_of_release(release) if release else _stand_of_day(stand)
    words = {"day": day_text(stand.moment), "title": release.label}
    return _("Dies ist der Stand vom %(day)s (Veröffentlichung „%(title)s“). Inzwischen gibt es einen neueren.") % words


def _stand_of_release(release) -> str:
    sentence = _("Dies ist der Stand der Veröffentlichung „%(title)s“ vom %(day)s. Inzwischen gibt es einen neueren.")
    return sentence % {"title": release.label, "day": day_text(release.published_at)}


def _stand_of_day(stand: Stand) -> str:
    return _("Dies ist der Stand vom %s. Inzwischen gibt es einen neueren.") % day_text(stand.moment)


def _withdrawn_then(stand: Stand, indicator: Indicator | None) -> str:
    release = withdrawn_at(stand.moment, indicator) if stand.moment else None
    if release is None:
        return ""
    words = {"title": release.label, "day": day_text(release.withdrawn_at)}
    return _("Damals galt „%(title)s“; diese Zahlen wurden am %(day)s zurückgezogen und fehlen hier.") % words


def _lines(corrected: Sequence[Corrected], *, name: Callable[[Correction], str], first: Callable | None) -> dict:
    ordered = sorted(corrected, key=first) if first else list(corrected)
    lines = [_line(each, name) for each in ordered[:MOST_LISTED]]
    return {"lines": lines, "more": len(ordered) - len(lines)}


def _area_name(row: Correction) -> str:
    return row.area.name


def _area_and_level(row: Correction) -> str:
    """Areas of several levels often have the same name."""
    level = row.area.level
    return f"{row.area.name} ({level.label} {row.area.code})" if level.rank else row.area.name


def _indicator_name(row: Correction) -> str:
    return row.indicator.label


def _line(each: Corrected, name: Callable[[Correction], str]) -> CorrectedLine:
    row, indicator = each.correction, each.correction.indicator
    return CorrectedLine(
        name=name(row),
        period=period_label(row.period.code, indicator.reference),
        then=figure_text(indicator, row.old_value, row.old_status),
        today=figure_text(indicator, each.today, each.today_status),
        day=day_text(row.release.published_at),
        url=release_path(row.release.slug),
    )
