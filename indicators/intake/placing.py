"""Finding the areas of a table: which columns name them, on which level, and in which row they begin."""

from collections import Counter
from dataclasses import dataclass, field

from areas.naming import fold

from .mapping import AREA_BOTH, AREA_CODE, AREA_LEVEL, AREA_NAME
from .rowplan import both_of, code_of, text_of
from .sampling import Sample
from .vocabulary import Vocabulary

ENOUGH = 0.6  # of the filled cells of a column must be known
FEWEST = 2  # areas that make a table


@dataclass
class Places:
    """Columns (from 0) that say which area a row is about."""

    columns: dict[str, int] = field(default_factory=dict)  # role -> column
    level: str = ""
    rival: str = ""  # another level that fits as well
    matched: int = 0
    first_row: int = -1
    from_numbers: int = 0  # codes that stood as numbers


@dataclass
class _Candidate:
    column: int
    role: str
    level: str
    hits: int
    distinct: int
    share: float
    titled: bool


def find_places(sample: Sample, words: Vocabulary, hint: str) -> Places:
    """The columns with areas; `hint` is the level that titles and sheet name speak of."""
    candidates = [c for column in range(min(sample.width, 12)) for c in _candidates(sample, column, words)]
    places = Places()
    levels = _level_column(sample, words)
    if levels is not None:
        places.columns[AREA_LEVEL] = levels
    good = [c for c in candidates if c.share >= ENOUGH and c.distinct >= FEWEST]
    if not good:
        return places
    scores = _level_scores(sample, good, words, hint)
    places.level = max(scores, key=lambda level: (scores[level], level == hint))
    if levels is not None:
        places.level = ""
    else:
        places.rival = next((v for v in scores if v != places.level and scores[v] == scores[places.level]), "")
        if places.rival and places.level == hint:
            places.rival = ""
    mine = [c for c in good if c.level == (places.level or c.level)]
    for role in (AREA_CODE, AREA_BOTH, AREA_NAME):
        fitting = [c for c in mine if c.role == role]
        if fitting and not (role == AREA_NAME and AREA_BOTH in places.columns):
            best = max(fitting, key=lambda c: (c.titled, round(c.share, 1), -c.column))
            places.columns[role] = best.column
            places.matched = max(places.matched, best.hits)
    _drop_false_codes(places, mine)
    places.first_row = _first_row(sample, places, words)
    if AREA_CODE in places.columns:
        cells = sample.column(places.columns[AREA_CODE], max(places.first_row, 0))
        places.from_numbers = sum(code_of(c)[1] for c in cells)
    return places


def _candidates(sample: Sample, column: int, words: Vocabulary) -> list[_Candidate]:
    cells = [row[column] for row in sample.rows if text_of(row[column])]
    if not cells:
        return []
    found = []
    titles = [text_of(row[column]) for row in sample.rows[:12]]
    titled = any(words.role_of(t) in (AREA_CODE, AREA_NAME, AREA_BOTH) for t in titles if t and not t.isdigit())
    for level in words.codes:
        for role, matches in (
            (AREA_CODE, [c for c in cells if words.code_at(code_of(c)[0], level)]),
            (AREA_NAME, [c for c in cells if type(c) is str and fold(c) in words.names[level]]),
            (AREA_BOTH, [c for c in cells if type(c) is str and _both(c, level, words)]),
        ):
            if matches:
                below = _below_first(cells, matches[0])
                distinct = len({text_of(m) for m in matches})
                found.append(
                    _Candidate(column, role, level, len(matches), distinct, len(matches) / max(len(below), 1), titled)
                )
    return found


def _below_first(cells: list, first: object) -> list:
    return cells[cells.index(first) :]


def _both(cell: str, level: str, words: Vocabulary) -> bool:
    code, name, _is_number = both_of(cell)
    return bool(code and name) and words.code_at(code, level) and fold(name) in words.all_names


def _level_scores(sample: Sample, good: list[_Candidate], words: Vocabulary, hint: str) -> Counter:
    """How well each level explains the table: areas with fitting code and name count most."""
    scores: Counter = Counter()
    for level in {c.level for c in good}:
        mine = [c for c in good if c.level == level]
        codes = next((c.column for c in mine if c.role == AREA_CODE), None)
        names = next((c.column for c in mine if c.role == AREA_NAME), None)
        scores[level] = max(c.distinct for c in mine)
        if any(c.role == AREA_BOTH for c in mine):
            scores[level] += max(c.distinct for c in mine if c.role == AREA_BOTH)
        if codes is not None and names is not None:
            scores[level] += 2 * sum(_is_pair(row, codes, names, level, words) for row in sample.rows)
        if level == hint:
            scores[level] *= 1.2
    return scores


def _is_pair(row: list, codes: int, names: int, level: str, words: Vocabulary) -> bool:
    code, name = code_of(row[codes])[0], fold(text_of(row[names]))
    return any((level, code.zfill(width), name) in words.pairs for width in range(len(code), len(code) + 3))


def _drop_false_codes(places: Places, mine: list[_Candidate]) -> None:
    """Without a title, and right of a column with names, small numbers are values, not codes."""
    code, name = places.columns.get(AREA_CODE), places.columns.get(AREA_NAME)
    if code is None or name is None or code < name:
        return
    best = next(c for c in mine if c.column == code and c.role == AREA_CODE)
    if not best.titled or best.distinct < best.hits:
        places.columns.pop(AREA_CODE)


def _level_column(sample: Sample, words: Vocabulary) -> int | None:
    for column in range(min(sample.width, 12)):
        cells = [text_of(row[column]) for row in sample.rows if text_of(row[column])]
        hits = sum(fold(c) in words.levels for c in cells)
        if hits >= FEWEST and hits / len(cells) >= ENOUGH:
            return column
    return None


def _first_row(sample: Sample, places: Places, words: Vocabulary) -> int:
    """The first row that names a known area."""
    levels = [places.level] if places.level else list(words.codes)
    for number, row in enumerate(sample.rows):
        for role, column in places.columns.items():
            cell = row[column]
            if role == AREA_CODE and any(words.code_at(code_of(cell)[0], v) for v in levels):
                return number
            if role == AREA_NAME and any(fold(text_of(cell)) in words.names[v] for v in levels):
                return number
            if role == AREA_BOTH and any(_both(text_of(cell), v, words) for v in levels):
                return number
    return -1
