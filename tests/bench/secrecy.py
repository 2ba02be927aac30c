"""How long protecting and auditing a whole release takes: counts in two hierarchies, with secrets planted.

`python -m tests.bench.secrecy 170 21 2` measures one size; it needs no database.
"""

import json
import resource
import subprocess
import sys
import time
from itertools import groupby

import numpy as np

from indicators.secrecy.attack import attack
from indicators.secrecy.rules import Rule, cell_of, primary
from indicators.secrecy.suppression import protect
from indicators.secrecy.tables import Relation, Table, loss, make_table

SIZES = ((170, 21, 2), (2000, 30, 1))  # smallest areas, indicators, periods
BUDGETS = {170: 30, 2000: 600}  # seconds of one processor: one thread works, and machines are shared
DISTRICTS = 12
MINIMUM = 5


def hierarchy(areas: int, random: np.random.Generator) -> list[tuple[tuple, tuple]]:
    """Sums as in Dortmund: areas in Sozialräume and, alongside, in statistische Bezirke; both in Stadtbezirke; the city."""
    district = np.sort(random.integers(0, DISTRICTS, areas))
    social = district * 1000 + random.integers(0, max(areas // 50, 1), areas)
    statistical = district * 1000 + np.arange(areas) * (areas // 3) // areas % max(areas // 30, 1)
    sums = []
    for level, codes in (("S", social), ("B", statistical)):
        for code in np.unique(codes):
            sums.append(((level, int(code)), tuple(("U", int(i)) for i in np.flatnonzero(codes == code))))
        for number, group in groupby(np.unique(codes), key=lambda code: code // 1000):
            sums.append((("D", int(number)), tuple((level, int(code)) for code in group)))
    return [*sums, (("C", 0), tuple(("D", int(number)) for number in np.unique(district)))]


def make_counts(areas: int, random: np.random.Generator, *, share: float) -> Table:
    """Counts of one indicator and period: a rate that varies by area; `share` of the areas have 1 to 4 cases."""
    sums = hierarchy(areas, random)
    people = random.integers(300, 9000, areas)
    counts = random.binomial(people, np.clip(random.gamma(3, 0.01, areas), 0, 1))
    few = random.random(areas) < share
    counts[few] = random.integers(1, MINIMUM, few.sum())
    values = {("U", i): int(count) for i, count in enumerate(counts)}
    for total, parts in sums:
        values[total] = sum(values[part] for part in parts)
    rank = {"U": 0, "S": 1, "B": 1, "D": 2, "C": 3}
    rule = Rule(min_count=MINIMUM)
    cells = [
        cell_of(key, v, primary(v, rule), is_fixed=key[0] == "C", weight=loss(v, rank=rank[key[0]]))
        for key, v in values.items()
    ]
    return make_table(cells, [Relation(total, parts) for total, parts in sums])


def measure_one(areas: int, indicators: int, periods: int) -> dict[str, float]:
    """Seconds of one processor for all tables of a release, protected and attacked from what is left; what was hidden."""
    random = np.random.default_rng(areas)
    told = dict.fromkeys(("protect", "attack", "primary", "secondary", "unprotectable", "not_least", "exposed"), 0)
    for _number in range(indicators * periods):
        table = make_counts(areas, random, share=float(random.choice([0, 0.02, 0.05, 0.1, 0.2])))
        begin = time.process_time()
        found = protect(table)
        done = time.process_time()
        public = {key: None if key in found.hidden else cell.value for key, cell in table.cells.items()}
        secrets = [cell for cell in table.cells.values() if cell.is_sensitive]
        exposed = attack(public, table.relations, secrets=secrets)
        told["attack"] += time.process_time() - done
        told["protect"] += done - begin
        for name in ("primary", "secondary", "unprotectable"):
            told[name] += len(getattr(found, name))
        told["not_least"] += not found.is_least
        told["exposed"] += len(exposed)
    return {**told, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}


def measure_secrecy() -> list:
    """All sizes, each in a process of its own."""
    from tests.bench.client import Measured

    rows = []
    for areas, indicators, periods in SIZES:
        command = [sys.executable, "-m", "tests.bench.secrecy", str(areas), str(indicators), str(periods)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
        name = f"Geheimhaltung, {areas} Gebiete × {indicators} Indikatoren × {periods}"
        total = told["protect"] + told["attack"]
        rows += [
            Measured(f"{name}: schützen", told["protect"], "s"),
            Measured(f"{name}: prüfen", told["attack"], "s"),
            Measured(f"{name}: zusammen", total, "s", BUDGETS[areas], at_least=False),
            Measured(f"{name}: geheime Werte", told["primary"], "Zellen"),
            Measured(f"{name}: mit ihnen gesperrt", told["secondary"], "Zellen"),
            Measured(f"{name}: danach errechenbar", told["exposed"], "Zellen", 0, at_least=False),
            Measured(f"{name}: Speicher", told["memory"], "MB"),
        ]
    return rows


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure_one(*(int(argument) for argument in sys.argv[1:4]))) + "\n")
