"""What the page behind a document's short address tells."""

import datetime
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import override

from atlas.document_links import map_pictures
from atlas.links import area_path, document_path, map_root, release_path
from atlas.models import Report
from atlas.reports.formats import FORMATS
from atlas.reports.keys import document_code
from atlas.reports.kinds import KINDS
from atlas.selectors.reports import may_read
from atlas.stand import PARAMETER, read_stand
from indicators.models import Release

LONGEST = 80  # letters of a checksum that are repeated


@dataclass(frozen=True)
class FileRow:
    """The document in one format; `digest` is the SHA-256 of the file where it has been made."""

    label: str
    url: str
    digest: str = ""


@dataclass(frozen=True)
class Compared:
    """A checksum that a reader holds against ours; `until` is the day on which an earlier content was replaced."""

    found: str
    is_ours: bool
    until: datetime.date | None = None


@dataclass(frozen=True)
class DocumentPage:
    """`is_closed`: not public, and not for this reader; then nothing of its content is told, not even its title."""

    report: Report
    title: str
    kind: str
    is_public: bool
    is_closed: bool
    withdrawn: str = ""
    files: list[FileRow] = field(default_factory=list)
    shown_url: str = ""  # the page that shows the same, in the state of the release
    checksums: list[str] = field(default_factory=list)
    compared: Compared | None = None
    newer: Release | None = None
    newer_url: str = ""

    @property
    def release_url(self) -> str:
        """The page of the release."""
        return release_path(self.report.release.slug)


def document_page(code: str, *, user: AbstractBaseUser | AnonymousUser, checksum: str = "") -> DocumentPage | None:
    """The page of a document by its short code; None when there is none. About 5 queries."""
    rows = list(Report.objects.filter(code=code).select_related("release").order_by("pk"))
    told = [row for row in rows if row.checksum] or rows
    if not told:
        return None
    report = max(told, key=lambda row: (row.finished_at is not None, row.finished_at or row.created_at))
    kind = KINDS.get(report.kind)
    is_public = kind is not None and kind.is_public
    is_closed = not is_public and not may_read(user, code)
    withdrawn = read_stand(report.release.slug).wrong.reason if report.release.withdrawn_at else ""
    newer = Release.objects.published().filter(published_at__gt=report.release.published_at).order_by("-published_at")
    newest = newer.first()
    return DocumentPage(
        report=report,
        title="" if is_closed else report.title,
        kind=str(kind.label) if kind and not is_closed else "",
        is_public=is_public,
        is_closed=is_closed,
        withdrawn=withdrawn,
        files=_files(rows, report) if is_public and not withdrawn else [],
        shown_url=_shown_url(report) if is_public and not withdrawn else "",
        checksums=[] if is_closed else sorted({row.checksum for row in rows if row.checksum}),
        compared=_compared(rows, checksum),
        newer=newest,
        newer_url=_newer_url(report, newest) if is_public and newest else "",
    )


def _files(rows: list[Report], report: Report) -> list[FileRow]:
    digests = {row.ending: row.digest for row in rows}
    files = [
        FileRow(str(one.label), document_path(report.code, one.ending), digests.get(one.ending, ""))
        for one in FORMATS.values()
    ]
    if report.kind != "map":
        return files
    query = report.parameters["query"] | {PARAMETER: report.release.slug}
    labels = [label for label, _url in map_pictures(query)]
    with override(report.language):  # a picture speaks the language of its address
        addresses = [url for _label, url in map_pictures(query)]
    return files + [FileRow(label, url) for label, url in zip(labels, addresses, strict=True)]


def _shown_url(report: Report) -> str:
    """The page of the portal that a public document is taken from; "" for those of many pages."""
    stand = report.release.slug
    if report.kind == "profile":
        return area_path(report.parameters["level"], report.parameters["code"], stand=stand)
    if report.kind in ("map", "series"):
        return f"{map_root()}?{urlencode(report.parameters['query'] | {PARAMETER: stand})}"
    return ""


def _newer_url(report: Report, newest: Release) -> str:
    """The same on the newest release, where somebody has made it already; else the release itself."""
    code = document_code(report.kind, report.parameters, newest.slug, report.language)
    is_there = Report.objects.filter(code=code).exists()
    return document_path(code) if is_there else release_path(newest.slug)


def _compared(rows: list[Report], text: str) -> Compared | None:
    found = "".join(text.split()).lower()[:LONGEST]
    if not found:
        return None
    if any(row.checksum == found for row in rows):
        return Compared(found, True)
    earlier = [each["until"] for row in rows for each in row.earlier if each["checksum"] == found]
    return Compared(found, False, datetime.date.fromisoformat(max(earlier)) if earlier else None)
