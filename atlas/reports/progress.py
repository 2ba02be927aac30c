"""How far the making of a document is, and how somebody stops it. Pure."""

from collections.abc import Callable


class Cancelled(Exception):
    """Somebody does not want the document any more; raised by a progress when it is told the next step."""


Progress = Callable[[int, int, str], None]
"""Called before each step with the number of steps done, of all steps, and what comes next in words of the reader's
language; may raise `Cancelled`."""


def silent(_done: int, _of: int, _words: str) -> None:
    """The progress that nobody watches."""
