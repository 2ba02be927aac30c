"""The interface for the statistics office's own job."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from dortmund_sozial.accounts.tokens import make_token
from indicators.actions.uploads import save_template
from indicators.models import Upload, Value
from tests.app import uploading
from tests.app.uploading import LONG, table

pytestmark = pytest.mark.django_db
UPLOADS = "/api/v1/uploads/"


@pytest.fixture(autouse=True)
def city():
    uploading.make_city()
    save_template(name="Alter", mapping=LONG)
    cache.clear()


def _headers(*permissions):
    user = get_user_model().objects.create_user("amt", "amt@example.de", "geheim-genug-123")
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return {"authorization": f"Token {make_token(user=user, name='Auftrag', days=30)[1]}"}


@pytest.fixture
def job():
    return _headers("add_upload", "accept_upload")


def _send(client, headers, body=None, **data):
    file = SimpleUploadedFile("alter.csv", table() if body is None else body)
    return client.post(UPLOADS, {"file": file, "template": "Alter", **data}, headers=headers)


def test_send_read_accept(client, job):
    sent = _send(client, job)
    assert sent.status_code == 202, sent.content
    address = sent["Location"]
    read = client.get(address, headers=job)
    assert (read.json()["state"], read.json()["value_count"], read.json()["findings"]) == ("checked", 10, [])
    assert read["Cache-Control"] == "private, no-store"
    done = client.post(f"{address}accept/", {"title": "Alter 2024"}, headers=job)
    assert done.status_code == 200, done.content
    assert (done.json()["state"], done.json()["release"]) == ("accepted", "alter-2024")
    assert Value.objects.count() == 10
    assert Upload.objects.get().way == "api"


def test_findings_name_their_cell_and_errors_block(client, job):
    address = _send(client, job, table("Viertel;;Viertel Q;Durchschnittsalter;2024;40"))["Location"]
    found = client.get(address, headers=job).json()["findings"]
    assert [(f["kind"], f["code"], f["cell"]) for f in found] == [("error", "unknown_area", "B12")]
    refused = client.post(f"{address}accept/", {"title": "Alter 2024"}, headers=job)
    assert (refused.status_code, refused.json()["code"]) == (422, "errors")
    assert not Value.objects.exists()


def test_warnings_are_accepted_with_a_reason(client, job):
    address = _send(client, job, table(values=["40"] * 9))["Location"]
    assert client.post(f"{address}accept/", {}, headers=job).json()["code"] == "warnings"
    assert client.post(f"{address}accept/", {"reason": "Viertel J ist leer."}, headers=job).status_code == 200


def test_the_same_file_twice_is_a_conflict(client, job):
    first = _send(client, job).json()["id"]
    again = _send(client, job)
    assert (again.status_code, again.json()["code"], again.json()["upload"]) == (409, "known", first)


@pytest.mark.parametrize(
    ("method", "address"), [("post", UPLOADS), ("get", f"{UPLOADS}1/"), ("post", f"{UPLOADS}1/accept/")]
)
def test_nobody_gets_in_without_a_token_or_the_permission(client, method, address):
    assert getattr(client, method)(address).status_code == 401
    assert getattr(client, method)(address, headers={"authorization": "Token falsch"}).status_code == 401
    client.force_login(uploading.planner())  # a browser's session is no token
    assert getattr(client, method)(address).status_code == 401
    assert getattr(client, method)(address, headers=_headers()).status_code == 403


def test_sending_alone_does_not_accept(client):
    headers = _headers("add_upload")
    address = _send(client, headers)["Location"]
    assert client.post(f"{address}accept/", {"title": "Alter 2024"}, headers=headers).status_code == 403


def test_odd_requests_are_answered_calmly(client, job, settings):
    assert _send(client, job, template="Unbekannt").status_code == 400
    assert client.post(UPLOADS, {"template": "Alter"}, headers=job).status_code == 400
    assert _send(client, job, b"\x89PNG\r\n\x1a\n" + bytes(range(256))).status_code == 422
    unknown = client.get(f"{UPLOADS}999/", headers=job)
    assert (unknown.status_code, unknown.json()["detail"]) == (404, "Diese Lieferung gibt es nicht.")
    assert client.delete(UPLOADS, headers=job).status_code == 405
    settings.UPLOAD_MAX_MEGABYTES = 0
    assert _send(client, job).status_code == 413


def test_the_schema_describes_it(client):
    paths = client.get("/api/v1/schema/").json()["paths"]
    assert {f"{UPLOADS}", f"{UPLOADS}{{id}}/", f"{UPLOADS}{{id}}/accept/"} <= set(paths)
