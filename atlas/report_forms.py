"""Forms made of the options of sections and templates: an `Option` becomes a field, its answer plain data again.

    form = OptionForm(section.options, data, prefix="teil-1", initial={"areas": ["sozialraum/023"]})
    form.is_valid() and form.options()   # {"areas": ["sozialraum/023"]}, as `Part.options` or `Template.fill` want it

`templates/redaktion/reports/fields.html` draws such a form (`{% include … with form=form %}`). For staff pages of
reports and of compilations alike. What is chosen must exist today; what a builder refuses beyond that it says itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actionplan.models import ActionArea
from areas.models import Area, AreaLevel
from atlas.report_rows import DrawnHere, RowsField
from atlas.reports.compilation import MOST_LETTERS, MOST_TITLE
from atlas.reports.sections import Option
from indicators.models import Period
from indicators.selectors import catalogue

_TEXT = {"class": "input"}
_SELECT = {"class": "select"}
_WRONG = {"invalid_choice": _("Bitte etwas aus der Liste wählen."), "required": _("Bitte etwas wählen.")}


class Boxes(DrawnHere, forms.CheckboxSelectMultiple):
    """Boxes to tick, in groups that open; a group in which something is chosen stands open."""

    template_name = "redaktion/reports/boxes.html"

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        """With `groups` as (label, boxes, how many are chosen)."""
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["widget"]["groups"] = [
            (label, boxes, sum(1 for box in boxes if box["selected"])) for label, boxes, _n in groups
        ]
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The name of the group stands in its legend, so no label points to it."""
        return super().id_for_label(id_, index) if index is not None else ""


class OptionForm(forms.Form):
    """A form for some options; `initial` is data as `options()` gives them. About 4 queries."""

    def __init__(
        self, options: Sequence[Option], data: Any = None, *, initial: Mapping[str, Any] | None = None, prefix: str = ""
    ):
        known = {option.name: option.default for option in options if option.default is not None}
        super().__init__(data, initial={**known, **(initial or {})}, prefix=prefix or None)
        self.asked = tuple(options)
        for option in options:
            self.fields[option.name] = field_of(option)

    def options(self) -> dict[str, Any]:
        """What was chosen, as JSON can hold it; what was left empty is left out. Only after `is_valid()`."""
        found = {option.name: _plain(self.cleaned_data[option.name]) for option in self.asked}
        return {name: value for name, value in found.items() if value not in ("", None, [])}


def field_of(option: Option) -> forms.Field:
    """The field that asks for an option. Raises `KeyError` for a kind that there is not."""
    common = {"label": option.label, "required": option.needed and option.kind != "flag", "help_text": option.hint}
    return _FIELDS[option.kind](option, common)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _boxes(choices: Iterable, common: dict) -> forms.Field:
    return forms.MultipleChoiceField(choices=choices, widget=Boxes, error_messages=_WRONG, **common)


def _select(choices: list, option: Option, common: dict) -> forms.Field:
    empty = [("", "–")] if not option.needed or option.default is None else []
    widget = forms.Select(attrs=_SELECT)
    return forms.ChoiceField(choices=[*empty, *choices], widget=widget, error_messages=_WRONG, **common)


def _text(_option: Option, common: dict) -> forms.Field:
    return forms.CharField(max_length=MOST_TITLE, widget=forms.TextInput(attrs=_TEXT), **common)


def _long_text(_option: Option, common: dict) -> forms.Field:
    return forms.CharField(max_length=MOST_LETTERS, widget=forms.Textarea(attrs={**_TEXT, "rows": 6}), **common)


def _day(_option: Option, common: dict) -> forms.Field:
    widget = forms.DateInput(attrs={**_TEXT, "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **common)


def area_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """All areas in force by level, action areas first: ("sozialraum/023", "Borsigplatz (023) · Aktionsraum").

    2 queries.
    """
    plan = set(ActionArea.objects.in_force().filter(kind=ActionArea.Kind.ACTION_AREA).values_list("area_id", flat=True))
    groups: dict[str, list[tuple[str, str]]] = {}
    rows = Area.objects.in_force().select_related("level").defer("geometry").order_by("level__rank", "code")
    for area in sorted(rows, key=lambda each: each.pk not in plan):
        label = f"{area.name} ({area.code})" + (f" · {_('Aktionsraum')}" if area.pk in plan else "")
        groups.setdefault(area.level.label_plural, []).append((f"{area.level.slug}/{area.code}", label))
    return list(groups.items())


def level_choices() -> list[tuple[str, str]]:
    """Levels from the city down. 1 query."""
    return [(level.slug, level.label_plural) for level in AreaLevel.objects.order_by("rank")]


def indicator_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Indicators with figures, in groups by dimension. 2 queries."""
    groups = catalogue(with_data=True)
    return [(group.dimension.label, [(one.slug, one.label) for one in group.indicators]) for group in groups]


def period_choices() -> list[tuple[str, str]]:
    """Periods, the newest first. 1 query."""
    return [(code, code) for code in Period.objects.order_by("-start", "code").values_list("code", flat=True)]


_FIELDS = {
    "areas": lambda _option, common: _boxes(area_choices(), common),
    "level": lambda option, common: _select(level_choices(), option, common),
    "indicators": lambda _option, common: _boxes(indicator_choices(), common),
    "periods": lambda _option, common: _boxes(period_choices(), common),
    "day": _day,
    "text": _text,
    "longtext": _long_text,
    "flag": lambda _option, common: forms.BooleanField(**common),
    "choice": lambda option, common: _select(list(option.choices), option, common),
    "rows": lambda option, common: RowsField(option.choices, **common),
}
