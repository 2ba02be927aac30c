"""Secondary suppression: which cells must be hidden beside the secret ones so that nobody can compute them. No Django.

The loop: choose cells of least loss -> attack -> add what is missing, until every secret is protected. Choosing is an
integer program over "this cell is hidden"; what is missing is told by the attack itself, as an inequality that every
safe choice must satisfy (Fischetti and Salazar, "Solving the cell suppression problem on tabular data with linear
constraints", Management Science 47, 2001). So the result is not only safe but, unless a limit ends the search, of
least loss.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from .choosing import Choice
from .pressing import Pair, press
from .problem import Problem, make_problem
from .tables import Table, TableError


@dataclass(frozen=True)
class Protection:
    """What to hide: secret cells (`primary`) and those beside them (`secondary`).

    `unprotectable`: secret cells that stay computable although everything that may be hidden would be; a release
    with such a cell must not be published. `is_least`: no other choice loses less.
    """

    primary: frozenset[Hashable]
    secondary: frozenset[Hashable]
    unprotectable: frozenset[Hashable]
    is_least: bool = True

    @property
    def hidden(self) -> frozenset[Hashable]:
        """Everything to hide."""
        return self.primary | self.secondary


def protect(table: Table, *, seconds: float | None = None) -> Protection:
    """The cells to hide in `table`, with the least sum of weights; the same for the same content in whatever order.

    `seconds` ends the search for the least loss: the result is then safe all the same, but more may be hidden than
    needed, and how much may depend on the machine. Raises `TableError` if the values contradict the relations.

    >>> from .tables import Cell, Relation, make_table
    >>> cells = [Cell("all", 19, is_fixed=True), Cell("a", 2, is_sensitive=True, low=0, high=3, weight=2.6)]
    >>> cells += [Cell("b", 7, weight=4), Cell("c", 10, weight=4.5)]
    >>> sorted(protect(make_table(cells, [Relation("all", ("a", "b", "c"))])).hidden)
    ['a', 'b']
    """
    problem = make_problem(table)
    hidden, is_least, lost = _chosen(problem, seconds)
    keys = problem.system.keys
    primary = frozenset(keys[i] for i in problem.secret)
    betrayed = {keys[target.column] for target, _holder in lost} | problem.told
    return Protection(primary, frozenset(keys[i] for i in hidden) - primary, frozenset(betrayed), is_least)


def _chosen(problem: Problem, seconds: float | None) -> tuple[set[int], bool, set[Pair]]:
    """Hidden columns, whether they are the least loss, and what cannot be kept from whom."""
    choice = Choice(problem, seconds=seconds)
    lost: set[Pair] = set()
    safe: set[tuple[int, ...]] = set()
    while True:
        hidden = choice.best()
        if hidden is None:
            out_of_reach = {failure.pair for failure in press(problem, problem.may_be_hidden, skip=lost)}
            if not out_of_reach:
                raise TableError("no choice satisfies the solver although hiding everything would do")
            lost |= out_of_reach
            choice = Choice(problem, seconds=seconds, skip=lost)
            continue
        failures = press(problem, hidden, skip=lost, safe=safe)
        if not failures:
            return hidden, choice.is_least, lost
        choice.learn(failures, hidden)
