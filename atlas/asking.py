"""Answering an address as far as it can be answered: what cannot be read is left out and told."""

from collections.abc import Callable
from typing import TypeVar

from atlas.asked import AskedWrongly

Answer = TypeVar("Answer")


def as_asked(answer: Callable[[dict[str, str]], Answer], query: dict[str, str]) -> tuple[Answer, AskedWrongly | None]:
    """`answer(query)`; parameters that cannot be used are left out one by one, the first of them is returned too."""
    wrong = None
    while True:
        try:
            return answer(query), wrong
        except AskedWrongly as asked:
            if asked.parameter not in query:
                raise
            wrong = wrong or asked
            query = {name: value for name, value in query.items() if name != asked.parameter}
