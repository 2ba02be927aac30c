"""Ideas for tests: a form as a browser sends it, and an idea that came in."""

import re
import time
from unittest import mock

from actionplan.actions.ideas import send_idea
from actionplan.models import Idea

FORM = "/aktionsplan/ideen/neu/"


def stamp_of(client, path=FORM, *, age=60):
    """The stamp of a form that was opened `age` seconds ago."""
    with mock.patch("atlas.guarded.time.time", return_value=time.time() - age):
        page = client.get(path).content.decode()
    return re.search(r'name="stempel" value="([^"]+)"', page).group(1)


def filled(client, path=FORM, *, age=60, **more) -> dict:
    """What a citizen sends."""
    words = {
        "gebiet": "stadt",
        "feld": "",
        "titel": "Ein Garten für alle",
        "text": "Auf der leeren Fläche könnte ein Garten entstehen, den alle pflegen.",
        "email": "",
        "einverstanden": "on",
        "webseite": "",
        "stempel": stamp_of(client, path, age=age),
    }
    return {name: value for name, value in {**words, **more}.items() if value is not None}


def an_idea(token="geheim", **more) -> Idea:  # noqa: S107
    """An idea that came in."""
    words = {"title": "Ein Garten für alle", "text": "Auf der leeren Fläche, die Frau Muster gehört, ein Garten."}
    return send_idea(token=token, **{**words, **more}).idea


def newest(idea) -> int:
    """The step that somebody has seen last."""
    return idea.steps.order_by("-pk").values_list("pk", flat=True).first()
