"""Fields of the administration that Django's own leave without a name."""

from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.postgres.forms import RangeWidget
from django.utils.translation import gettext_lazy as _


class DateRangeWidget(RangeWidget):
    """Two dates, each with the name that a screen reader tells; both in the administration's calendar."""

    def __init__(self, attrs=None):
        super().__init__(AdminDateWidget(), attrs)
        names = (_("Gilt von"), _("Gilt bis (ausschließlich)"))
        self.widgets = [AdminDateWidget(attrs={"aria-label": name}) for name in names]
