"""The catalogue in the administration."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from indicators.actions.formulating import delete_formula, save_formula
from indicators.actions.preparing import DECIDING
from indicators.admin.histogram import histogram_numbers, histogram_places
from indicators.forms import IndicatorForm
from indicators.forms_formula import FIELDS as FORMULA_FIELDS
from indicators.forms_formula import told_formula, written_in
from indicators.models import Dimension, Indicator, Period, SecrecyRule, SeriesBreak

# A change of these changes figures, but only when a release computes them again; texts are seen at once.
_COMPUTED = frozenset({name.removesuffix("_id") for name in DECIDING} | {"levels"})


@admin.register(Dimension)
class DimensionAdmin(admin.ModelAdmin):
    """Themes of the catalogue."""

    list_display = ["name", "slug", "kind", "order"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]


@admin.register(SecrecyRule)
class SecrecyRuleAdmin(admin.ModelAdmin):
    """What must be kept secret of the values of a source; holds from the next release on."""

    list_display = ["source", "min_count", "rounding_base", "min_population", "note"]
    list_select_related = ["source"]
    search_fields = ["source__title", "source__slug", "note"]
    autocomplete_fields = ["source"]


@admin.register(Period)
class PeriodAdmin(admin.ModelAdmin):
    """Spans of time that values are about."""

    list_display = ["code", "start", "end"]
    search_fields = ["code"]


class SeriesBreakInline(admin.TabularInline):
    """Breaks in the series of an indicator."""

    model = SeriesBreak
    extra = 0
    fields = ["period", "reason", "reason_en"]


class ReviewDue(admin.SimpleListFilter):
    """Entries that should have been looked through again by today, or that nobody has planned to."""

    title = _("Durchsicht")
    parameter_name = "durchsicht"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """What can be chosen."""
        return [("faellig", _("fällig")), ("geplant", _("geplant")), ("ohne", _("ohne Termin"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The entries chosen."""
        today = timezone.localdate()
        chosen = {
            "faellig": {"next_review__lte": today},
            "geplant": {"next_review__gt": today},
            "ohne": {"next_review__isnull": True},
        }
        return queryset.filter(**chosen.get(self.value(), {}))


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    """The catalogue: meaning, origin and the rules by which values are added up."""

    form = IndicatorForm
    change_form_template = "admin/indicators/indicator/change_form.html"
    list_display = ["name", "dimension", "unit_long", "aggregation", "source", "review", "is_published"]
    list_filter = [ReviewDue, "dimension", "aggregation", "direction", "colours"]
    list_select_related = ["dimension", "source"]
    search_fields = ["name", "name_en", "slug", "definition", "author", "checker"]
    autocomplete_fields = ["weight", "source", "reveals", "part_of", "cases", "concentration"]
    inlines = [SeriesBreakInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "dimension", "order", "levels"]}),
        (
            _("Bedeutung"),
            {
                "fields": [
                    *("definition", "easy_text", "direction", "reference", "numerator", "denominator"),
                    "numerator_kind",
                ]
            },
        ),
        (_("Einheit"), {"fields": ["unit", "unit_long", "decimals", "lowest", "highest"]}),
        (_("Zusammenfassung"), {"fields": ["aggregation", "weight", "factor"]}),
        (
            _("Formel"),
            {
                "fields": list(FORMULA_FIELDS),
                "classes": ["formula"],
                "description": _("Nur für Indikatoren, die aus anderen berechnet werden."),
            },
        ),
        (
            _("Geheimhaltung"),
            {"fields": ["counts", "min_cases", "reveals", "part_of", "breakdown", "cases", "concentration"]},
        ),
        (
            _("Klassen und Farben der Karte"),
            {"fields": ["colours", "default_method", "default_classes", "author_breaks", "author_breaks_note"]},
        ),
        (_("Herkunft und Durchsicht"), {"fields": ["source", "table", "note", "author", "checker", "next_review"]}),
        (
            _("Englisch"),
            {
                "fields": [
                    *("name_en", "definition_en", "unit_en", "unit_long_en", "numerator_en", "denominator_en"),
                    "note_en",
                ]
            },
        ),
        (_("Bausteine für Sätze"), {"fields": ["headline"], "classes": ["collapse"]}),
    ]

    def get_urls(self) -> list:
        """The usual addresses, and the numbers of the histogram."""
        own = path(
            "<int:pk>/verteilung.json",
            self.admin_site.admin_view(self.histogram),
            name="indicators_indicator_histogram",
        )
        words = path("formel.json", self.admin_site.admin_view(self.formula_words), name="indicators_indicator_formula")
        return [own, words, *super().get_urls()]

    def formula_words(self, request: HttpRequest) -> JsonResponse:
        """The formula that stands in the form as a sentence, and what is still wrong with it."""
        if not self.has_view_permission(request):
            return JsonResponse({"error": _now("Dafür fehlt das Recht.")}, status=403)
        return JsonResponse(told_formula(request.GET))

    def histogram(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Published numbers of a level and period, for the histogram beside the limits."""
        indicator = self.get_object(request, str(pk))
        if indicator is None or not self.has_view_permission(request, indicator):
            return JsonResponse({"error": _now("Diesen Indikator gibt es nicht.")}, status=404)
        level, period = request.GET.get("ebene", ""), request.GET.get("zeit", "")
        return JsonResponse({"values": histogram_numbers(indicator, level, period)})

    def render_change_form(self, request, context, *args, **kwargs):
        indicator = kwargs.get("obj") or context.get("original")
        places = histogram_places(indicator) if indicator is not None else []
        url = reverse("admin:indicators_indicator_histogram", args=[indicator.pk]) if places else ""
        context |= {"formula_url": reverse("admin:indicators_indicator_formula")}
        context |= {"histogram_places": places, "histogram_url": url, "histogram_words": _histogram_words()}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request, form, formsets, change) -> None:
        """After saving: say when public figures only follow with the next release."""
        super().save_related(request, form, formsets, change)
        self._save_formula(form)
        changed = (_COMPUTED | set(FORMULA_FIELDS)) & set(form.changed_data)
        gaps = any(formset.has_changed() for formset in formsets)
        if change and form.instance.current_edition_id and (changed or gaps):
            labels = [str(form.fields[name].label) for name in form.changed_data if name in changed]
            labels += [str(_("Brüche in den Reihen"))] if gaps else []
            text = ngettext(
                "Gespeichert. Die öffentlichen Kennwerte ändern sich dadurch noch nicht: Erst die nächste "
                "Veröffentlichung mit Werten dieses Indikators rechnet neu (%(fields)s).",
                "Gespeichert. Die öffentlichen Kennwerte ändern sich dadurch noch nicht: Erst die nächste "
                "Veröffentlichung mit Werten dieses Indikators rechnet neu (%(fields)s).",
                len(labels),
            )
            messages.warning(request, text % {"fields": ", ".join(labels)})

    @staticmethod
    def _save_formula(form) -> None:
        if form.instance.is_computed:
            save_formula(indicator=form.instance, written=written_in(form.cleaned_data))
        else:
            delete_formula(indicator=form.instance)

    @admin.display(description=_("Durchsicht"), ordering="next_review")
    def review(self, indicator: Indicator) -> str:
        """The day of the next review; a due one in bold, with the word."""
        if indicator.next_review is None:
            return "–"
        day = indicator.next_review.strftime("%d.%m.%Y")
        is_due = indicator.next_review <= timezone.localdate()
        return format_html("<strong>{} {}</strong>", day, _now("fällig")) if is_due else day

    @admin.display(description=_("mit Werten"), boolean=True)
    def is_published(self, indicator):
        """Whether there are public figures."""
        return indicator.current_edition_id is not None


def _histogram_words() -> dict[str, str]:
    """What the histogram's script says."""
    return {
        "nothing": _now("Zu dieser Auswahl sind keine Kennwerte veröffentlicht."),
        "unreadable": _now(
            "So sind die Grenzen noch nicht lesbar: Zahlen mit Komma, aufsteigend, durch Semikolon getrennt."
        ),
        "none": _now("Noch keine eigenen Grenzen."),
        "classes": _now("{count} Klassen, keine ist leer."),
        "someEmpty": _now("{count} Klassen, davon {empty} ohne ein einziges Gebiet."),
        "between": _now("{from} bis unter {until}"),
        "under": _now("unter {until}"),
        "from": _now("{from} und mehr"),
        "all": _now("alle Werte"),
    }
