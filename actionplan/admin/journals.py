"""Inlines of a journal: rows are added; what stands there can only be read."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.forms import BaseInlineFormSet

from actionplan.actions.booking import in_words

AMOUNTS = {models.DecimalField: {"localize": True}}  # typed as clerks write them: 1.234,50


class JournalFormSet(BaseInlineFormSet):
    """New rows are tried in the database before anything is saved: its refusal stands in the form, nothing is lost."""

    def clean(self):
        """Raise the database's own sentence as an error of the form."""
        super().clean()
        if any(self.errors) or self.instance.pk is None:
            return
        new = [form.instance for form in self.extra_forms if form.has_changed()]
        try:
            with transaction.atomic():
                for row in new:
                    setattr(row, self.fk.name, self.instance)
                    row.save()
                transaction.set_rollback(True)
        except IntegrityError as error:
            raise ValidationError(in_words(error)) from error
        finally:
            for row in new:
                row.pk, row._state.adding = None, True


class JournalInline(admin.TabularInline):
    """Old rows as text, one empty row to add; the database would refuse anything else."""

    formset = JournalFormSet
    classes = ["journal"]
    formfield_overrides = AMOUNTS
    extra = 1
    can_delete = False

    def has_change_permission(self, request, obj=None):
        """A journal is only added to."""
        return False

    def has_delete_permission(self, request, obj=None):
        """A journal is only added to."""
        return False
