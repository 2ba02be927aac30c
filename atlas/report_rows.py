"""A field for a short table that somebody fills in: rows of texts, as the option kind "rows" wants them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from atlas.reports.compilation import MOST_TITLE

SPARE = 3  # empty rows below the filled ones
MOST_ROWS = 60

Columns = Sequence[tuple[str, str | Promise]]


class DrawnHere:
    """A widget drawn by a template of the portal (Django's own renderer knows its own templates only)."""

    def _render(self, template_name: str, context: dict, renderer: Any = None) -> str:
        return render_to_string(template_name, context)


class RowsWidget(DrawnHere, forms.Widget):
    """Inputs named `<name>-<row>-<column>`; further rows appear after saving."""

    template_name = "redaktion/reports/rows.html"
    use_fieldset = True

    def __init__(self, columns: Columns):
        super().__init__()
        self.columns = tuple(columns)

    def value_from_datadict(self, data, files, name: str) -> list[dict[str, str]]:
        """All rows that were sent, empty ones too."""
        rows = []
        for number in range(MOST_ROWS + SPARE):
            row = {column: data.get(f"{name}-{number}-{column}") for column, _label in self.columns}
            if all(value is None for value in row.values()):
                break
            rows.append({column: (value or "").strip() for column, value in row.items()})
        return rows

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        """Whether the table was not in the form that was sent."""
        return not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        """With `rows`: of each its number and (name of the input, label, text) for each column."""
        context = super().get_context(name, value, attrs)
        filled = [row for row in value or [] if isinstance(row, dict) and any(row.values())]
        context["widget"]["labels"] = [label for _column, label in self.columns]
        context["widget"]["rows"] = [
            (number + 1, [(f"{name}-{number}-{column}", label, row.get(column, "")) for column, label in self.columns])
            for number, row in enumerate([*filled, *({} for _ in range(SPARE))])
        ]
        return context


class RowsField(forms.Field):
    """A list of {column: text}; rows without any text are left out."""

    def __init__(self, columns: Columns, **options: Any):
        super().__init__(widget=RowsWidget(columns), **options)

    def clean(self, value: list[dict[str, str]] | None) -> list[dict[str, str]]:
        """Raises `ValidationError` with the row that is too long."""
        rows = [row for row in value or [] if any(row.values())]
        if self.required and not rows:
            raise forms.ValidationError(_("Bitte mindestens eine Zeile ausfüllen."))
        if len(rows) > MOST_ROWS:
            raise forms.ValidationError(_("Höchstens %(most)s Zeilen.") % {"most": MOST_ROWS})
        for number, row in enumerate(rows, 1):
            if any(len(text) > MOST_TITLE for text in row.values()):
                raise forms.ValidationError(
                    _("Zeile %(number)s: höchstens %(most)s Zeichen je Feld.") % {"number": number, "most": MOST_TITLE}
                )
        return rows

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other rows were sent."""
        return [row for row in data or [] if any(row.values())] != list(initial or [])
