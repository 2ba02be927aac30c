"""Funds, allocations and the journal of the money."""

from django import forms
from django.contrib import admin
from django.db import IntegrityError, transaction

from actionplan.actions.booking import in_words
from actionplan.models import Allocation, AllocationShare, BudgetYear, CarryOver, Fund, FundChange, Funder, MoneyEntry

from .journals import AMOUNTS, JournalInline


class BookingAdmin(admin.ModelAdmin):
    """A thing with a journal: it is saved first, then its journal is written."""

    def get_inlines(self, request, obj):
        """No journal of what is not there yet."""
        return [inline for inline in self.inlines if obj is not None or not issubclass(inline, JournalInline)]

    def save_formset(self, request, form, formset, change):
        """New rows of the journal carry the name of who wrote them."""
        for row in formset.save(commit=False):
            if isinstance(row, (MoneyEntry, FundChange)):
                row.recorded_by = request.user
            row.save()
        for gone in formset.deleted_objects:
            gone.delete()
        formset.save_m2m()


class ChangeInline(JournalInline):
    """Amounts put into the fund."""

    model = FundChange
    fields = ["amount", "day", "day_is_exact", "paper", "note"]
    autocomplete_fields = ["paper"]


@admin.register(Funder)
class FunderAdmin(admin.ModelAdmin):
    """Whose money it is."""

    list_display = ["name", "kind"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Fund)
class FundAdmin(BookingAdmin):
    """Funds of a year."""

    list_display = ["name", "year", "kind", "funder", "action_area", "is_about"]
    list_filter = ["year", "kind", "funder"]
    list_select_related = ["funder", "action_area"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name", "year"]}
    autocomplete_fields = ["funder", "action_area", "part_of", "paper", "source"]
    inlines = [ChangeInline]

    def get_queryset(self, request):
        """Lists need no boundaries."""
        return super().get_queryset(request).defer("action_area__geometry")


class ShareInline(admin.StackedInline):
    """How it is divided among places."""

    model = AllocationShare
    extra = 0


class EntryInline(JournalInline):
    """The steps of the money."""

    model = MoneyEntry
    fields = ["kind", "amount", "day", "day_is_exact", "paper", "note"]
    autocomplete_fields = ["paper"]


@admin.register(Allocation)
class AllocationAdmin(BookingAdmin):
    """What a project gets from a fund, with its journal."""

    list_display = ["project", "fund", "note"]
    list_filter = ["fund__year", "fund__kind"]
    list_select_related = ["project", "fund"]
    search_fields = ["project__title", "fund__name"]
    autocomplete_fields = ["project", "fund"]
    inlines = [ShareInline, EntryInline]


class CarryOverForm(forms.ModelForm):
    """A carry-over is tried in the database before it is saved."""

    def clean(self):
        """Raise the database's own sentence as an error of the form."""
        cleaned = super().clean()
        if not self.errors:
            try:
                with transaction.atomic():
                    CarryOver(**cleaned).save()
                    transaction.set_rollback(True)
            except IntegrityError as error:
                raise forms.ValidationError(in_words(error)) from error
        return cleaned


@admin.register(CarryOver)
class CarryOverAdmin(admin.ModelAdmin):
    """What is carried into a later year."""

    form = CarryOverForm
    formfield_overrides = AMOUNTS

    list_display = ["out_of", "into", "amount", "day"]
    list_select_related = ["out_of", "into"]
    autocomplete_fields = ["out_of", "into", "paper", "source"]

    def has_change_permission(self, request, obj=None):
        """A journal is only added to."""
        return False if obj else super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """A journal is only added to."""
        return False

    def save_model(self, request, obj, form, change):
        """Remember who carried it."""
        obj.recorded_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(BudgetYear)
class BudgetYearAdmin(admin.ModelAdmin):
    """Locking a year."""

    list_display = ["year", "locked_on", "note"]
    autocomplete_fields = ["paper"]

    def has_delete_permission(self, request, obj=None):
        """A year stays closed; it is opened by taking the day away, which everybody can see."""
        return False
