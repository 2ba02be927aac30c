"""What areas and sources were before each change. A changed boundary is a new area, so boundaries are not kept here."""

from django.utils.translation import gettext_lazy as _

from areas.history import history_of

from .area import Area
from .source import Source

AreaHistory = history_of(
    Area,
    name="AreaHistory",
    verbose_name=_("früherer Stand eines Gebiets"),
    plural=_("frühere Stände der Gebiete"),
    exclude=["geometry", "search_name"],
)
SourceHistory = history_of(
    Source,
    name="SourceHistory",
    verbose_name=_("früherer Stand einer Quelle"),
    plural=_("frühere Stände der Quellen"),
)
