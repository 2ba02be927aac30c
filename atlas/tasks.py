"""Work on reports that waits for `manage.py db_worker`."""

import datetime
import logging
from smtplib import SMTPException

from django.utils import timezone
from django_tasks import task

from atlas.actions.report_keeping import take_up_stuck_reports
from atlas.actions.report_work import run_report
from atlas.models import Report, ReportRequest
from atlas.report_mail import report_mail

logger = logging.getLogger(__name__)
ATTEMPTS = 5  # then it is only logged; the page of reports says the same
AFTER_OTHERS = -10  # mails and checks of uploads that wait are shorter, and somebody sits in front of them
FIRST_PAUSE = datetime.timedelta(minutes=10)  # before the second attempt, doubled each time


@task(priority=AFTER_OTHERS)
def make_report(report_pk: int, run: int) -> str:
    """Compute a waiting report; a second worker with the same task, or with an earlier start, finds nothing to do."""
    take_up_stuck_reports()
    report = Report.objects.filter(pk=report_pk).first()
    return run_report(report=report, run=run).state if report else "gone"


@task()
def tell_of_report(request_pk: int, attempt: int = 1) -> bool:
    """Tell a person that their report has ended; False where that is settled, gone or did not work."""
    rows = ReportRequest.objects.select_related("report__release", "user").filter(wants_mail=True)
    asked = rows.filter(pk=request_pk, mailed_at__isnull=True, user__is_active=True).first()
    if asked is None or asked.report.is_open or not asked.user.email:
        return False
    try:
        report_mail(asked).send()
    except (SMTPException, OSError) as error:
        logger.warning("no mail about a report at attempt %s: %s", attempt, type(error).__name__)
        if attempt < ATTEMPTS and tell_of_report.get_backend().supports_defer:
            later = timezone.now() + FIRST_PAUSE * 2 ** (attempt - 1)
            tell_of_report.using(run_after=later).enqueue(request_pk, attempt + 1)
        return False
    ReportRequest.objects.filter(pk=asked.pk).update(mailed_at=timezone.now())
    return True
