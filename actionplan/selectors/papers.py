"""What was decided and told, by day."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from actionplan.models import ActionArea, Adjustment, Consultation, CouncilPaper, Fund, PressRelease


@dataclass(frozen=True)
class PaperEntry:
    """A council paper or a press release in the list."""

    day: datetime.date
    paper: CouncilPaper | None = None
    press: PressRelease | None = None


@dataclass(frozen=True)
class PaperDetail:
    """One paper with its sequence and what follows from it in the portal."""

    paper: CouncilPaper
    consultations: tuple[Consultation, ...]
    began: tuple[ActionArea, ...]
    ended: tuple[ActionArea, ...]
    funds: tuple[Fund, ...]
    adjustments: tuple[Adjustment, ...]


def paper_entries() -> list[PaperEntry]:
    """All papers and press releases, newest first. 2 queries."""
    papers = CouncilPaper.objects.select_related("source").annotate(bodies=Count("consultations"))
    entries = [PaperEntry(paper.day, paper=paper) for paper in papers]
    entries += [PaperEntry(press.day, press=press) for press in PressRelease.objects.select_related("source")]
    return sorted(entries, key=lambda entry: (entry.day, entry.paper is not None), reverse=True)


def paper_detail(slug: str) -> PaperDetail:
    """One paper. 5 queries. Raises `CouncilPaper.DoesNotExist`."""
    paper = CouncilPaper.objects.select_related("source").get(slug=slug)
    members = ActionArea.objects.filter(Q(paper=paper) | Q(end_paper=paper)).select_related("area__level")
    members = list(members.defer("geometry", "area__geometry").order_by("kind", "area__code"))
    return PaperDetail(
        paper=paper,
        consultations=tuple(paper.consultations.all()),
        began=tuple(m for m in members if m.paper_id == paper.pk),
        ended=tuple(m for m in members if m.end_paper_id == paper.pk),
        funds=tuple(paper.funds.select_related("funder").order_by("year", "name")),
        adjustments=tuple(paper.adjustments.filter(state=Adjustment.State.DECIDED)),
    )
