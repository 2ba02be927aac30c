"""A printed profile and printed maps look as somebody has seen them."""

import pytest

from atlas.reports.document import Sheet
from atlas.reports.formats import written
from atlas.reports.map_sheet import map_sheet_document
from atlas.reports.profile import profile_document
from tests.printed import assert_looks_as_stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def test_the_profile_of_a_sozialraum_looks_as_stored(tmp_path):
    assert_looks_as_stored(written(profile_document("sozialraum", "023"), "pdf"), "profile-023", tmp_path)


@pytest.mark.parametrize(("size", "landscape"), [("A4", False), ("A3", True)])
def test_a_thematic_map_looks_as_stored(size, landscape, tmp_path):
    query = {"indikator": "transferleistungsquote", "ebene": "unterbezirk", "zeit": "2024"}
    document = map_sheet_document(query, sheet=Sheet(size, landscape))
    assert_looks_as_stored(written(document, "pdf"), f"map-{size.lower()}", tmp_path)
