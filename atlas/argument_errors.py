"""What the parser of a command line says, in German: the library knows its sentences in English only."""

import re
from argparse import ArgumentParser

from django.core.management import CommandError

_SAID = [  # what the library says, what is said here
    (r"the following arguments are required: (.*)", r"Es fehlt: \1."),
    (r"unrecognized arguments: (.*)", r"Diese Angabe gibt es hier nicht: \1."),
    (r"ambiguous option: (\S+) could match (.*)", r"Die Angabe \1 ist nicht eindeutig. Möglich: \2."),
    (r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)", r"\1: \2 gibt es nicht. Möglich: \3."),
    (r"argument (.*?): expected one argument", r"\1: Es fehlt der Wert."),
    (r"argument (.*?): expected at least one argument", r"\1: Es fehlt mindestens ein Wert."),
    (r"argument (.*?): expected (\d+) arguments?", r"\1: Erwartet werden \2 Werte."),
    (r"argument (.*?): invalid \S+ value: (.*)", r"\1: Der Wert \2 lässt sich nicht lesen."),
    (r"argument (.*?): ignored explicit argument (.*)", r"\1 steht ohne Wert, nicht mit \2."),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 und \2 gehen nicht zusammen."),
    (r"argument (.*?): (.*)", r"\1: \2"),
]
_QUOTED = re.compile(r"'([^']*)'")
_REASONS = (  # why a file cannot be written
    (FileNotFoundError, "Den Ordner gibt es nicht"),
    (IsADirectoryError, "Es ist ein Ordner"),
    (NotADirectoryError, "Ein Teil des Pfades ist kein Ordner"),
    (PermissionError, "Das Recht dazu fehlt"),
)


def in_german(message: str) -> str:
    """A message of `argparse` in German; one that is not known stays as it is.

    >>> in_german("argument --size: invalid choice: 'A0' (choose from 'A4', 'A3')")
    '--size: „A0“ gibt es nicht. Möglich: A4, A3.'
    >>> in_german("the following arguments are required: ART")
    'Es fehlt: ART.'
    """
    for pattern, said in _SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            start, between, possible = found.expand(said).partition("Möglich: ")
            return _QUOTED.sub(r"„\1“", start) + between + _QUOTED.sub(r"\1", possible)
    return message


def speak_plainly(parser: ArgumentParser) -> None:
    """Let a parser of Django tell errors in German: from the command line with status 2, else by `CommandError`."""

    def error(message: str) -> None:
        if not parser.called_from_command_line:
            raise CommandError(in_german(message))
        usage = parser.format_usage().removeprefix("usage: ")
        parser.exit(2, f"Fehler: {in_german(message)}\n\nAufruf: {usage}\nMehr dazu: {parser.prog} --help\n")

    parser.error = error


def unwritable(error: OSError) -> str:
    """Why a file cannot be written, without a stop at the end."""
    return next((said for kind, said in _REASONS if isinstance(error, kind)), error.strerror or str(error))
