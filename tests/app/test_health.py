"""/gesund/ tells a load balancer whether this node can work."""

import pytest
from django.db import InterfaceError, OperationalError, connection


@pytest.mark.django_db
def test_well(client):
    answer = client.get("/gesund/")
    assert answer.status_code == 200
    assert answer.content == b"ok\n"
    assert "no-store" in answer["Cache-Control"]
    assert "sessionid" not in answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_database_away(client, monkeypatch, fault):
    def refuse():
        raise fault("secret host name")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/gesund/")
    assert answer.status_code == 503
    assert b"secret" not in answer.content


def test_only_reading(client):
    assert client.post("/gesund/").status_code == 405


def test_foreign_host_is_refused_not_a_fault(client):
    client.raise_request_exception = False
    assert client.get("/gesund/", headers={"host": "evil.example"}).status_code == 400
