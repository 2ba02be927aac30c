"""What the pages of an index have in common: finding it, and leaving out what an address asks for in vain."""

from collections.abc import Callable

from django.http import Http404
from django.utils.translation import gettext as _

from atlas.asked import AskedWrongly
from atlas.links import index_path, indices_path
from atlas.selectors.indices import IndexView, NoIndex, index_named
from indicators.models import Indicator


def index_or_404(slug: str) -> Indicator:
    """The indicator of a public index."""
    found = index_named(slug)
    if found is None:
        raise Http404(_("Diesen Index gibt es nicht."))
    return found


def as_asked(read: Callable, query: dict[str, str]) -> tuple[object, AskedWrongly | None]:
    """What `read(query)` gives; parameters that cannot be used are left out, the first of them is returned too."""
    wrong = None
    while True:
        try:
            return read(query), wrong
        except AskedWrongly as asked:
            wrong = wrong or asked
            query = {name: value for name, value in query.items() if name != asked.parameter}
        except NoIndex as nothing:
            raise Http404(_("Zu diesem Index sind keine Ergebnisse veröffentlicht.")) from nothing


def crumbs(view: IndexView, last: str = "") -> list[dict[str, str]]:
    """From the entrance to this page."""
    here = view.indicator.label
    found = [{"label": _("Sozialindex"), "url": indices_path()}]
    if not last:
        return [*found, {"label": here, "url": ""}]
    return [*found, {"label": here, "url": index_path(view.indicator.slug, **view.same)}, {"label": last, "url": ""}]
