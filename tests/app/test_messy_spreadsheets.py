"""The messy spreadsheets through the whole chain: what is wrong is found, what can be read arrives as it stood."""

import pytest

from indicators.actions.uploads import check_upload, open_upload, propose_mapping, receive_upload, save_mapping
from indicators.actions.uploads.checking import queue_check
from indicators.models import Upload
from scripts.make_messy_spreadsheets import write_all

pytestmark = pytest.mark.django_db

EXPECTED = {  # what each trouble must end in; None: it is read without errors
    "error_cells.xlsx": "unreadable_number",
    "dates_for_numbers.xlsx": "unreadable_number",
    "float_noise.xlsx": "number_shortened",
    "codes_became_numbers.xlsx": "code_without_zeros",
    "one_name_is_mistyped.csv": "name_differs",
    "thousands_or_decimals.csv": "unreadable_number",
    "no_header.csv": "indicator_missing",
    "ragged_rows.csv": "ragged_long",
    "hidden_sheet.xlsx": "hidden_sheets",
    "workbook_named_csv.csv": "other_format",
    "total_is_not_the_sum.xlsx": "sum_of_parts",
    "unit_is_another.xlsx": "unit_mismatch",
    "merged_headers_in_two_rows.xlsx": None,
    "headers_in_two_rows_unmerged.csv": None,
    "merged_areas.xlsx": None,
    "table_begins_in_c5.xlsx": None,
    "percent_cells.xlsx": None,
    "years_are_dates.xlsx": None,
    "footnotes_and_totals_below.xlsx": None,
    "names_without_codes.xlsx": None,
    "two_levels_in_one_table.xlsx": None,
    "header_is_repeated.csv": None,
    "code_and_name_in_one_cell.csv": None,
    "comma_and_point_mixed.csv": None,
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    made = write_all(tmp_path_factory.mktemp("tables"))
    return {kind: {path.name: path for path in paths} for kind, paths in made.items()}


def _checked(path):
    Upload.objects.update(state="discarded")  # some troubles give the same bytes
    upload = receive_upload(file_name=path.name, body=path)
    if upload.state == "refused":
        return upload
    with open_upload(upload) as book:
        mapping = propose_mapping(upload, book).mapping
    save_mapping(upload=upload, mapping=mapping)
    queue_check(upload)
    return check_upload(upload=upload)


def test_every_hostile_file_is_refused_with_a_reason(files, dortmund):
    from indicators.actions.uploads import UploadError

    for name, path in files["hostile"].items():
        try:
            upload = _checked(path)
        except UploadError as error:
            assert str(error)
            continue
        told = upload.state == "refused" or upload.error_count
        assert told, name
        assert upload.message or upload.findings.exists(), name


def test_every_clean_file_arrives_without_errors(files, dortmund):
    for name, path in files["clean"].items():
        upload = _checked(path)
        if "numerator" in name:
            continue  # names no indicator of the catalogue: the planner has to say which
        found = list(upload.findings.filter(kind="error").values_list("code", "found")[:3])
        assert (upload.state, found) == ("checked", []), name
        assert upload.value_count, name


def test_every_messy_file_is_read_or_explained(files, dortmund):
    for name, path in files["messy"].items():
        upload = _checked(path)
        assert upload.state in ("checked", "refused"), (name, upload.message)
        assert upload.value_count or upload.error_count or upload.message, name
        for finding in upload.findings.all():
            assert finding.found, name
        found = set(upload.findings.values_list("code", flat=True))
        if expected := EXPECTED.get(name):
            assert expected in found, name
        elif name in EXPECTED:
            assert (upload.error_count, upload.value_count > 0) == (0, True), name
