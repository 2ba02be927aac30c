"""Computing what is told beyond single figures, from the figures as they are published: rounded, without secret ones.

So readers can recompute it from the tables. Functions stand in the order in which they are called; each is given
a release whose editions are stored and returns unsaved `Analysis` rows with `kind`, `key`, `inputs` and `content`.
`content` must be the same for the same figures on every machine: floats rounded (six decimals), lists in a fixed
order, seeds fixed. `indicators/analyses.py: figures_seen_with` gives the figures of several indicators.
"""

from collections.abc import Callable, Iterable

from indicators.models import Analysis, Release

from .analysing_screens import screenings_of
from .analysing_types import typologies_of
from .inequality import inequalities
from .spatial_patterns import spatial_patterns

Analyser = Callable[[Release], Iterable[Analysis]]

ANALYSERS: tuple[Analyser, ...] = (typologies_of, screenings_of, spatial_patterns, inequalities)


def compute_analyses(release: Release) -> None:
    """Store all results of a release that is not public yet."""
    found = []
    for analyse in ANALYSERS:
        for analysis in analyse(release):
            analysis.release = release
            found.append(analysis)
    Analysis.objects.bulk_create(found, batch_size=500)
