"""A typology of areas: clusters ordered by severity, with profile, fit and what changed. Pure calculation, no Django.

Values are the published ones, so that everything here can be recomputed from the tables of the portal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

import numpy as np

from .cluster_inputs import ClusterInput, cluster_input
from .cluster_labels import agreement, by_severity, matched, severities
from .kmeans import kmeans
from .silhouette import silhouettes
from .ward import Merge, cut, leaf_order, ward_merges

TRIED = range(2, 9)  # numbers of clusters whose fit is told for comparison
STARTS_TRIED = 20  # of k-means for those numbers


class Method(StrEnum):
    """How areas are grouped."""

    WARD = "ward"
    KMEANS = "kmeans"


@dataclass(frozen=True)
class Rule:
    """What a typology is made by: `signs` says of each indicator whether more is worse (1), better (-1) or neither."""

    slugs: Sequence[str]
    signs: Sequence[int]
    method: Method
    count: int
    starts: int = 100
    seed: int = 2007


@dataclass(frozen=True)
class Placed:
    """One area: its cluster, that by the other method, its severity (mean z, more is worse), its fit (-1 to 1)."""

    key: str
    cluster: int
    other: int
    severity: float
    silhouette: float


@dataclass(frozen=True)
class Cluster:
    """One cluster: `profile` is the mean z of each indicator in the order of the rule, `means` that of the values."""

    label: int
    keys: tuple[str, ...]
    severity: float
    profile: tuple[float, ...]
    means: tuple[float, ...]
    silhouette: float


@dataclass(frozen=True)
class Typology:
    """The result for one period.

    `explained` is the share (0 to 1) of all differences that lies between clusters, `agreement` the share of areas that
    the other method puts into the same cluster, `fits` the mean silhouette for other numbers of clusters. `in_order`
    is False where labels kept from the earlier period no longer ascend with severity.
    """

    areas: tuple[Placed, ...]
    clusters: tuple[Cluster, ...]
    left_out: Mapping[str, tuple[str, ...]]
    merges: tuple[Merge, ...]
    order: tuple[str, ...]
    silhouette: float
    explained: float
    agreement: float
    fits: Mapping[int, float] = field(default_factory=dict)
    in_order: bool = True

    @property
    def labels(self) -> dict[str, int]:
        """The cluster of every area."""
        return {area.key: area.cluster for area in self.areas}


def typology(values: Mapping[str, Mapping[str, float | None]], rule: Rule, earlier: Typology | None = None) -> Typology:
    """Group areas by `values[area][indicator]`; numbers continue those of `earlier` where there is one.

    Areas with a missing value are left out and named. Raises `ValueError` where fewer areas than clusters are left or
    no indicator says which way is worse.

    >>> rule = Rule(["quote"], [1], Method.WARD, 2)
    >>> typology({"a": {"quote": 1}, "b": {"quote": 2}, "c": {"quote": 9}, "d": {}}, rule).labels
    {'a': 1, 'b': 1, 'c': 2}
    """
    data = cluster_input(values, rule.slugs)
    severity = severities(data.z, rule.signs)
    merges = ward_merges(data.z)
    groups = _groups(data.z, merges, rule.method, rule)
    other_method = Method.KMEANS if rule.method == Method.WARD else Method.WARD
    labels = dict(zip(data.keys, by_severity(groups, severity), strict=True))
    labels = _continued(data, labels, earlier)
    other = dict(zip(data.keys, by_severity(_groups(data.z, merges, other_method, rule), severity), strict=True))
    other = _renamed(other, matched(labels, other, {}))
    fit = silhouettes(data.z, groups)
    placed = tuple(
        Placed(key, labels[key], other[key], float(s), f) for key, s, f in zip(data.keys, severity, fit, strict=True)
    )
    clusters = tuple(_cluster(label, placed, data, values) for label in sorted(set(labels.values())))
    return Typology(
        areas=placed,
        clusters=clusters,
        left_out=data.left_out,
        merges=merges,
        order=tuple(data.keys[i] for i in leaf_order(merges)),
        silhouette=float(np.mean(fit)),
        explained=_explained(data.z, groups),
        agreement=agreement(labels, other),
        fits=_fits(data.z, merges, rule),
        in_order=all(a.severity <= b.severity for a, b in pairwise(clusters)),
    )


def _groups(z: np.ndarray, merges: Sequence[Merge], method: Method, rule: Rule, count: int = 0) -> tuple[int, ...]:
    count = count or rule.count
    if len(np.unique(z, axis=0)) < count:
        raise ValueError(f"{len(z)} areas cannot make {count} clusters")
    return cut(merges, count) if method == Method.WARD else kmeans(z, count, starts=rule.starts, seed=rule.seed).labels


def _continued(data: ClusterInput, labels: Mapping[str, int], earlier: Typology | None) -> dict[str, int]:
    if earlier is None:
        return dict(labels)
    before = {cluster.label: np.array(cluster.profile) for cluster in earlier.clusters}
    distances = {
        (now, then): float(np.linalg.norm(_profile(data, labels, now) - profile))
        for now in set(labels.values())
        for then, profile in before.items()
    }
    return _renamed(labels, matched(earlier.labels, labels, distances))


def _renamed(labels: Mapping[str, int], names: Mapping[int, int]) -> dict[str, int]:
    return {key: names[label] for key, label in labels.items()}


def _profile(data: ClusterInput, labels: Mapping[str, int], label: int) -> np.ndarray:
    return data.z[[labels[key] == label for key in data.keys]].mean(axis=0)


def _cluster(label: int, placed: Sequence[Placed], data: ClusterInput, values: Mapping) -> Cluster:
    inside = [area for area in placed if area.cluster == label]
    keys = tuple(area.key for area in inside)
    profile = _profile(data, {area.key: area.cluster for area in placed}, label)
    return Cluster(
        label=label,
        keys=keys,
        severity=float(np.mean([area.severity for area in inside])),
        profile=tuple(float(z) for z in profile),
        means=tuple(float(np.mean([float(values[key][slug]) for key in keys])) for slug in data.slugs),
        silhouette=float(np.mean([area.silhouette for area in inside])),
    )


def _explained(z: np.ndarray, groups: Sequence[int]) -> float:
    """Z has mean 0, so the whole sum of squares is that of z; the rest is what stays inside the groups."""
    labels = np.asarray(groups)
    whole = float((z**2).sum())
    inside = sum(float(((z[labels == g] - z[labels == g].mean(axis=0)) ** 2).sum()) for g in set(groups))
    return 1 - inside / whole if whole else 0.0


def _fits(z: np.ndarray, merges: Sequence[Merge], rule: Rule) -> dict[int, float]:
    different = len(np.unique(z, axis=0))
    fewer = replace(rule, starts=min(rule.starts, STARTS_TRIED))
    groups = {n: _groups(z, merges, rule.method, fewer, n) for n in TRIED if n < different}
    return {n: float(np.mean(silhouettes(z, of_count))) for n, of_count in groups.items()}
