"""What is foreseen for funds becomes their amount, by a decision."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import CouncilPaper, Fund

from .booking import BookingError, hold_the_money, put_into_fund
from .copying import copied_note, wholes_first


@transaction.atomic
def decide_foreseen(
    *, funds: Iterable[Fund], day: datetime.date, paper: CouncilPaper | None = None, note: str = "", user=None
) -> list[Fund]:
    """Put what is foreseen into each of these funds, on the day of the decision; all or none.

    Funds for which nothing is foreseen, or that have an amount already, stay as they are: the ones returned are those
    that changed. Raises `BookingError` for a day to come, a closed year, or where there is nothing to decide.
    """
    if day > timezone.localdate():
        raise BookingError(_("Der Tag liegt in der Zukunft."))
    keys = [fund.pk for fund in funds]
    hold_the_money()
    held = Fund.objects.filter(pk__in=keys, foreseen__isnull=False)
    open_ones = [fund for fund in held.order_by("pk") if not fund.changes.exists()]
    if not open_ones:
        raise BookingError(_("Für die gewählten Töpfe ist nichts vorgesehen, oder ihr Betrag ist schon beschlossen."))
    for fund in wholes_first(open_ones):
        put_into_fund(fund=fund, amount=fund.foreseen, day=day, paper=paper, note=note, user=user)
        fund.foreseen = None
        if fund.note == copied_note(fund.year - 1):
            fund.note = ""
        fund.paper = fund.paper or paper
        fund.save(update_fields=["foreseen", "note", "paper"])
    return open_ones
