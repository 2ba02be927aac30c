"""A kind of document that needs no figures, and a release to make it for."""

from django.contrib.auth.models import Group, User
from django.utils import timezone

from areas.models import PublicState
from atlas.actions.reporting import ask_for_report, report_for
from atlas.reports import kinds
from atlas.reports.document import Document, Heading, Paragraph, runs
from atlas.reports.origin import origin_of, stand_of, writers_words
from indicators.models import Release


def probe_document(parameters, release, progress):
    """`parameters`: text, steps; what `Probe.at_step` is called at each step."""
    steps = parameters.get("steps", 2)
    for number in range(steps):
        progress(number, steps, f"Teil {number + 1}")
        Probe.at_step(number)
    return Document(
        title=parameters.get("text", "Probe"),
        kind="Probe",
        subtitle="",
        language="de",
        name="probe",
        origin=origin_of(stand_of(release).release, "/"),
        words=writers_words(),
        blocks=(Heading(1, "Probe"), Paragraph(runs(parameters.get("text", "Probe"), str(Probe.content)))),
    )


class Probe:
    """What the kind does at each step, and what stands in it beyond its parameters."""

    at_step = staticmethod(lambda number: None)
    content = ""


def planted_probe(monkeypatch):
    """The kinds "probe" (for staff) and "open" (for everybody)."""
    monkeypatch.setitem(kinds.KINDS, "probe", kinds.Kind("probe", "Probe", probe_document))
    monkeypatch.setitem(kinds.KINDS, "open", kinds.Kind("open", "Offen", probe_document, is_public=True))
    monkeypatch.setattr(Probe, "at_step", staticmethod(lambda number: None))
    monkeypatch.setattr(Probe, "content", "")
    return Probe


def published(slug="2026-1", title="Probe 2026", **fields):
    PublicState.objects.get_or_create(pk=1)  # a truncating test before us has taken it
    return Release.objects.create(slug=slug, title=title, status="published", published_at=timezone.now(), **fields)


def clerk(name="sachbearbeiterin", role="Redaktion", email=""):
    user = User.objects.create_user(name, email=email or f"{name}@example.org")
    user.groups.set(Group.objects.filter(name=role))
    return user


def asked_for(user, *, kind="probe", ending="pdf", wants_mail=False, afresh=False, **parameters):
    report = report_for(kind=kind, parameters=parameters, ending=ending, title=parameters.get("text", ""))
    return ask_for_report(report=report, user=user, wants_mail=wants_mail, afresh=afresh)
