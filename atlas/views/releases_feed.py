"""`/veroeffentlichungen/atom.xml`: releases and corrections as an Atom feed (RFC 4287), one in each language."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.links import release_path, releases_path
from atlas.navigation import Frame
from atlas.pages import public_page
from atlas.selectors.releases import Entry, entries_of
from indicators.models import Release

NEWEST = 30  # entries of the feed
FIGURES = 20  # corrected figures that an entry names
SINCE = 2026  # year of the first release: part of the identifiers, which must never change


@require_safe
@public_page
def releases_feed(request):
    """The newest releases; one that was withdrawn stays, says so and shows no figures."""
    return _Releases(request)(request)


class _Releases(Feed):
    feed_type = Atom1Feed
    description_template = None

    def __init__(self, request):
        self.site = Frame(request).site

    def _id(self, name: str) -> str:
        host = urlsplit(settings.PORTAL_URL or self.site).hostname or "sozialportal"
        return f"tag:{host},{SINCE}:{name}/{get_language()}"

    def link(self):
        return self.site + releases_path()

    def feed_url(self):
        return self.site + releases_path() + "atom.xml"

    def feed_guid(self):
        return self._id("veroeffentlichungen")

    def title(self):
        return _("Sozialportal Dortmund: Veröffentlichungen")

    def subtitle(self):
        return _("Neue Zahlen und Berichtigungen")

    def author_name(self):
        return settings.OPERATOR["name"] or "Sozialportal Dortmund"

    def items(self):
        found = Release.objects.filter(published_at__isnull=False).select_related("corrects")
        return entries_of(found.order_by("-published_at")[:NEWEST], few=FIGURES)

    def item_title(self, item: Entry):
        if item.is_withdrawn:
            return _("Zurückgezogen: %s") % item.release.label
        return _("Berichtigung: %s") % item.release.label if item.is_correction else item.release.label

    def item_description(self, item: Entry):
        context = {"entry": item, "release": item.release}
        return render_to_string("atlas/releases_feed_entry.html", context).strip()

    def item_link(self, item: Entry):
        return self.site + release_path(item.release.slug)

    def item_guid(self, item: Entry):
        return self._id(f"veroeffentlichung/{item.release.slug}")

    def item_pubdate(self, item: Entry):
        return item.release.published_at

    def item_updateddate(self, item: Entry):
        return item.release.withdrawn_at or item.release.published_at

    def item_categories(self, item: Entry):
        return [_("zurückgezogen") if item.is_withdrawn else item.release.get_kind_display()]
