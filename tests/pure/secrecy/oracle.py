"""The truth by counting: every table of whole numbers that agrees with what is public. Written without the engine."""

from itertools import combinations

LARGEST = 12  # no hidden cell of the small tables can be larger


def consistent(published, relations, bounds=None, knowledge=()):
    """All completions of `published` (None: hidden) as dictionaries of the hidden cells; rows cut the search short."""
    hidden = [key for key, value in published.items() if value is None]
    limits = {key: (bounds or {}).get(key, (0, LARGEST)) for key in hidden}
    rows = [{r.total: 1, **dict.fromkeys(r.parts, -1)} for r in relations]
    for table in _extended({}, hidden, limits, dict(published), rows):
        if all(_agrees(known, {**published, **table}) for known in knowledge):
            yield table


def _extended(chosen, hidden, limits, values, rows):
    if any(all(values[k] is not None for k in row) and sum(c * values[k] for k, c in row.items()) for row in rows):
        return
    if len(chosen) == len(hidden):
        yield dict(chosen)
        return
    key = hidden[len(chosen)]
    low, high = limits[key]
    for value in _possible(key, values, rows, max(low or 0, 0), LARGEST if high is None else int(high)):
        chosen[key] = values[key] = value
        yield from _extended(chosen, hidden, limits, values, rows)
        del chosen[key]
        values[key] = None


def _possible(key, values, rows, low, high):
    """All values between the limits, or the one that the last gap of a row leaves."""
    for row in rows:
        if key in row and all(values[other] is not None for other in row if other != key):
            value = -sum(c * values[other] for other, c in row.items() if other != key) // row[key]
            return [value] if low <= value <= high else []
    return range(low, high + 1)


def _agrees(known, values):
    total = sum(c * values[key] for key, c in known.terms)
    return (known.low is None or total >= known.low) and (known.high is None or total <= known.high)


def possible_values(published, relations, bounds=None, knowledge=()):
    """For each hidden cell all values that it can have."""
    found = {key: set() for key, value in published.items() if value is None}
    for table in consistent(published, relations, bounds, knowledge):
        for key, value in table.items():
            found[key].add(value)
    return found


def is_safe(table, hidden):
    """Whether every secret reaches from its required low to its high, for everybody and for each holder."""
    secrets = [cell for cell in table.cells.values() if cell.is_sensitive]
    if any(cell.key not in hidden for cell in secrets):
        return False
    public = {key: None if key in hidden else cell.value for key, cell in table.cells.items()}
    tables = list(consistent(public, table.relations, table.bounds, table.knowledge))
    for own in [{}, *_owned(table)]:
        seen = [t for t in tables if all(t.get(key, value) == value for key, value in own.items())]
        for cell in secrets:
            low, high = cell.required
            low = max([low, *(value for key, value in own.items() if cell.key in _sums_with(table, key))])
            values = {t[cell.key] for t in seen}
            if cell.key not in own and not (min(values) <= low and max(values) >= high):
                return False
    return True


def _sums_with(table, key):
    """All cells that contain `key`."""
    found = {r.total for r in table.relations if key in r.parts}
    return found.union(*(_sums_with(table, total) for total in found))


def _owned(table):
    """What each holder knows exactly; a sum as large as a held part is about the same person."""
    groups = []
    for cell in table.cells.values():
        if cell.holder is not None and not cell.is_fixed:
            same = {cell.key} | {
                other.key
                for other in table.cells.values()
                if other.holder is not None and not other.is_fixed and other.value == cell.value
                and (other.holder == cell.holder or other.key in _sums_with(table, cell.key))
            }  # fmt: skip
            for group in [g for g in groups if g & same]:
                groups.remove(group)
                same |= group
            groups.append(same)
    return [{key: table.cells[key].value for key in group} for group in groups]


def least_loss(table):
    """The smallest weight of secondary cells that makes the table safe, by trying all sets; None if nothing does."""
    secret = {cell.key for cell in table.cells.values() if cell.is_sensitive and not cell.is_fixed}
    others = [cell for cell in table.cells.values() if not cell.is_sensitive and not cell.is_fixed]
    if not is_safe(table, secret | {cell.key for cell in others}):
        return None  # hiding more never makes a table less safe
    sets = [chosen for size in range(len(others) + 1) for chosen in combinations(others, size)]
    for chosen in sorted(sets, key=lambda cells: sum(cell.weight for cell in cells)):
        if is_safe(table, secret | {cell.key for cell in chosen}):
            return sum(cell.weight for cell in chosen)
    return None


def two_way(rows, columns, values, key=lambda r, c: (r, c)):
    """Relations of a table of rows and columns with margins; `values` maps inner (row, column) to counts; all values."""
    full = dict(values)
    for r in rows:
        full[r, "*"] = sum(values[r, c] for c in columns)
    for c in columns:
        full["*", c] = sum(values[r, c] for r in rows)
    full["*", "*"] = sum(values.values())
    sums = [(((r, "*")), tuple((r, c) for c in columns)) for r in [*rows, "*"]]
    sums += [(("*", c), tuple((r, c) for r in rows)) for c in [*columns, "*"]]
    return full, sums


__all__ = ["consistent", "is_safe", "least_loss", "possible_values", "two_way"]
