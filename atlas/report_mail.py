"""The mail that says that a report is ready, or why it is not."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from atlas.models import ReportRequest
from indicators.mailing import portal_site


def report_mail(asked: ReportRequest) -> EmailMessage:
    """Plain text in the language of the person who asked; the first line of the template is the subject."""
    site = portal_site()
    with override(asked.language):
        context = {
            "report": asked.report,
            "name": asked.user.get_full_name(),
            "url": f"{site}{reverse('staff:reports')}#bericht-{asked.pk}",
            "site": site,
        }
        text = render_to_string("mail/report_ready.txt", context).strip()
    subject, _newline, body = text.partition("\n")
    message = EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[asked.user.email])
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    return message
