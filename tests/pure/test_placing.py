"""Names on drawn maps: none touches another, and as many as fit."""

from hypothesis import given
from hypothesis import strategies as st

from atlas.charts.placing import Name, _touch, names_that_fit

places = st.floats(-500, 500)
names = st.lists(
    st.builds(
        Name,
        key=st.uuids().map(str),
        text=st.text("abc", min_size=1, max_size=14),
        x=places,
        y=places,
        room=st.floats(0, 90),
    ),
    max_size=25,
)


@given(names)
def test_no_two_names_touch(offered):
    by_key = {name.key: name for name in offered}
    kept = [by_key[key].box for key in names_that_fit(offered)]
    assert not any(_touch(a, b) for i, a in enumerate(kept) for b in kept[i + 1 :])


@given(names)
def test_every_name_that_is_left_out_touches_one_that_stays(offered):
    by_key = {name.key: name for name in offered}
    kept = names_that_fit(offered)
    for name in offered:
        assert name.key in kept or any(_touch(name.box, by_key[key].box) for key in kept)
