"""Status and dynamics of the same areas side by side: the matrix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from areas.models import Area
from atlas.asked import AskedWrongly
from atlas.links import area_path
from atlas.selectors.indices import IndexView, NoIndex, index_view
from indicators.models import CompositeIndex, Indicator
from indicators.statistics.index_classes import matrix


@dataclass(frozen=True)
class MatrixArea:
    """One area in a cell."""

    code: str
    name: str
    url: str
    is_plan: bool


@dataclass(frozen=True)
class IndexMatrix:
    """`rows` hold the classes of the status, the least favourable first, each with a cell per class of the dynamics,
    the most favourable first; `without` are areas that one of both does not know."""

    status: IndexView
    dynamics: IndexView
    rows: Sequence[tuple[str, Sequence[Sequence[MatrixArea]]]]
    without: Sequence[MatrixArea]

    @property
    def count(self) -> int:
        """Areas in the matrix."""
        return sum(len(cell) for _label, cells in self.rows for cell in cells)


def dynamics_of(status: Indicator) -> Indicator | None:
    """The public dynamics index that makes a matrix with a status index. 1 query."""
    found = Indicator.objects.for_lists().filter(
        index__status_index=status.pk, index__kind=CompositeIndex.Kind.DYNAMICS, current_edition__isnull=False
    )
    return found.first()


def status_of(dynamics: Indicator) -> Indicator | None:
    """The status index that a dynamics index makes a matrix with. 1 query."""
    return Indicator.objects.for_lists().filter(index__dynamics__indicator=dynamics.pk).first()


def index_matrix(status: Indicator, dynamics: Indicator, query: Mapping[str, str]) -> IndexMatrix:
    """The matrix that an address asks for (`ebene`, `zeit`, `stand`): the status at the end of the dynamics.

    Raises `AskedWrongly` and `NoIndex` as `index_view` does.
    """
    change = index_view(dynamics, query)
    try:
        state = index_view(status, {**query, "ebene": change.level.slug, "zeit": change.period.code})
    except AskedWrongly as wrong:  # the status is not known where the dynamics is
        raise NoIndex from wrong
    classes = [{r.area.code: r.number_class for r in view.results} for view in (state, change)]
    cells = matrix(*classes, size=(len(state.class_labels), len(change.class_labels)))
    areas = {r.area.code: r.area for view in (state, change) for r in [*view.results, *view.left]}
    inside = {code for row in cells for cell in row for code in cell}
    rows = [
        (label, [[_area(state, areas[code]) for code in cell] for cell in row])
        for label, row in zip(state.class_labels, cells, strict=True)
    ]
    without = [_area(state, areas[code]) for code in sorted(areas.keys() - inside)]
    return IndexMatrix(state, change, rows[::-1], without)


def _area(view: IndexView, area: Area) -> MatrixArea:
    url = area_path(view.level.slug, area.code, stand=view.stand.asked)
    return MatrixArea(area.code, area.name, url, area.code in view.plan)
