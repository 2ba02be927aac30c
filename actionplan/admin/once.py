"""A booking form books once: it carries a key of its own, which the row keeps as `origin`, of which there is only one.

A double click, a reload, or going back and saving again sends the same key; a page that is opened anew has another one.
"""

import uuid

from django import forms
from django.utils.functional import cached_property

from actionplan.actions.booking import ALREADY, hold_the_money
from actionplan.admin.journals import JournalFormSet


class KeyField(forms.CharField):
    """The key, hidden in the form; forms without one are not told apart."""

    def __init__(self, **kwargs):
        more = {"widget": forms.HiddenInput, "required": False, "max_length": 40, "initial": _new_key}
        super().__init__(**more | kwargs)


def _new_key() -> str:
    return uuid.uuid4().hex


class OnceFormSet(JournalFormSet):
    """New rows of a journal of money."""

    @cached_property
    def management_form(self):
        """With the key of the page."""
        made = super().management_form
        made.fields["key"] = KeyField()
        return made

    def clean(self):
        """Say what is booked already; every new row gets its place in this form as its origin."""
        key = self.data.get(self.management_form.add_prefix("key"), "")[:40]
        if key and not any(self.errors):
            hold_the_money()  # the same form sent twice at once: the second one waits and then finds the first
            if self.model.objects.filter(origin__startswith=f"form:{key}:").exists():
                raise forms.ValidationError(ALREADY)
            for number, form in enumerate(self.extra_forms):
                form.instance.origin = f"form:{key}:{number}" if form.has_changed() else None
        super().clean()


class OnceForm(forms.ModelForm):
    """A form that adds one row of a journal of money."""

    key = KeyField()

    def clean(self):
        """Say what is booked already."""
        cleaned = super().clean()
        key = cleaned.get("key")
        if key and self.instance.pk is None:
            hold_the_money()
            self.instance.origin = f"form:{key}:0"
            if type(self.instance).objects.filter(origin=self.instance.origin).exists():
                raise forms.ValidationError(ALREADY)
        return cleaned
