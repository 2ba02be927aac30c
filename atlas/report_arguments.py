"""Options of templates as arguments of the command line: every template is a subcommand of `manage.py report`."""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from atlas.reports.sections import Option
from atlas.reports.template import Template

PREFIX = "asked_"
_FLAGS = {"ja": True, "nein": False}
_LISTS = {
    "areas": "EBENE/SCHLÜSSEL",
    "indicators": "INDIKATOR",
    "periods": "ZEIT",
}


def add_options(parser: ArgumentParser, template: Template) -> None:
    """One argument for each option of a template, with its words as help."""
    for option in template.options:
        name = f"--{option.name.replace('_', '-')}"
        shared = {"dest": f"{PREFIX}{option.name}", "help": _help(option)}
        if option.kind == "flag":
            parser.add_argument(name, choices=["ja", "nein"], default=None, **shared)
        elif option.kind == "rows":
            parser.add_argument(name, action="append", default=None, metavar=_columns(option), **shared)
            parser.set_defaults(**{f"columns_{option.name}": [column for column, _label in option.choices]})
        elif option.kind == "choice":
            values = "|".join(value for value, _label in option.choices)
            parser.add_argument(name, type=partial(_chosen, option), default=None, metavar=values, **shared)
        elif option.kind in _LISTS:
            parser.add_argument(name, nargs="+", default=None, metavar=_LISTS[option.kind], **shared)
        else:
            parser.add_argument(name, default=None, metavar=_metavar(option), **shared)


def asked_options(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, as `Template.fill` wants it; the rest is left out."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if not name.startswith(PREFIX) or value is None:
            continue
        option = name.removeprefix(PREFIX)
        columns = values.get(f"columns_{option}")
        found[option] = [_row(columns, text) for text in value] if columns else _FLAGS.get(str(value), value)
    return found


def _chosen(option: Option, text: str) -> str:
    """The value of a choice, which may be given by its label too; what is none of them is refused with the rest."""
    return next((value for value, label in option.choices if text.casefold() == str(label).casefold()), text)


def _row(columns: Sequence[str], text: str) -> dict[str, str]:
    """A row of texts with a semicolon between them."""
    return dict(zip(columns, (cell.strip() for cell in text.split(";")), strict=False))


def _help(option: Option) -> str:
    hint = f". {option.hint}" if option.hint else ""
    hint += "; für mehrere Zeilen mehrmals" if option.kind == "rows" else ""
    return f"{option.label}{hint}".replace("%", "%%")


def _columns(option: Option) -> str:
    return ";".join(str(label) for _column, label in option.choices)


def _metavar(option: Option) -> str:
    return "TAG" if option.kind == "day" else "TEXT"
