"""Looking after reports: lost ones begin again by themselves, files are forgotten after some days."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from atlas.actions.reporting import queue_again
from atlas.models import Report, ReportFile, ReportRequest

log = logging.getLogger(__name__)
State = Report.State
MOST_ATTEMPTS = 3
LONG_WAITING = 10  # times REPORT_STUCK_SECONDS until a waiting report is put into the queue once more


def take_up_stuck_reports() -> int:
    """Reports whose worker gives no sign of life begin again, at most three times; returns how many were found.

    The old worker, should it still live, notices that its run is over and saves nothing. Done twice it does no harm.
    """
    stuck = timedelta(seconds=settings.REPORT_STUCK_SECONDS)
    now = timezone.now()
    lost = Q(state=State.RUNNING, heartbeat_at__lt=now - stuck)
    unheard = Q(state=State.WAITING, heartbeat_at__lt=now - stuck * LONG_WAITING)
    found = 0
    for report in Report.objects.filter(lost | unheard).order_by("heartbeat_at"):
        found += _give_up(report) if report.attempts >= MOST_ATTEMPTS else queue_again(report)
    if found:
        log.warning("%s reports whose worker was lost were taken up.", found)
    return found


def _give_up(report: Report) -> int:
    with override(report.language):
        message = _(
            "Das Erstellen ist dreimal abgebrochen, ohne dass ein Fehler gemeldet wurde; vielleicht ist der Bericht zu "
            "groß. Bitte teilen Sie ihn auf oder sagen Sie der Systemverwaltung Bescheid."
        )
    mine = Report.objects.filter(pk=report.pk, state=report.state, run=report.run)
    return mine.update(state=State.FAILED, message=message, step="", finished_at=timezone.now())


def forget_old_reports() -> int:
    """Delete files that are kept no longer, and requests older than names of editors are kept; returns how many files.

    The row of a finished document stays, so that the address printed in it answers; what came to nothing and nobody
    has on a list goes too.
    """
    now = timezone.now()
    over = Report.objects.filter(expires_at__lt=now)
    gone, _by_model = ReportFile.objects.filter(report__in=over).delete()
    over.update(expires_at=None)
    ReportRequest.objects.filter(
        asked_at__lt=now - timedelta(days=settings.EDITOR_NAMES_DAYS), report__expires_at__isnull=True
    ).exclude(report__state__in=Report.OPEN).delete()
    nothing = Report.objects.filter(state__in=[State.FAILED, State.CANCELLED], checksum="", requests__isnull=True)
    nothing.filter(created_at__lt=now - timedelta(days=settings.REPORT_DAYS)).delete()
    return gone
