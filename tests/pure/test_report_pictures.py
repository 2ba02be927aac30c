"""The printed sample document looks as somebody has seen it; a comparison notices what a reader would notice."""

import dataclasses

import pytest
from PIL import Image

from atlas.reports.document import Paragraph, runs
from atlas.reports.formats import written
from tests.printed import MOST_DIFFERENT, assert_looks_as_stored, differing, pages_of
from tests.pure.report_samples import document, everything, picture


def test_the_sample_document_looks_as_stored(tmp_path):
    assert_looks_as_stored(written(everything(), "pdf"), "sample", tmp_path)


def one_page(folder, *blocks):
    folder.mkdir()
    return pages_of(written(document(*blocks), "pdf"), folder)[0]


def test_another_date_is_not_noticed_but_a_drawing_or_paragraph_is(tmp_path):
    text = Paragraph(runs("Ein Satz, der länger ist als eine Zeile, damit er auffällt, wenn er fehlt. " * 4))
    whole = one_page(tmp_path / "a", text, picture())
    dated = dataclasses.replace(text, runs=runs(text.runs[0].text.replace("Satz", "Wort", 1)))
    assert differing(whole, one_page(tmp_path / "b", dated, picture()))[0] < MOST_DIFFERENT
    assert differing(whole, one_page(tmp_path / "c", picture()))[0] > MOST_DIFFERENT
    assert differing(whole, one_page(tmp_path / "d", text))[0] > MOST_DIFFERENT


def test_a_comparison_that_fails_says_where_it_left_what_it_found(tmp_path, monkeypatch):
    monkeypatch.delenv("RENEW_PICTURES", raising=False)
    monkeypatch.setattr("tests.printed.STORED", tmp_path)
    Image.new("RGB", (413, 585), "#ffffff").save(tmp_path / "other-1.png")
    folder = tmp_path / "found"
    folder.mkdir()
    with pytest.raises(AssertionError) as failed:
        assert_looks_as_stored(written(document(picture()), "pdf"), "other", folder)
    assert str(folder / "other-1-found.png") in str(failed.value)
    assert (folder / "other-1-found.png").exists() and (folder / "other-1-difference.png").exists()
