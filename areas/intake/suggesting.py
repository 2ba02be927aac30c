"""Near names for somebody who mistyped one."""

from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _


def near(wanted: str, known: Iterable[str]) -> str:
    """What was probably meant, and everything there is to choose from."""
    names = {name.casefold(): name for name in known}
    close = [names[n] for n in get_close_matches(wanted.casefold(), names, n=3, cutoff=0.5)]
    everything = ", ".join(list(names.values())[:30])
    if not close:
        return _("eine von: %(names)s") % {"names": everything}
    return _("vermutlich %(close)s; vorhanden: %(names)s") % {"close": " / ".join(close), "names": everything}
