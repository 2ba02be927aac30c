"""What the pages of compilations show: lists, texts for a release, releases to choose from."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from atlas.models import Compilation, CompilationRun, ReportRequest, ReportText
from atlas.models.compilation import EDIT_EVERY
from atlas.reports.compilation import Part, compilation_of
from atlas.selectors.reports import ReportRow, report_rows, shared_within_the_house
from indicators.models import Release


def compilations_for(user) -> QuerySet[Compilation]:
    """What somebody may see, not deleted, with `run_count` and `last_run`. 1 query."""
    rows = Compilation.objects.kept().visible_to(user).select_related("owner", "changed_by").defer("data")
    return rows.annotate(run_count=Count("runs"), last_run=Max("runs__asked_at"))


def deleted_of(user) -> QuerySet[Compilation]:
    """What somebody deleted themselves and may bring back. 1 query."""
    return Compilation.objects.filter(owner=user, deleted_at__isnull=False).order_by("-deleted_at").defer("data")


def may_edit(user, kept: Compilation) -> bool:
    """Whether somebody may change it: the owner, or who may edit what others share."""
    if not user.has_perm("atlas.change_compilation"):
        return False
    return kept.owner_id == user.pk or user.has_perm(EDIT_EVERY)


def may_delete(user, kept: Compilation) -> bool:
    """The same for deleting."""
    return user.has_perm("atlas.delete_compilation") and may_edit(user, kept)


def releases_to_choose() -> list[Release]:
    """Published releases, the newest first. 1 query."""
    return list(Release.objects.published().order_by("-published_at", "-pk"))


@dataclass(frozen=True)
class TextNow:
    """The text of a part as it holds for a release.

    `stored` is what somebody wrote for exactly this release; else `earlier` is the newest text of an earlier one, which
    nobody has looked at since.
    """

    part: Part
    stored: ReportText | None = None
    earlier: ReportText | None = None

    @property
    def text(self) -> str:
        """What is offered, or printed."""
        found = self.stored or self.earlier
        return found.text if found else ""

    @property
    def is_unreviewed(self) -> bool:
        """Whether it says something that nobody has confirmed for this release."""
        return self.stored is None and bool(self.text.strip())

    @property
    def mark(self) -> str:
        """What stands above a text that nobody has looked at; "" for others."""
        if not self.is_unreviewed:
            return ""
        return _("Aus der Veröffentlichung „%s“, noch nicht durchgesehen:") % self.earlier.release.label

    @property
    def printed(self) -> str:
        """The text as it stands in a document."""
        return f"{self.mark}\n\n{self.text}" if self.is_unreviewed else self.text


def texts_for(kept: Compilation, release: Release, language: str) -> list[TextNow]:
    """For every part its text in a release and a language. 1 query."""
    rows = kept.texts.filter(language=language).filter(
        Q(release=release) | Q(release__published_at__lt=release.published_at)
    )
    stored, earlier = {}, {}
    for row in rows.select_related("release", "author").order_by("-release__published_at"):
        (stored if row.release_id == release.pk else earlier).setdefault(row.part, row)
    return [TextNow(part, stored.get(part.key), earlier.get(part.key)) for part in compilation_of(kept.data).parts]


def runs_of(kept: Compilation) -> QuerySet[CompilationRun]:
    """The runs of a compilation, the newest first, with their reports. 2 queries."""
    rows = kept.runs.select_related("release", "user", "before__release").defer("data", "changes")
    return rows.prefetch_related("reports")


def run_files(run: CompilationRun, user) -> list[ReportRow]:
    """The files of a run on somebody's list or shared, also with the compilation; each format once. 1 to 3 queries."""
    rows = ReportRequest.objects.filter(Q(user=user) | shared_within_the_house(), report__in=run.reports.all())
    rows = rows.select_related("report__release", "user").defer("report__parameters").order_by("report__ending")
    found: dict[str, ReportRequest] = {}
    for asked in rows:
        if asked.user_id == user.pk or asked.report.ending not in found:
            found[asked.report.ending] = asked
    return report_rows(found.values(), user)
