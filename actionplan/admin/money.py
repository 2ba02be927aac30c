"""Funds, allocations and the journal of the money."""

from django.contrib import admin, messages
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.actions.booking import divide_by_default, euros
from actionplan.budget import sum_known
from actionplan.models import (
    Allocation,
    AllocationShare,
    BudgetYear,
    CarryOver,
    Fund,
    FundChange,
    Funder,
    MoneyEntry,
    ProjectPlace,
)
from actionplan.selectors.funds import with_standing
from actionplan.selectors.sums import SUMS, money_from, with_sums

from .fund_steps import decide
from .journals import AMOUNTS, JournalInline
from .once import OnceForm, OnceFormSet
from .refusals import SaysRefusals
from .years import YearFilter, year_of


class BookingAdmin(SaysRefusals, admin.ModelAdmin):
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

    model, formset = FundChange, OnceFormSet
    fields = ["amount", "day", "day_is_exact", "paper", "note"]
    autocomplete_fields = ["paper"]


@admin.register(Funder)
class FunderAdmin(SaysRefusals, admin.ModelAdmin):
    """Whose money it is."""

    list_display = ["name", "kind"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Fund)
class FundAdmin(BookingAdmin):
    """Funds of a year."""

    list_display = ["name", year_of, "for_whom", "volume", "granted", "free"]
    list_filter = [("year", YearFilter), "kind", ("foreseen", admin.EmptyFieldListFilter), "funder"]
    actions = [decide]
    list_select_related = ["action_area"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name", "year"]}
    autocomplete_fields = ["funder", "action_area", "part_of", "paper", "source"]
    inlines = [ChangeInline]

    def get_queryset(self, request):
        """With what is in the fund and what was approved from it; lists need no boundaries."""
        return with_standing(super().get_queryset(request), timezone.localdate()).defer("action_area__geometry")

    def get_exclude(self, request, obj=None):
        """The year of a fund that is there is text: it stays."""
        return ["year"] if obj else []

    def get_readonly_fields(self, request, obj=None):
        """What a fund is booked by stays, as the database has it."""
        return [year_of, "part_of", "volume_is_known", "standing"] if obj else ["standing"]

    def get_prepopulated_fields(self, request, obj=None):
        """The address of a fund that is there does not follow its name."""
        return {} if obj else self.prepopulated_fields

    def has_decide_permission(self, request):
        """Who puts amounts into funds decides about what is foreseen."""
        return request.user.has_perm("actionplan.add_fundchange")

    @admin.display(description=_("Nur für"), ordering="action_area__name")
    def for_whom(self, fund):
        """The action area of a fund that is for one alone; "–" for all others."""
        return fund.action_area.name if fund.action_area else "–"

    @admin.display(description=_("Im Topf"), ordering="volume_now")
    def volume(self, fund):
        """What is in the fund."""
        if not fund.volume_is_known:
            return _("Betrag nicht bekannt")
        if fund.foreseen is not None:
            return _("noch nicht beschlossen, vorgesehen %(amount)s") % {"amount": euros(fund.foreseen)}
        return _("rund %(amount)s") % {"amount": euros(fund.volume_now)} if fund.is_about else euros(fund.volume_now)

    @admin.display(description=_("bewilligt"), ordering="granted_now")
    def granted(self, fund):
        """What projects got."""
        return euros(fund.granted_now)

    @admin.display(description=_("frei"))
    def free(self, fund):
        """What can still be approved, from the fund and from what it is contained in."""
        return euros(fund.free) if fund.volume_is_known else "–"

    @admin.display(description=_("Stand"))
    def standing(self, fund):
        """Everything in one line, for who books."""
        if fund.pk is None:
            return "–"
        words = {"volume": self.volume(fund), "granted": self.granted(fund), "free": self.free(fund)}
        return _("im Topf %(volume)s, bewilligt %(granted)s, frei %(free)s") % words


class ShareInline(admin.TabularInline):
    """How it is divided among the places of its project."""

    model = AllocationShare
    extra = 0
    classes = ["journal"]

    def get_queryset(self, request):
        """With the names of the places."""
        return super().get_queryset(request).select_related(*_NAMES).defer(*_BOUNDARIES)

    def get_formset(self, request, obj=None, **kwargs):
        """Knows whose places may be chosen."""
        self.parent = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only places of the project, read once for all rows."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "place":
            found = ProjectPlace.objects.filter(project=self.parent.project_id) if self.parent else None
            field.queryset = ProjectPlace.objects.none() if found is None else _named(found)
        return field


_NAMES = ("place__area", "place__action_area")
_BOUNDARIES = ("place__area__geometry", "place__action_area__geometry")


def _named(places):
    return places.select_related("area", "action_area").defer("area__geometry", "action_area__geometry")


class EntryInline(JournalInline):
    """The steps of the money."""

    model, formset = MoneyEntry, OnceFormSet
    fields = ["kind", "amount", "day", "day_is_exact", "paper", "note"]
    autocomplete_fields = ["paper"]

    def get_queryset(self, request):
        """With the papers that the rows name."""
        return super().get_queryset(request).select_related("paper")


@admin.register(Allocation)
class AllocationAdmin(BookingAdmin):
    """What a project gets from a fund, with its journal."""

    list_display = ["project", "fund", "planned", "granted", "spent", "left", "note"]
    list_filter = [("fund__year", YearFilter), "fund__kind"]
    list_per_page, show_full_result_count = 50, False
    list_select_related = ["project", "fund__action_area"]
    search_fields = ["project__title", "fund__name"]
    autocomplete_fields = ["project", "fund"]
    inlines = [ShareInline, EntryInline]

    def get_queryset(self, request):
        """With the sums of the journal up to today."""
        found = with_sums(super().get_queryset(request), timezone.localdate())
        return found.defer("fund__action_area__geometry", "project__words")

    def get_readonly_fields(self, request, obj=None):
        """Fund and project of an allocation stay, as the database has it."""
        return ["fund", "project", "standing"] if obj else ["standing"]

    def save_related(self, request, form, formsets, change):
        """Money of a project with one place falls to it, as it does when it is booked elsewhere."""
        super().save_related(request, form, formsets, change)
        if not change and not form.instance.shares.exists():
            divide_by_default(form.instance)
        if told := _plans_beyond(form.instance.fund_id):
            self.message_user(request, told, messages.WARNING)

    @admin.display(description=_("geplant"), ordering="sum_planned")
    def planned(self, allocation):
        """What was foreseen; None where nobody said."""
        return _booked(allocation.sum_planned)

    @admin.display(description=_("bewilligt"), ordering="sum_approved")
    def granted(self, allocation):
        """What is approved by now."""
        return _booked(sum_known([allocation.sum_approved, allocation.sum_revised]))

    @admin.display(description=_("ausgezahlt"), ordering="sum_spent")
    def spent(self, allocation):
        """What was paid."""
        return _booked(allocation.sum_spent)

    @admin.display(description=_("noch auszuzahlen"))
    def left(self, allocation):
        """What is approved and not paid out."""
        return euros(money_from([getattr(allocation, name) for name in SUMS]).left)

    @admin.display(description=_("Stand"))
    def standing(self, allocation):
        """Sums of the journal and what the fund has left, for who books."""
        if allocation.pk is None:
            return "–"
        fund = with_standing(Fund.objects.filter(pk=allocation.fund_id), timezone.localdate()).get()
        free = euros(fund.free) if fund.volume_is_known else _("Betrag nicht bekannt")
        words = {"granted": self.granted(allocation), "spent": self.spent(allocation), "left": self.left(allocation)}
        return _("bewilligt %(granted)s, ausgezahlt %(spent)s, noch auszuzahlen %(left)s; im Topf frei %(free)s") % (
            words | {"free": free}
        )


def _plans_beyond(fund: int) -> str:
    """That all plans of a fund together are more than it has; "" where they are not, or its amount is not known."""
    held = with_standing(Fund.objects.filter(pk=fund, volume_is_known=True), timezone.localdate()).first()
    if held is None or not held.is_decided:
        return ""
    entries = MoneyEntry.objects.filter(allocation__fund=fund, kind=MoneyEntry.Kind.PLANNED)
    planned = entries.aggregate(total=Sum("amount"))["total"] or 0
    if planned <= held.volume_now:
        return ""
    words = {"fund": held, "planned": euros(planned), "volume": euros(held.volume_now)}
    return _("Aus „%(fund)s“ sind zusammen %(planned)s Euro geplant, im Topf sind %(volume)s.") % words


def _booked(amount):
    return "–" if amount is None else euros(amount)


@admin.register(CarryOver)
class CarryOverAdmin(SaysRefusals, admin.ModelAdmin):
    """What is carried into a later year."""

    form = OnceForm
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
class BudgetYearAdmin(SaysRefusals, admin.ModelAdmin):
    """Locking a year."""

    list_display = [year_of, "locked_on", "note"]
    autocomplete_fields = ["paper"]

    def has_delete_permission(self, request, obj=None):
        """A year stays closed; it is opened by taking the day away, which everybody can see."""
        return False
