"""Which release a document is about, its address that stays, and the words that writers need."""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from areas.models import Source
from atlas.links import full_address
from atlas.reports.document import Origin, Words
from atlas.stand import Stand, read_stand
from indicators.models import Release


class NothingToReport(Exception):
    """There is no release, or not the one asked for. The message is a sentence for readers."""


def stand_of(release: str) -> Stand:
    """The state of a release by its slug, for "" the newest public one. At most 3 queries. Raises `NothingToReport`."""
    slug = release or Release.objects.published().order_by("-published_at").values_list("slug", flat=True).first()
    if slug is None:
        raise NothingToReport(_("Es ist noch nichts veröffentlicht."))
    stand = read_stand(slug)
    if stand.release is not None:
        return stand
    withdrawn = Release.objects.filter(slug=slug, withdrawn_at__isnull=False).exists()
    reason = stand.wrong.reason if stand.wrong and withdrawn else ""
    reason = reason or _("Eine Veröffentlichung „%s“ gibt es nicht.") % slug[:60]
    known = ", ".join(Release.objects.published().values_list("slug", flat=True)[:20])
    raise NothingToReport(_("%(reason)s Möglich: %(known)s.") % {"reason": reason, "known": known or "–"})


def origin_of(release: Release, path: str, *, licence: str = "") -> Origin:
    """The origin of a document on a release; `path` is the page that shows the same, in the state of the release."""
    day = timezone.localdate(release.published_at)
    words = {"title": release.label, "day": date_format(day, "DATE_FORMAT")}
    return Origin(
        portal=_("Sozialportal Dortmund"),
        release=_("Veröffentlichung „%(title)s“ vom %(day)s") % words,
        release_slug=release.slug,
        created=day,
        **_address(path),
        publisher=settings.OPERATOR["name"],
        licence=licence,
        dated=_("%(day)s (Tag der Veröffentlichung)") % {"day": words["day"]},
    )


def licence_words(sources: Iterable[Source]) -> str:
    """The licences of sources with what they are for, and which sources name none; "" for no sources."""
    of_licence: dict[str, list[str]] = {}
    for source in sorted(sources, key=lambda source: (source.order, source.title)):
        of_licence.setdefault(source.licence, []).append(str(source.label))
    unnamed = of_licence.pop("", [])
    told = [f"{licence} ({'; '.join(dict.fromkeys(names))})" for licence, names in of_licence.items()]
    told += [_("keine Lizenz angegeben (%s)") % "; ".join(dict.fromkeys(unnamed))] if unnamed else []
    return "; ".join(told)


def at_address(origin: Origin, path: str) -> Origin:
    """The same origin with another permanent address."""
    return replace(origin, **_address(path))


def _address(path: str) -> dict[str, str]:
    whole = full_address(path)
    return {"permalink": whole.removeprefix("https://"), "permalink_url": whole if settings.PORTAL_URL else ""}


def writers_words() -> Words:
    """What writers put in themselves, in the language of the request."""
    return Words(
        page_of=_("Seite {page} von {pages}"),
        created=_("Stand"),
        permalink=_("Immer wieder abrufbar"),
        checksum=_("Prüfsumme des Inhalts"),
        notes_sheet=_("Hinweise"),
        table=_("Tabelle"),
        figure=_("Abbildung"),
        group=_("Gruppe"),
        addition=_("{column}: Zusatz"),
        licence=_("Lizenz"),
        publisher=_("Herausgeber"),
        files=_("Dateien"),
        pictures=_("Bilder"),
        dated=_("Erstellt"),
    )
