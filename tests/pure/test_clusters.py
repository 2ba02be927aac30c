"""Ward, k-means and silhouette against published and independently computed results.

Sources: R. A. Fisher's iris as shipped by scikit-learn; the sums of squares 15.151, 39.821, 23.879 and sizes 50, 62, 38 of
`kmeans(iris[, 1:4], 3)` in R's and scikit-learn's documentation; sizes 50, 64, 36 of Ward's method (`ward.D2`); the
mean silhouette 0.55 of scikit-learn's. Small examples are computed by hand in the comments.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.statistics.cluster_inputs import cluster_input
from indicators.statistics.kmeans import kmeans
from indicators.statistics.silhouette import silhouettes
from indicators.statistics.ward import cut, leaf_order, ward_merges

tables = st.integers(4, 14).flatmap(
    lambda n: st.lists(st.lists(st.integers(-50, 50), min_size=2, max_size=2), min_size=n, max_size=n, unique_by=tuple)
)


@pytest.fixture(scope="module")
def iris():
    from sklearn.datasets import load_iris

    return load_iris().data


def sizes(labels):
    return sorted(np.bincount(labels).tolist(), reverse=True)


def sum_of_squares(z, labels):
    labels = np.asarray(labels)
    return sum(((z[labels == c] - z[labels == c].mean(axis=0)) ** 2).sum() for c in set(labels))


def test_kmeans_of_iris_as_published(iris):
    found = kmeans(iris, 3, starts=20, seed=1)
    assert sizes(found.labels) == [62, 50, 38]
    labels = np.array(found.labels)
    inside = sorted(round(sum_of_squares(iris[labels == c], labels[labels == c]), 3) for c in range(3))
    assert inside == [15.151, 23.879, 39.821]
    assert found.inertia == pytest.approx(78.851441, abs=1e-5)


def test_kmeans_as_scikit_learn(iris):
    from sklearn.cluster import KMeans

    z = (iris - iris.mean(axis=0)) / iris.std(axis=0)
    for count in (2, 4, 5):
        theirs = KMeans(count, n_init=30, random_state=0).fit(z).inertia_
        mine = kmeans(z, count, starts=60, seed=3).inertia
        assert mine <= theirs * (1 + 1e-9) and mine == pytest.approx(theirs, rel=1e-4)


def test_ward_of_iris_as_published(iris):
    assert sizes(cut(ward_merges(iris), 3)) == [64, 50, 36]


def test_ward_by_hand():
    # 0 and 1 meet at 1. The pair (mean 0.5) and 5 are 4.5 apart: sqrt(2 * 2 * 1 / (2 + 1)) * 4.5 = 5.196.
    # 5 and 7 at 2 come before that; then the pairs: sqrt(2 * 2 * 2 / 4) * 5.5 = 7.778.
    merges = ward_merges(np.array([[0.0], [1.0], [5.0], [7.0]]))
    assert [(m.left, m.right, round(m.height, 3), m.size) for m in merges] == [
        (0, 1, 1.0, 2),
        (2, 3, 2.0, 2),
        (4, 5, 7.778, 4),
    ]
    assert leaf_order(merges) == (0, 1, 2, 3)


def grown(z, a, b):
    """By how much the sum of squares grows when two groups of rows are joined."""
    whole, one, other = z[a + b], z[a], z[b]
    return sum(s * ((g - g.mean(axis=0)) ** 2).sum() for s, g in ((1, whole), (-1, one), (-1, other)))


@settings(max_examples=30)
@given(tables)
def test_ward_joins_what_adds_least_to_the_sum_of_squares(rows):
    """The oracle tries every union of two groups, straight from Ward's definition."""
    z = np.array(rows, dtype=float)
    groups = {i: [i] for i in range(len(z))}
    for step, merge in enumerate(ward_merges(z)):
        names = sorted(groups)
        least = min(grown(z, groups[a], groups[b]) for a in names for b in names if a < b)
        mine = grown(z, groups[merge.left], groups[merge.right])
        assert mine == pytest.approx(least, rel=1e-7, abs=1e-7)
        assert merge.height**2 / 2 == pytest.approx(mine, rel=1e-7, abs=1e-7)
        groups[len(z) + step] = groups.pop(merge.left) + groups.pop(merge.right)


@settings(max_examples=30)
@given(tables)
def test_kmeans_is_settled_every_row_is_with_its_nearest_centre(rows):
    z = np.array(rows, dtype=float)
    found = kmeans(z, 3, starts=10, seed=5)
    assert found.inertia == pytest.approx(sum_of_squares(z, found.labels), abs=1e-6)
    labels = np.array(found.labels)
    centres = np.array([z[labels == c].mean(axis=0) for c in range(3)])
    distances = ((z[:, None] - centres) ** 2).sum(axis=2)
    assert (distances[np.arange(len(z)), labels] <= distances.min(axis=1) + 1e-9).all()


def test_kmeans_finds_the_best_of_all_groupings():
    import itertools

    z = np.array([[0, 0], [1, 0], [0, 2], [5, 5], [6, 5], [9, 0], [9, 1]], dtype=float)
    best = min(
        sum_of_squares(z, labels) for labels in itertools.product(range(3), repeat=len(z)) if len(set(labels)) == 3
    )
    assert kmeans(z, 3, starts=50, seed=2).inertia == pytest.approx(best)


def test_same_seed_same_result():
    z = np.random.default_rng(4).normal(size=(60, 4))
    assert kmeans(z, 5, starts=10, seed=9) == kmeans(z, 5, starts=10, seed=9)


@pytest.mark.parametrize("count", [0, 3])
def test_too_few_areas_are_refused(count):
    z = np.array([[1.0], [1.0], [2.0]])
    with pytest.raises(ValueError):
        kmeans(z, count, starts=3, seed=1)
    with pytest.raises(ValueError):
        cut(ward_merges(z), 4 if count else 0)


def test_silhouettes_as_scikit_learn(iris):
    from sklearn.metrics import silhouette_samples

    labels = kmeans(iris, 3, starts=20, seed=1).labels
    assert silhouettes(iris, labels) == pytest.approx(silhouette_samples(iris, labels), abs=1e-9)
    assert np.mean(silhouettes(iris, labels)) == pytest.approx(0.5528, abs=1e-4)


@settings(max_examples=30)
@given(tables, st.integers(2, 3))
def test_silhouettes_straight_from_the_formula(rows, count):
    z = np.array(rows, dtype=float)
    labels = cut(ward_merges(z), count)
    for i, found in enumerate(silhouettes(z, labels)):
        far = {
            c: [np.linalg.norm(z[i] - z[j]) for j in range(len(z)) if labels[j] == c and j != i] for c in range(count)
        }
        a, b = far[labels[i]], min(np.mean(far[c]) for c in far if c != labels[i])
        assert found == pytest.approx((b - np.mean(a)) / max(np.mean(a), b) if a else 0.0, abs=1e-9)


def test_standardised_with_the_population_deviation():
    # Mean of 1, 2, 3 is 2, the population variance 2/3: z = -1.2247, 0, 1.2247.
    data = cluster_input({k: {"q": v, "same": 4.0} for k, v in zip("abc", (1, 2, 3), strict=True)}, ["q", "same"])
    assert data.z[:, 0].tolist() == pytest.approx([-1.224744871, 0, 1.224744871])
    assert data.z[:, 1].tolist() == [0, 0, 0]


def test_no_area_at_all():
    data = cluster_input({"a": {"q": None}}, ["q"])
    assert data.keys == () and data.z.shape == (0, 1)
