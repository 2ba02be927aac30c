"""A printed profile looks as somebody has seen it."""

import pytest

from atlas.reports.formats import written
from atlas.reports.profile import profile_document
from tests.printed import assert_looks_as_stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def test_the_profile_of_a_sozialraum_looks_as_stored(tmp_path):
    assert_looks_as_stored(written(profile_document("sozialraum", "023"), "pdf"), "profile-023", tmp_path)
