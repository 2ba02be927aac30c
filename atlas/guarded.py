"""Forms that anybody may send: protected against machines without a third party and without riddles.

A field that people do not see, a signed stamp that says when the form was opened, and limits for length and links.
"""

import re
import secrets
import time

from django import forms
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

FASTEST = 3  # seconds between opening and sending; nobody types an idea faster
OLDEST = 86_400  # seconds: a day
MOST_LINKS = 2
_SALT = "atlas.guarded"
_LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)


def new_stamp() -> str:
    """When a form was opened, and a number of its own, signed."""
    return signing.dumps({"at": int(time.time()), "nr": secrets.token_urlsafe(16)}, salt=_SALT)


class GuardedForm(forms.Form):
    """Refuses what machines send; people only have to send again, and nothing they wrote is lost."""

    webseite = forms.CharField(required=False)
    stempel = forms.CharField(required=False)

    guards = ("webseite", "stempel")

    def __init__(self, *args, **kwargs):
        """Every visible field gets the classes of the design."""
        super().__init__(*args, **kwargs)
        self._number, self._stamp_holds = "", False
        for field in self.fields.values():
            kind = {forms.Select: "select", forms.CheckboxInput: "check__box"}.get(type(field.widget), "input")
            field.widget.attrs.setdefault("class", kind)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that people see, in their order."""
        return [self[name] for name in self.fields if name not in self.guards]

    @property
    def wrong_fields(self) -> list[forms.BoundField]:
        """Those of them that have to be looked at again."""
        return [field for field in self if field.errors and field.name not in self.guards]

    @property
    def stamp(self) -> str:
        """The stamp to send along: the one that came, as long as it can be used."""
        return self.data.get("stempel", "") if self.is_bound and self._stamp_holds else new_stamp()

    @property
    def secret(self) -> str:
        """An unguessable text that this one form always gives: sent twice, it is known again. After `is_valid`."""
        return salted_hmac("atlas.guarded.secret", self._number, algorithm="sha256").hexdigest()

    def renew(self) -> None:
        """The next answer carries a new stamp, because this form was used up."""
        self._stamp_holds = False

    def clean(self):
        """Raise what the stamp and the hidden field tell."""
        trouble = self._trouble()
        self._stamp_holds = not trouble  # also when something else is wrong: people correct it quickly
        cleaned = super().clean()
        if trouble:
            raise forms.ValidationError(trouble)
        return cleaned

    def _trouble(self) -> str:
        try:
            stamp = signing.loads(self.data.get("stempel", ""), salt=_SALT)
            age, self._number = time.time() - stamp["at"], str(stamp["nr"])
        except (signing.BadSignature, ValueError, KeyError, TypeError):
            return _("Das Formular war nicht vollständig. Bitte senden Sie noch einmal.")
        if self.data.get("webseite"):
            return _("Ein Feld war ausgefüllt, das leer bleiben muss. Bitte senden Sie noch einmal.")
        if age > OLDEST:
            return _("Das Formular war länger als einen Tag offen. Bitte senden Sie noch einmal.")
        if age < FASTEST:
            return _("Das ging sehr schnell. Bitte sehen Sie Ihre Angaben noch einmal an und senden Sie dann.")
        return ""


def few_links(text: str) -> str:
    """The text, if it has at most MOST_LINKS links. Raises `ValidationError`."""
    if len(_LINK.findall(text)) > MOST_LINKS:
        raise forms.ValidationError(_("Bitte höchstens zwei Links."))
    return text


def no_links(text: str) -> str:
    """The text on one line, if it has no link. Raises `ValidationError`."""
    if _LINK.search(text):
        raise forms.ValidationError(_("Bitte hier keinen Link."))
    return " ".join(text.split())


def enough_words(text: str, least: int) -> str:
    """The text, if it is long enough to be understood. Raises `ValidationError`."""
    if len(text.strip()) < least:
        raise forms.ValidationError(_("Bitte mindestens %(count)s Zeichen.") % {"count": least})
    return text.strip()
