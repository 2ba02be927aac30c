"""Secondary suppression: which cells must be hidden beside the secret ones so that nobody can compute them. No Django.

The loop: choose cells of least loss -> attack -> add what is missing, until every secret is protected. Choosing is an
integer program over "this cell is hidden"; what is missing is told by the attack itself, as an inequality that every
safe choice must satisfy (Fischetti and Salazar, "Solving the cell suppression problem on tabular data with linear
constraints", Management Science 47, 2001). So the result is not only safe but, unless a limit ends the search, of
least loss.
"""

import time
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from .choosing import Choice
from .pressing import Failure, Pair, Press
from .problem import Part, Problem, make_problem, small_parts, whole_problem
from .tables import Table, TableError

LARGE = 350  # cells up to which a table is solved as one: there the least loss is found within a second (ADR 10)
PATIENCE, LONG = 4, 60  # rounds after which more is only added, instead of choosing anew: in parts, and otherwise
PART = 200  # cells of the parts that a larger table is solved in
EXACT, ROUGH = 1e-6, 0.02  # how far from the least loss a choice may be, as a share of it


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
    betrayed = {keys[column] for column, _sign, _holder in lost} | problem.told
    return Protection(primary, frozenset(keys[i] for i in hidden) - primary, frozenset(betrayed), is_least)


def _chosen(problem: Problem, seconds: float | None) -> tuple[set[int], bool, set[Pair]]:
    """Hidden columns, whether they are the least loss, and what cannot be kept from whom.

    A large table is solved in small parts first, each for itself; then what that left open is solved for the whole.
    """
    until = None if seconds is None else time.monotonic() + seconds
    press = Press(problem.system, problem.values, problem.targets, problem.holders)
    press.skip |= problem.beyond_limits()
    given: set[int] = set()
    is_split = len(problem.may_be_hidden) > LARGE
    for part in small_parts(problem, PART) if is_split else ():
        hidden = _solved(problem, part, press, until, gap=ROUGH)[0]
        if hidden is None:  # what cannot be protected inside this part is left to the whole, the rest is solved here
            lost = frozenset(failure.pair for failure in press.failures(part.given.union(part.candidates)))
            hidden = _solved(problem, part, press, until, gap=ROUGH, ignore=lost)[0]
        given |= hidden or set()
    while True:
        whole = whole_problem(problem, given)
        hidden, is_least = (
            _joined(problem, whole, press) if is_split else _solved(problem, whole, press, until, gap=EXACT)
        )
        if hidden is not None:
            return hidden, is_least, press.skip
        out_of_reach = {failure.pair for failure in press.failures(problem.may_be_hidden)}
        if not out_of_reach:
            raise TableError("no choice satisfies the solver although hiding everything would do")
        press.skip |= out_of_reach


def _solved(
    problem: Problem,
    part: Part,
    press: Press,
    until: float | None,
    *,
    gap: float,
    ignore: frozenset[Pair] = frozenset(),
) -> tuple[set[int] | None, bool]:
    """The loop: choose, attack, learn; None if no choice protects everything in this part."""
    choice = Choice(problem, part, until=until, gap=gap, skip=press.skip | ignore)
    rounds = 0
    while (hidden := choice.best()) is not None:
        failures = _counting(press.failures(hidden), ignore)
        if not failures:
            break
        rounds += 1
        if rounds < (LONG if gap == EXACT and not _is_over(until) else PATIENCE):
            choice.learn(failures, hidden)
            continue
        hidden = _grown(problem, part, press, failures, hidden, ignore=ignore)
        return (None if hidden is None else _pruned(part, press, hidden, ignore)), False
    return hidden, choice.is_least


def _counting(failures: Iterable[Failure], ignore: frozenset[Pair]) -> list[Failure]:
    return [f for f in failures if f.pair not in ignore and (*f.pair[:2], None) not in ignore]


def _joined(problem: Problem, whole: Part, press: Press) -> tuple[set[int] | None, bool]:
    """What the parts left open, for the whole; never said to be the least loss."""
    hidden = set(whole.given)
    grown = _grown(problem, whole, press, press.failures(hidden), hidden)
    return (None if grown is None else _pruned(whole, press, grown)), False


def _grown(
    problem: Problem,
    part: Part,
    press: Press,
    failures: Sequence[Failure],
    hidden: set[int],
    *,
    ignore: frozenset[Pair] = frozenset(),
) -> set[int] | None:
    """What is hidden stays hidden, and the least is added that helps, until all is safe; None if nothing does."""
    while failures:
        more = replace(part, given=frozenset(hidden), candidates=part.without(hidden))
        choice = Choice(problem, more, gap=ROUGH, is_bare=True, skip=press.skip | ignore)
        choice.learn(failures, hidden)
        grown = choice.best()
        if grown is None:
            return None
        hidden, failures = grown, _counting(press.failures(grown), ignore)
    return hidden


def _pruned(part: Part, press: Press, hidden: set[int], ignore: frozenset[Pair] = frozenset()) -> set[int]:
    """Without the cells that turn out not to be needed, the dearest first."""
    for column in sorted(hidden.intersection(part.candidates), key=lambda i: (-part.candidates[i], i)):
        if not _counting(press.failures(hidden - {column}), ignore):
            hidden = hidden - {column}
    return hidden


def _is_over(until: float | None) -> bool:
    return until is not None and time.monotonic() > until
