"""Reading what the pages of reports show, as plain dataclasses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.paginator import Page, Paginator
from django.db.models import F, Func, JSONField, Q, QuerySet
from django.utils.translation import gettext as _

from atlas.models import Report, ReportRequest
from atlas.reports.formats import FORMATS
from atlas.reports.kinds import KINDS
from atlas.reports.sections.changes import BEFORE_PATH
from indicators.models import Release

PER_PAGE = 20
MOST_SHARED = 50


@dataclass(frozen=True)
class ReportRow:
    """One report as it stands in a list, for the person who looks at it."""

    asked: ReportRequest
    is_own: bool
    tells_withdrawn: bool = False  # compares with a run on a release that was withdrawn

    @property
    def report(self) -> Report:
        """The document that was asked for."""
        return self.asked.report

    @property
    def kind(self) -> str:
        """What kind of document it is, in words."""
        found = KINDS.get(self.report.kind)
        return str(found.label) if found else self.report.kind

    @property
    def format(self) -> str:
        """What people call its format."""
        found = FORMATS.get(self.report.ending)
        return str(found.label) if found else self.report.ending.upper()

    @property
    def language(self) -> str:
        """The name of its language."""
        return str(dict(settings.LANGUAGES).get(self.report.language, self.report.language))

    @property
    def is_withdrawn(self) -> bool:
        """Whether a release whose figures stand in it was withdrawn: then nothing is given out any more."""
        return self.tells_withdrawn or self.report.release.withdrawn_at is not None

    @property
    def can_take(self) -> bool:
        """Whether there is a file to download."""
        return self.report.has_file and not self.is_withdrawn

    @property
    def state_class(self) -> str:
        """The mark of its state (redaktion.css)."""
        return {"waiting": "open", "running": "waits", "failed": "problem", "cancelled": "ended"}.get(
            self.report.state, "done"
        )

    @property
    def who(self) -> str:
        """Who asked for it."""
        user = self.asked.user
        return _("Sie") if self.is_own else user.get_full_name() or user.get_username()

    @property
    def how_far(self) -> str:
        """In words, for those who watch: step, and what is being done."""
        return how_far(self.report)


def report_rows(requests: Iterable[ReportRequest], user: AbstractBaseUser) -> list[ReportRow]:
    """Requests as they stand in a list for a person. 2 queries at most."""
    requests = list(requests)
    told = _telling_withdrawn([asked.report_id for asked in requests if asked.report.kind == "compilation"])
    return [ReportRow(asked, asked.user_id == user.pk, asked.report_id in told) for asked in requests]


def _telling_withdrawn(reports: Sequence[int]) -> set[int]:
    """Those of these compilations that compare with a withdrawn release; their long parameters stay in the database."""
    if not reports:
        return set()
    path = f"jsonb_path_query_array(%(expressions)s, '{BEFORE_PATH}')"
    slugs = Func(F("parameters"), template=path, output_field=JSONField())
    told = dict(Report.objects.filter(pk__in=reports).annotate(slugs=slugs).values_list("pk", "slugs"))
    gone = Release.objects.filter(slug__in={slug for each in told.values() for slug in each})
    withdrawn = set(gone.filter(withdrawn_at__isnull=False).values_list("slug", flat=True))
    return {pk for pk, slugs in told.items() if withdrawn.intersection(slugs)}


def is_withdrawn(report: Report) -> bool:
    """Whether a release whose figures stand in it was withdrawn: its own, or that of the run it is compared with."""
    compared = [report.pk] if report.kind == "compilation" else []
    return report.release.withdrawn_at is not None or bool(_telling_withdrawn(compared))


def how_far(report: Report) -> str:
    """How far a report is, in words; "" when it is not open."""
    if report.state == Report.State.WAITING:
        return _("Wartet auf einen freien Platz …")
    if report.state != Report.State.RUNNING:
        return ""
    if not report.total:
        return _("Beginnt …")
    words = {"done": report.done + 1, "total": report.total, "words": report.step}
    return _("Schritt %(done)s von %(total)s: %(words)s") % words


def _requests() -> QuerySet[ReportRequest]:
    rows = ReportRequest.objects.select_related("report__release", "user").defer("report__parameters")
    return rows.order_by("-asked_at", "-pk")


def own_reports(user: AbstractBaseUser, page: str) -> Page:
    """A person's reports, what was asked for last first, in pages of `ReportRow`. 4 queries at most."""
    found = Paginator(_requests().filter(user=user), PER_PAGE).get_page(page)
    found.object_list = report_rows(found.object_list, user)
    return found


def shared_reports(user: AbstractBaseUser) -> list[ReportRow]:
    """What colleagues share and can be had at once. 3 queries at most."""
    rows = _requests().filter(is_shared=True, report__expires_at__isnull=False).exclude(user=user)
    rows = rows.filter(report__release__withdrawn_at__isnull=True)
    return [row for row in report_rows(rows[:MOST_SHARED], user) if not row.is_withdrawn]


def request_of(user: AbstractBaseUser, pk: int) -> ReportRequest | None:
    """A person's own request. 1 query."""
    return _requests().filter(user=user, pk=pk).first()


def request_to_read(user: AbstractBaseUser, pk: int) -> ReportRequest | None:
    """The same, or one that a colleague shares. 1 or 2 queries."""
    return request_of(user, pk) or _requests().filter(shared_within_the_house(), pk=pk).first()


def shared_within_the_house() -> Q:
    """Requests that a colleague shares, or whose report was made from a compilation that is shared."""
    way = "report__compilation_runs__compilation__"
    return Q(is_shared=True) | Q(**{f"{way}is_shared": True, f"{way}deleted_at": None})


def may_read(user: AbstractBaseUser, code: str) -> bool:
    """Whether a document that is not public is on a person's list, shared with them, or made by the command for the
    house, in any format. 3 queries at most."""
    if not user.has_perm("atlas.ask_report"):
        return False
    rows = ReportRequest.objects.filter(report__code=code)
    if rows.filter(user=user).exists() or rows.filter(shared_within_the_house()).exists():
        return True
    return Report.objects.filter(made_by_command(), code=code).exists()


def made_by_command() -> Q:
    """Documents that `manage.py report` made. Those that somebody took off their list had a file once, or a run."""
    nobody = Q(requests__isnull=True, compilation_runs__isnull=True)
    return nobody & Q(state=Report.State.DONE, digest="")
